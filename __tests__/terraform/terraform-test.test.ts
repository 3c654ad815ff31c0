import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { Testing } from "cdktf";
import type { EnvironmentSettings } from "../../config/environment";
import { terraformProgram } from "../../local/prerequisites";
import { quietTools } from "../../local/cdktf";
import { EVERYTHING_ON } from "../support/everything-on";
import { securedApi } from "../support/synthesized";
import { temporaryFolder } from "../support/temporary-folder";

/** A `node` that tells when it is called: what synth wrote is to need none. */
const noNode = temporaryFolder({ node: '#!/bin/sh\ntouch "$0.called"\nexit 1\n' });
chmodSync(path.join(noNode, "node"), 0o755);
const nodeWasCalled = () => existsSync(path.join(noNode, "node.called"));
const env = { ...process.env, ...quietTools(process.env), PATH: [noNode, process.env["PATH"]].join(path.delimiter) };

/** Runs Terraform in a folder; where it fails, the error is all that it said. It asks nobody for newer versions of itself. */
function terraform(folder: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(terraformProgram(), [...args, "-no-color"], { cwd: folder, encoding: "utf8", env });
  if (status !== 0) {
    throw new Error(`terraform ${args.join(" ")}:\n${stdout}${stderr}`);
  }
  return stdout;
}

/** Settings that the emulator cannot have, because each needs something that only AWS has. */
const ONLY_ON_AWS: Partial<EnvironmentSettings> = {
  ...EVERYTHING_ON,
  users: {
    ...EVERYTHING_ON.users,
    mfa: "ON",
    emailSender: { from: "Orders <no-reply@example.com>", identityArn: "arn:aws:ses:eu-central-1:111111111111:identity/example.com" },
  },
  customDomains: {
    api: { name: "api.example.com", certificateArn: certificateIn("eu-central-1") },
    loginPages: { name: "login.example.com", certificateArn: certificateIn("us-east-1") },
  },
};

// It takes down what it applied, and a user pool that is not thrown away refuses that.
test.each<[what: string, settings: Partial<EnvironmentSettings>, assertions: string]>([
  ["the configuration applies, and its values are what AWS needs", { throwAway: true }, "secured-api.tftest.hcl"],
  ["so does one with everything that the emulator cannot have", { throwAway: true, ...ONLY_ON_AWS }, "only-on-aws.tftest.hcl"],
])("terraform test: %s", (_, settings, assertions) => {
  const out = Testing.fullSynth(securedApi(settings));
  // The stack's folder alone: whoever goes on with plain Terraform takes it along.
  const folder = path.join(temporaryFolder(), "taken along");
  cpSync(path.join(out, "stacks", "secured-api-test"), folder, { recursive: true });
  rmSync(out, { recursive: true });
  mkdirSync(path.join(folder, "tests"));
  cpSync(path.join("__tests__", "terraform", assertions), path.join(folder, "tests", assertions));

  terraform(folder, "init", "-backend=false", "-input=false");
  expect(terraform(folder, "validate")).toContain("Success! The configuration is valid.");
  expect(terraform(folder, "test")).toMatch(/Success! 1 passed, 0 failed\./);
  expect(nodeWasCalled()).toBe(false);
});

test("a call of Node would be noticed", () => {
  spawnSync("node", { env });
  expect(nodeWasCalled()).toBe(true);
});

function certificateIn(region: string): string {
  return `arn:aws:acm:${region}:111111111111:certificate/01234567-89ab-cdef-0123-456789abcdef`;
}
