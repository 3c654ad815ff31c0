import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkTerraform } from "../../local/prerequisites";

const folder = mkdtempSync(path.join(tmpdir(), "programs-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test.each([
  ["Terraform v1.11.0", true],
  ["Terraform v1.10.5", false],
  ["Terraform v2.0.0", true],
  ["OpenTofu v1.10.0", true],
  ["OpenTofu v1.9.1", false],
  ["Terragrunt v1.99.0", false],
])("%s: good enough %s", async (version, ok) => {
  const program = path.join(folder, version);
  writeFileSync(program, `#!/bin/sh\necho ${version}\n`);
  chmodSync(program, 0o755);
  expect(await checkTerraform({ ...process.env, TERRAFORM_BINARY_NAME: program })).toMatchObject({ ok });
});
