/** Follows docs/migrate-to-cdk-terrain.md to the letter, in a copy of the project. */
import { execFile } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { differences, requireKnown } from "../../portability/differences";
import { stacksIn } from "../../portability/frameworks";
import { commandsIn } from "../support/documented-commands";
import { copyProject } from "../support/project-copy";

const run = promisify(execFile);
const copy = copyProject("migration");

/** The guide's commands in their order. */
const blocks = commandsIn(readFileSync("docs/migrate-to-cdk-terrain.md", "utf8")).filter(({ isBlock }) => isBlock);

// The guide asks for Node.js 22.19, for the command line interface. Everything it does here runs on the project's own versions too.
const env = { ...process.env, npm_config_engine_strict: "false" };

afterAll(() => {
  rmSync(path.dirname(copy), { recursive: true, force: true });
});

test("after the guide what is deployed compiles, and its Terraform JSON is what it was but for the known differences", async () => {
  await run(process.execPath, ["synth.mjs"], { cwd: copy });
  const before = stacksIn(path.join(copy, "cdktf.out"));
  rmSync(path.join(copy, "cdktf.out"), { recursive: true });

  for (const { command, needsMore } of blocks) {
    if (command.includes("npm install")) {
      rmSync(path.join(copy, "node_modules")); // a link to this project's, into which npm would install
    }
    if (!needsMore) {
      // The compiler and npm tell on standard output what is wrong, which an error of execFile does not carry.
      await run("bash", ["-euo", "pipefail", "-c", `{ ${command}\n} >&2`], { cwd: copy, env, maxBuffer: 64 << 20 });
    }
  }

  const after = stacksIn(path.join(copy, "cdktf.out"));
  expect(Object.keys(after)).toEqual(Object.keys(before));
  requireKnown(differences(before, after), Object.keys(before));
  expect(readdirSync(path.join(copy, "node_modules"))).not.toContain("cdktf");
});
