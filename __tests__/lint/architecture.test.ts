/** The rules of .dependency-cruiser.mjs, knip.config.ts and eslint.config.mjs on a copy of the project that breaks each of them once. */
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { copyProject } from "../support/project-copy";

const copy = copyProject("rules");

function write(file: string, content: string): void {
  mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
  writeFileSync(path.join(copy, file), content);
}

/** What a tool of the project says about the copy, and how it ends. */
function tool(name: string, ...args: string[]) {
  const { stdout, status } = spawnSync(process.execPath, [path.join("node_modules", ".bin", name), ...args], {
    cwd: copy,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" }, // CI counts as a terminal with colours
  });
  return { stdout, status };
}

beforeAll(() => {
  write("config/one.ts", 'import "./other";\nimport "../stacks/secured-api";\nimport "../local/command";\nimport "jest";\n');
  write("config/other.ts", 'import type {} from "./one";\nexport {};\n');
  write("local/past-the-door.ts", 'import "../stacks/secured-api/route";\n');
  write("stacks/another/index.ts", 'import "../secured-api/route";\n');
  write("stacks/secured-api/past-the-door.ts", 'import "./landing-page/built-page";\n');
  write("local/long.ts", "export const numbers = [\n" + "  1,\n".repeat(250) + "];\n");
  appendFileSync(path.join(copy, "config/project.ts"), "export const nobodyReadsIt = 1;\n");
});

afterAll(() => {
  rmSync(path.dirname(copy), { recursive: true });
});

test("dependency-cruiser names each forbidden import", () => {
  const { stdout, status } = tool("depcruise", ".");
  const named = [...stdout.matchAll(/^ {2}error (\S+): (\S+) →\s*([^→\n]+)/gm)].map(
    ([, rule, from, to = ""]) => `${rule}: ${from} → ${to.trim().replace(/.*node_modules\/([^/]+)\/.*/, "$1")}`,
  );
  expect(named.sort()).toEqual([
    "front-door-between-stacks: stacks/another/index.ts → stacks/secured-api/route.ts",
    "front-door-inside-a-stack: stacks/secured-api/past-the-door.ts → stacks/secured-api/landing-page/built-page.ts",
    "front-door: local/past-the-door.ts → stacks/secured-api/route.ts",
    "no-cycle: config/one.ts → config/other.ts",
    "product-without-development-dependencies: config/one.ts → jest",
    "product-without-tools: config/one.ts → local/command.ts",
    "settings-without-stacks: config/one.ts → stacks/secured-api/index.ts",
  ]);
  expect(status).not.toBe(0);
});

test("knip names what nobody uses", () => {
  const { stdout, status } = tool("knip");
  expect(stdout).toContain("config/one.ts");
  expect(stdout).toMatch(/^nobodyReadsIt +config\/project\.ts/m);
  expect(status).not.toBe(0);
});

test("ESLint names a file that is too long", () => {
  const { stdout, status } = tool("eslint", "local/long.ts");
  expect(stdout).toContain("File has too many lines (252). Maximum allowed is 250  max-lines");
  expect(status).toBe(1);
});
