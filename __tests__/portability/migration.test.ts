/** Follows docs/migrate-to-cdk-terrain.md to the letter, in a copy of the project. */
import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { run } from "../../local/child-process";
import { differences, requireKnown, type Stacks } from "../../portability/differences";
import { stacksIn } from "../../portability/synthesis";
import { commandsIn } from "../support/documented-commands";
import { copyProject } from "../support/project-copy";

const copy = copyProject("migration");

/** The guide's commands in their order. */
const blocks = commandsIn(readFileSync("docs/migrate-to-cdk-terrain.md", "utf8")).filter(({ isBlock }) => isBlock);

// The guide asks for Node.js 22.19, for the command line interface. Everything it does here runs on the project's own versions too.
const env = { ...process.env, npm_config_engine_strict: "false" };

/** Runs lines of shell in the copy, and gives what they printed. */
const inCopy = (lines: string) => run("bash", ["-euo", "pipefail", "-c", lines], { cwd: copy, env, signal: new AbortController().signal });

let before: Stacks;

beforeAll(async () => {
  await inCopy("git init --quiet && node synth.mjs");
  before = stacksIn(path.join(copy, "cdktf.out"));
  rmSync(path.join(copy, "cdktf.out"), { recursive: true });

  for (const { command, needsMore } of blocks) {
    if (command.includes("npm install")) {
      rmSync(path.join(copy, "node_modules")); // a link to this project's, into which npm would install
    }
    if (!needsMore) {
      await inCopy(command);
    }
  }
});

afterAll(() => {
  rmSync(path.dirname(copy), { recursive: true, force: true });
});

test("after the guide the Terraform JSON is what it was but for the known differences", () => {
  const after = stacksIn(path.join(copy, "cdktf.out"));
  expect(Object.keys(after)).toEqual(Object.keys(before));
  requireKnown(differences(before, after), Object.keys(before));
  expect(readdirSync(path.join(copy, "node_modules"))).not.toContain("cdktf");
});

test("the whole project compiles, but for the examples that the guide asks for", async () => {
  const printed = await inCopy("npx tsc --noEmit || true");
  const faults = printed.split("\n").filter((line) => /error TS\d+:/.test(line));
  expect(faults.filter((line) => !line.startsWith("__tests__/support/model-examples.ts"))).toEqual([]);
  expect(faults.filter((line) => !line.includes("is missing in type") && !line.includes("is missing the following properties"))).toEqual(
    [],
  );
  expect(faults.join("\n")).toContain("Property 'region' is missing");
});

test("nothing is left that speaks of what is gone: jest starts, and what the documents and the settings name is there", async () => {
  const printed = await inCopy("npx jest --selectProjects unit --testPathPatterns docs/documents house-keeping");
  expect(printed).toMatch(/^Test Suites: 2 passed, 2 total$/m);
  await inCopy("npx knip");
});
