import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { Testing } from "cdktf";
import { terraformProgram } from "../../local/prerequisites";
import { terraformEnvironment } from "../../local/terraform-mirror";
import { securedApi } from "../support/synthesized";

/** Runs Terraform in a folder; where it fails, the error is all that it said. It asks nobody for newer versions of itself. */
function terraform(folder: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(terraformProgram(), [...args, "-no-color"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, ...terraformEnvironment(), CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" },
  });
  if (status !== 0) {
    throw new Error(`terraform ${args.join(" ")}:\n${stdout}${stderr}`);
  }
  return stdout;
}

test("terraform test: the configuration applies, and its values are what AWS needs", () => {
  // It takes down what it applied, and a user pool that is not thrown away refuses that.
  const out = Testing.fullSynth(securedApi({ throwAway: true }));
  const folder = path.join(out, "stacks", "secured-api-test");
  mkdirSync(path.join(folder, "tests"));
  cpSync("__tests__/terraform/secured-api.tftest.hcl", path.join(folder, "tests", "secured-api.tftest.hcl"));
  try {
    terraform(folder, "init", "-backend=false", "-input=false");
    expect(terraform(folder, "test")).toMatch(/Success! 1 passed, 0 failed\./);
  } finally {
    rmSync(out, { recursive: true });
  }
});
