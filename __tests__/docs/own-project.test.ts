/** A team that starts from this repository makes the first edits that the documents name, all of them, and the tests still pass. */
import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { run } from "../../local/child-process";
import { documentedCode } from "../support/documented-commands";
import { copyProject } from "../support/project-copy";

const copy = copyProject("own-project");
afterAll(() => {
  rmSync(path.dirname(copy), { recursive: true });
});

/** Puts text in the place of other text in a file of the copy: the first after `after`. */
function edit(file: string, before: string, text: string, after = ""): void {
  const name = path.join(copy, file);
  const content = readFileSync(name, "utf8");
  const start = content.indexOf(after);
  const at = content.indexOf(before, start);
  if (start < 0 || at < 0) {
    throw new Error(`${file} has no ${JSON.stringify(before)} after ${JSON.stringify(after)}.`);
  }
  writeFileSync(name, content.slice(0, at) + text + content.slice(at + before.length));
}

/** Runs a program in the copy, and gives what it printed. */
const inCopy = (program: string, ...args: string[]) =>
  run(program, args, { cwd: copy, env: { ...process.env, CI: "1" }, signal: new AbortController().signal });

const SETTINGS = "config/environments.ts";
const STACK = "stacks/secured-api/index.ts";

/** What is edited, but for the name, which the unit tests do not see. A test that imports one of these files is run, and so is one that runs a command on them. */
const EDITED = [SETTINGS, "main.ts", STACK, "review/guard/public-routes.ts"];
const RUN_COMMANDS = ["main", "commands/preflight", "config/bad-configuration", "ci/pull-request", "review/command"];

/** Left out, because each takes long by itself. */
const TAKE_LONG = [
  ...["browser", "emulator"], // docs/switch-to-code.md says what these expect of `local`
  ...["policy/policy", "portability", "terraform", "tools/new-route"],
  ...["review/comment", "stacks/secured-api/planned"], // on the same plans and stack as others
];

test("own names, accounts and Regions, the grant code, GitHub's subjects, one more environment, routes, a function and scopes", async () => {
  // The first two lines that a team changes
  edit("config/project.ts", 'name: "cognito-integration-demo"', 'name: "octo-orders"');
  edit("config/project.ts", 'repository: "cognito-integration-demo"', 'repository: "octo-org/octo-repo"');

  // README.md, "Deploy to AWS" and "Deploy from GitHub Actions", docs/switch-to-code.md
  for (const [name, account, region] of [
    ["dev", "444455556666", "us-east-1"],
    ["prod", "777788889999", "ap-southeast-2"],
  ] as const) {
    edit(SETTINGS, 'account: "', `account: "${account}", // `, `\n  ${name}: {`);
    edit(SETTINGS, 'region: "eu-central-1"', `region: "${region}"`, `\n  ${name}: {`);
  }
  edit(SETTINGS, '"implicit"', '"code"', "\n  dev: {");
  const github = documentedCode("README.md", "Deploy from GitHub Actions", "github: {");
  edit(SETTINGS, "throwAway", `${github.replaceAll("<owner>/<repository>", "octo-org/octo-repo")}\nthrowAway`, "\n  dev: {");

  // docs/operations.md, "Add an environment"
  edit(SETTINGS, "\n  prod: {", `\n${documentedCode("docs/operations.md", "Add an environment", "staging: {")}\n\n  prod: {`);
  edit("main.ts", "\napp.synth();", `${documentedCode("docs/operations.md", "Add an environment", "new SecuredApiStack")}\n\napp.synth();`);

  // README.md, "Add a route"
  for (const route of ['api.addRoute({ method: "GET", path: "/orders/{id}"', 'api.addRoute({ method: "GET", path: "/health"']) {
    edit(STACK, "new Refusals(", `${documentedCode("README.md", "Add a route", route)}\n    new Refusals(`);
  }

  // docs/routes.md, whose first route is the README's
  const own = documentedCode("docs/routes.md", "Routes, functions and scopes of your own", "const { read, write }");
  edit(STACK, "new Refusals(", `${own.replace("/orders/{id}", "/orders")}\n    new Refusals(`);
  cpSync(path.join(copy, "lambda-src"), path.join(copy, "functions", "orders"), { recursive: true });
  edit("review/guard/public-routes.ts", '["GET /signed-in"', '["GET /signed-in", "GET /health"');

  // The documents list the files that Git has or would take, and a link is no folder to .gitignore.
  await inCopy("git", "init", "--quiet");
  appendFileSync(path.join(copy, ".git", "info", "exclude"), "node_modules\n");
  expect(await inCopy("npm", "run", "--silent", "docs")).toContain("README.md: written");

  const tests = RUN_COMMANDS.map((name) => `__tests__/${name}.test.ts`);
  const leftOut = `/__tests__/(${TAKE_LONG.join("|")})`;
  const jest = ["jest", "--selectProjects", "unit", "--maxWorkers", "2", "--testPathIgnorePatterns", leftOut];
  const [, tested] = await Promise.all([
    inCopy("npx", "tsc", "--noEmit"),
    inCopy("npx", ...jest, "--findRelatedTests", ...EDITED, ...tests),
  ]);
  expect(tested).toMatch(/^Tests: +\d{3,} passed/m);
});
