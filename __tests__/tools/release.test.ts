import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import packageJson from "../../package.json";
import { copyProject } from "../support/project-copy";

const { name, version } = packageJson;
const copy = copyProject("release");
const prepare = (tag: string) =>
  spawnSync("npm", ["run", "--silent", "release:prepare"], { cwd: copy, env: { ...process.env, TAG: tag }, encoding: "utf8" });

beforeAll(() => {
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=test", "-c", "user.email=test@example.com", ...args], { cwd: copy });
  git("init", "--quiet");
  git("add", "--all", "--", ".", ":!node_modules"); // a link here, which .gitignore does not mean
  git("commit", "--quiet", "--message", "All");
});

afterAll(() => {
  rmSync(path.dirname(copy), { recursive: true });
});

test("a tag of another version is refused", () => {
  const { stderr, status } = prepare("v9.9.9");
  expect(stderr).toContain(`TAG is "v9.9.9": package.json has version ${version}, so it must be v${version}.`);
  expect(status).toBe(1);
});

test("a version that the changelog does not have is refused", () => {
  const { stderr, status } = prepare(`v${version}`);
  expect(stderr).toContain(`CHANGELOG.md has no section "## ${version}"`);
  expect(status).toBe(1);
});

test("a release has the sources that git knows, and the SBOM", () => {
  appendFileSync(path.join(copy, "CHANGELOG.md"), `\n## ${version} - 2027-01-01\n`);
  expect(prepare(`v${version}`)).toMatchObject({ status: 0 });
  const folder = path.join(copy, "release");
  expect(readdirSync(folder).sort()).toEqual([`${name}-${version}.tar.gz`, "sbom.cdx.json"]);
  const files = execFileSync("tar", ["-tzf", path.join(folder, `${name}-${version}.tar.gz`)], { encoding: "utf8" }).split("\n");
  expect(files).toContain(`${name}-${version}/main.ts`);
  expect(files.filter((file) => file.includes("node_modules"))).toEqual([]);
  expect(JSON.parse(readFileSync(path.join(folder, "sbom.cdx.json"), "utf8"))).toMatchObject({ bomFormat: "CycloneDX" });
});
