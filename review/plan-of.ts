/** Makes the plan of an environment, as it would be applied from this checkout. */
import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import type { Environment } from "../config/environment";
import { UserError } from "../config/user-error";
import { run } from "../local/child-process";
import { terraformProgram } from "../local/prerequisites";
import { terraformEnvironment } from "../local/terraform-mirror";

/** Git ignores it. A plan holds values in clear, so nobody but the owner may look in. */
const FOLDER = path.join(".local", "review");
const EMULATOR_ENVIRONMENT = path.join(".local", "emulator.env");

/**
 * Synthesizes an environment's stack and plans it against the environment's state.
 *
 * Credentials are those of the shell; `local` takes the running emulator's, unless the shell is set to an endpoint of its own. The state is locked for as long as the plan takes. The plan
 * file is removed at the end.
 *
 * @returns what `terraform show -json` prints
 * @throws UserError when synth or Terraform fails, or the emulator of `local` does not run
 */
export async function planOf(environment: Environment, signal: AbortSignal): Promise<string> {
  const output = path.join(FOLDER, environment.name);
  mkdirSync(output, { recursive: true, mode: 0o700 });
  chmodSync(FOLDER, 0o700);
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...terraformEnvironment(),
    ...(environment.emulator && !process.env["AWS_ENDPOINT_URL"] && emulatorVariables()),
    CHECKPOINT_DISABLE: "1",
    DISABLE_VERSION_CHECK: "1",
    TF_IN_AUTOMATION: "1",
    CDKTF_OUTDIR: output,
  };
  const step = async (what: string, program: string, args: readonly string[]) => {
    try {
      return await run(program, args, { env, signal });
    } catch (error) {
      throw error instanceof Error && !signal.aborted ? new UserError(`${what} failed:\n${error.message}`, { cause: error }) : error;
    }
  };

  await step("Synth", process.execPath, ["synth.mjs"]);
  const folder = path.join(output, "stacks", `secured-api-${environment.name}`);
  const stack = `-chdir=${folder}`;
  const planFile = path.join(folder, "plan.bin");
  const terraform = terraformProgram();
  try {
    await step("terraform init", terraform, [stack, "init", "-input=false", "-no-color"]);
    await step("terraform plan", terraform, [stack, "plan", "-input=false", "-no-color", "-out=plan.bin"]);
    chmodSync(planFile, 0o600);
    // Standard output alone: a warning of Terraform's would spoil the JSON.
    const { stdout } = await promisify(execFile)(terraform, [stack, "show", "-json", "plan.bin"], { env, signal, maxBuffer: 1 << 30 });
    return stdout;
  } finally {
    rmSync(planFile, { force: true });
  }
}

/** What `npm start` wrote for whoever wants to talk to its emulator. */
function emulatorVariables(): NodeJS.ProcessEnv {
  if (!existsSync(EMULATOR_ENVIRONMENT)) {
    throw new UserError(
      `The environment local lives on the emulator, which does not run: there is no ${EMULATOR_ENVIRONMENT}. Run npm start in another terminal.`,
    );
  }
  const assignments = readFileSync(EMULATOR_ENVIRONMENT, "utf8").matchAll(/^(\w+)='(.*)'$/gm);
  return Object.fromEntries([...assignments].map(([, name = "", value = ""]) => [name, value]));
}
