/** `npm run release:prepare`: what a release has, in the folder release/. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { UserError } from "../config/user-error";
import { run } from "../local/child-process";
import { runCommand } from "../local/command";
import packageJson from "../package.json";

const FOLDER = "release";

const HELP = `npm run release:prepare

Writes the sources of the commit and an SBOM (CycloneDX) into release/. The environment variable TAG names the version, e.g. v1.2.0:
package.json and CHANGELOG.md must name the same.`;

void runCommand(HELP, async (args, signal) => {
  parseArgs({ args });
  const { name, version } = packageJson;
  const tag = process.env["TAG"] ?? "";
  if (tag !== `v${version}`) {
    throw new UserError(`TAG is "${tag}": package.json has version ${version}, so it must be v${version}.`);
  }
  if (
    !readFileSync("CHANGELOG.md", "utf8")
      .split("\n")
      .some((line) => line.startsWith(`## ${version}`))
  ) {
    throw new UserError(`CHANGELOG.md has no section "## ${version}": say there what changed.`);
  }
  mkdirSync(FOLDER, { recursive: true });
  const sources = path.join(FOLDER, `${name}-${version}.tar.gz`);
  await run("git", ["archive", `--prefix=${name}-${version}/`, `--output=${sources}`, "HEAD"], { signal });
  const sbom = await run("npm", ["run", "--silent", "sbom"], { env: { ...process.env, npm_config_loglevel: "error" }, signal });
  writeFileSync(path.join(FOLDER, "sbom.cdx.json"), sbom);
});
