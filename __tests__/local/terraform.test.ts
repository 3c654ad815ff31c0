import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Terraform } from "../../local/terraform";

const folder = mkdtempSync(path.join(tmpdir(), "terraform-"));
const program = path.join(folder, "terraform");
const chosen = process.env["TERRAFORM_BINARY_NAME"];

beforeAll(() => {
  // Tells its arguments, warns, and fails when it is asked to.
  writeFileSync(program, '#!/bin/sh\necho "$@"\necho warning >&2\ncase "$*" in *fail*) exit 1; esac\n');
  chmodSync(program, 0o755);
  process.env["TERRAFORM_BINARY_NAME"] = program;
});

afterAll(() => {
  delete process.env["TERRAFORM_BINARY_NAME"];
  Object.assign(process.env, chosen !== undefined && { TERRAFORM_BINARY_NAME: chosen });
  rmSync(folder, { recursive: true });
});

const terraform = new Terraform("the folder", {
  env: process.env,
  signal: new AbortController().signal,
  failure: (error, command, shown) => new Error(`${command}${shown ? " (shown)" : ""}: ${(error as Error).message}`),
});

/** Standard output and error come in one order or the other. */
const sorted = (text: string) => text.trim().split("\n").sort();

test("runs a subcommand in the folder, without colours, and gives what it printed", async () => {
  expect(sorted(await terraform.run("state push", "a file"))).toEqual(["-chdir=the folder state push -no-color a file", "warning"]);
  expect(sorted(await terraform.runForPerson("plan"))).toEqual(["-chdir=the folder plan -no-color", "warning"]); // no terminal here
});

test("data comes without warnings", async () => {
  expect(await terraform.read("output", "-json")).toBe("-chdir=the folder output -no-color -json\n");
});

test("a followed command tells each line", async () => {
  const lines: string[] = [];
  await terraform.follow((line) => lines.push(line), "apply", "plan.bin");
  expect(lines.sort()).toEqual(["-chdir=the folder apply -no-color plan.bin", "warning"]);
});

test("the caller says what a failure is: it learns the command, and whether the person has seen the output", async () => {
  const message = /^fail: [^]*-chdir=the folder fail -no-color/;
  await expect(terraform.run("fail")).rejects.toThrow(message);
  await expect(terraform.read("fail")).rejects.toThrow(message);
  const log = jest.spyOn(console, "log").mockImplementation();
  await expect(terraform.show("fail")).rejects.toThrow(/^fail \(shown\): /);
  expect(log.mock.calls.flat().sort()).toEqual(["-chdir=the folder fail -no-color", "warning"]);
  log.mockRestore();
});
