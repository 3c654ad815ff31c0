import { chmodSync } from "node:fs";
import path from "node:path";
import { UserError } from "../../config/user-error";
import { checkAll, checkNode, checkPython, checkTerraform, findPython, requireAll } from "../../local/prerequisites";
import { temporaryFolder } from "../support/temporary-folder";

const TERRAFORM_REMEDY =
  "Install it from https://developer.hashicorp.com/terraform/install, or name the program (`tofu`, for one) in TERRAFORM_BINARY_NAME. " +
  "The lock of the state in S3 needs these versions.";
const PYTHON_REMEDY = "Install Python 3, on Debian with `apt-get install python3 python3-venv`, or name the program in PYTHON.";

/** A folder with programs that print something, each a shell script. */
function programs(printed: Record<string, string>): string {
  const files = Object.entries(printed).map(([name, output]) => [name, `#!/bin/sh\necho '${output}'\n`] as const);
  const folder = temporaryFolder(Object.fromEntries(files));
  files.forEach(([name]) => {
    chmodSync(path.join(folder, name), 0o755);
  });
  return folder;
}

test.each([
  ["18.20.8", false],
  ["20.8.9", false],
  ["20.9.0", true],
  ["20.20.2", true],
  ["22.0.0", true],
  ["23.99.0", true],
  ["24.0.0", false],
  ["100.0.0", false],
])("Node.js %s: %s", (version, ok) => {
  expect(checkNode(version)).toMatchObject({ name: "Node.js", found: version, ok });
});

test.each([
  ["Terraform v1.10.5\non linux_amd64", "Terraform 1.10.5 (terraform)", false],
  ["Terraform v0.15.5", "Terraform 0.15.5 (terraform)", false],
  ["Terraform v1.11.0\non linux_amd64", "Terraform 1.11.0 (terraform)", true],
  ["Terraform v1.11.4", "Terraform 1.11.4 (terraform)", true],
  ["Terraform v2.0.0", "Terraform 2.0.0 (terraform)", true],
  ["OpenTofu v1.10.0", "OpenTofu 1.10.0 (terraform)", true],
  ["OpenTofu v1.9.1", "OpenTofu 1.9.1 (terraform)", false],
  ["Terragrunt v1.99.0", undefined, false],
  ["something else", undefined, false],
])("a program terraform that says %j", async (printed, found, ok) => {
  expect(await checkTerraform({ PATH: programs({ terraform: printed }) })).toMatchObject({ found, ok });
});

test("Terraform under another name", async () => {
  const program = path.join(programs({ tofu: "OpenTofu v1.11.1" }), "tofu");
  expect(await checkTerraform({ PATH: "", TERRAFORM_BINARY_NAME: program })).toMatchObject({
    found: `OpenTofu 1.11.1 (${program})`,
    ok: true,
  });
});

test.each([
  ["none", {}, undefined],
  ["too old ones only", { python3: "Python 3.9.19", python: "Python 2.7.18" }, undefined],
  [
    "an old one, and a new one under another name",
    { python3: "Python 3.9.19", "python3.12": "Python 3.12.4" },
    { program: "python3.12", version: "3.12.4" },
  ],
  ["the oldest that will do", { python3: "Python 3.10.0" }, { program: "python3", version: "3.10.0" }],
])("Python where there is %s", async (_, printed, found) => {
  expect(await findPython({ PATH: programs(printed) })).toEqual(found);
});

test("the Python that a person names is the only one looked at", async () => {
  const PATH = programs({ python3: "Python 3.13.0", old: "Python 3.8.0" });
  expect(await findPython({ PATH, PYTHON: "old" })).toBeUndefined();
  expect(await checkPython({ PATH, PYTHON: "old" })).toMatchObject({ found: undefined, ok: false });
});

test("what is missing or too old is told with its remedy, one line each", async () => {
  const prerequisites = await checkAll({ PATH: programs({ terraform: "Terraform v1.5.7" }) });
  expect(() => {
    requireAll(prerequisites);
  }).toThrow(
    new UserError(
      `Terraform 1.11 or newer, or OpenTofu 1.10 or newer is needed, found Terraform 1.5.7 (terraform). ${TERRAFORM_REMEDY}\n` +
        `Python 3.10 or newer (for the emulator) is needed, found none. ${PYTHON_REMEDY}`,
    ),
  );
});

test("nothing is told where all is there", async () => {
  const prerequisites = await checkAll({ PATH: programs({ terraform: "Terraform v1.11.4", python3: "Python 3.13.1" }) });
  expect(prerequisites.map(({ ok }) => ok)).toEqual([true, true, true]);
  expect(() => {
    requireAll(prerequisites);
  }).not.toThrow();
});
