/** `npm run review` as a person or a workflow calls it. */
import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { copyProject } from "../support/project-copy";
import { temporaryFolder } from "../support/temporary-folder";
import { planJson } from "./fixtures/fixture";

const folder = temporaryFolder();

/** The project with the environments with which the plans were made, and without the exceptions of its own. */
const copy = copyProject("review");
writeFileSync(path.join(copy, "config", "environments.ts"), 'export { environments } from "../__tests__/support/environments";\n');
writeFileSync(path.join(copy, "review", "exceptions.ts"), "export const exceptions = [];\n");
afterAll(() => {
  rmSync(path.dirname(copy), { recursive: true });
});

const saved = (name: string, text: string = planJson(name)) => {
  const file = path.join(folder, `${name}.json`);
  writeFileSync(file, text);
  return file;
};
const review = (args: readonly string[], input?: string, env: NodeJS.ProcessEnv = {}) =>
  spawnSync(process.execPath, ["--import", "tsx", "review/command.ts", ...args], {
    cwd: copy,
    encoding: "utf8",
    ...(input !== undefined && { input }),
    env: { ...process.env, FORCE_COLOR: undefined, ...env },
  });

test.each<[what: string, args: () => string[], status: number, output: RegExp]>([
  ["a plan that keeps every rule", () => ["local", "--plan", saved("token-header")], 0, /^Plan for local: [^]*Every rule is kept\.\n/],
  ["a plan without changes", () => ["local", "--plan", saved("no-changes")], 0, /^No changes: local is as the configuration says\.\n$/],
  ["a plan that breaks a rule", () => ["local", "--plan", saved("route-becomes-public")], 1, /One rule fails: no-undeclared-public-route/],
  [
    "a comment",
    () => ["dev", "--plan", saved("create-dev"), "--format", "markdown"],
    0,
    /^<!-- plan-review: dev -->\n\n## Plan for `dev`: 22 to create\n/,
  ],
  [
    "JSON",
    () => ["dev", "--plan", saved("create-dev"), "--format", "json"],
    0,
    /^\{\n {2}"format": "plan-review",\n {2}"version": 1,\n {2}"environment": "dev",/,
  ],
  ["no environment", () => [], 2, /No environment is named: config\/environments\.ts has local, dev, prod\./],
  [
    "an environment that there is not",
    () => ["nowhere"],
    2,
    /There is no environment "nowhere": config\/environments\.ts has local, dev, prod\./,
  ],
  ["two environments", () => ["dev", "prod"], 2, /Only one environment can be reviewed at a time, not dev, prod\./],
  ["a format that there is not", () => ["dev", "--format", "xml"], 2, /--format is "xml": there are terminal, markdown, json\./],
  [
    "a comment in little room",
    () => ["dev", "--plan", saved("create-dev"), "--format", "markdown", "--limit", "4000"],
    0,
    /^(?=[^]{3000,4000}$)[^]*_Shortened to 4000 characters\. More: `npm run review -- dev`\._\n$/,
  ],
  [
    "a limit that is no number",
    () => ["dev", "--limit", "4k"],
    2,
    /--limit is "4k": it must be a whole number of characters from 1000 to 65536\./,
  ],
  ["a limit beyond GitHub's", () => ["dev", "--limit", "65537"], 2, /--limit is "65537"/],
  ["an option that there is not", () => ["dev", "--force"], 2, /Unknown option '--force'[^]*npm run review -- <environment>/],
  [
    "a file that there is not",
    () => ["dev", "--plan", path.join(folder, "none.json")],
    2,
    /none\.json cannot be read \(ENOENT\)\. Make it with/,
  ],
  [
    "a truncated file",
    () => ["dev", "--plan", saved("truncated", planJson("create-dev").slice(0, 999))],
    2,
    /breaks off after 999 characters/,
  ],
])("%s", (_, args, status, output) => {
  const run = review(args());
  expect(run.stdout + run.stderr).toMatch(output);
  expect(run.status).toBe(status);
  expect(run.stderr).not.toMatch(/\n\s+at /);
});

test.each<[variable: string, value: string, coloured: boolean]>([
  ["NO_COLOR", "1", false],
  ["FORCE_COLOR", "1", true],
  ["FORCE_COLOR", "0", false],
  ["CI", "true", false],
])("on a pipe with %s=%s", (variable, value, coloured) => {
  const { stdout } = review(["local", "--plan", "-"], planJson("no-changes"), { [variable]: value });
  expect(stdout.includes("\u001b")).toBe(coloured);
});

test("a plan on standard input", () => {
  expect(review(["local", "--plan", "-"], planJson("no-changes"))).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^No changes/) as unknown,
  });
});

test("a plan of another environment is held to this one's account, Region and addresses", () => {
  const { status, stdout } = review(["prod", "--plan", saved("create-dev"), "--format", "json"]);
  const { findings } = JSON.parse(stdout) as { findings: { rule: string }[] };
  expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(["no-deletion-protection-off", "no-other-account-or-region"]));
  expect(status).toBe(1);
});
