/** Makes the plan of an environment, as it would be applied from this checkout. */
import { chmodSync, mkdirSync } from "node:fs";
import path from "node:path";
import { awsAccess } from "../commands/aws-access";
import type { Environment } from "../config/environment";
import { StackTerraform, synthesize } from "../local/stack-terraform";

/** Git ignores it. A plan holds values in clear, so nobody but the owner may look in. */
const FOLDER = path.join(".local", "review");

/**
 * Synthesizes an environment's stack and plans it against the environment's state.
 *
 * Credentials are those of the shell; `local` takes the running emulator's, unless the shell is set to an endpoint of its own. The state is
 * locked for as long as the plan takes. The plan file is removed at the end.
 *
 * @returns what `terraform show -json` prints, and the environment as it was planned: `local` has the ports of the running emulator
 * @throws UserError when synth or Terraform fails, or the emulator of `local` does not run
 */
export async function planOf(environment: Environment, signal: AbortSignal): Promise<{ json: string; planned: Environment }> {
  const folder = path.join(FOLDER, environment.name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(FOLDER, 0o700);
  const hasOwnEndpoint = environment.emulator && process.env["AWS_ENDPOINT_URL"];
  const env = hasOwnEndpoint ? process.env : (await awsAccess(environment)).env;

  await synthesize({ folder, env, signal });
  const terraform = new StackTerraform(`secured-api-${environment.name}`, { folder, env, signal });
  try {
    return { json: await terraform.plan(), planned: withPorts(environment, env) };
  } finally {
    terraform.forgetPlan();
  }
}

/** config/environments.ts takes the ports from these variables, which the synth above was given and this process was not. */
function withPorts(environment: Environment, env: NodeJS.ProcessEnv): Environment {
  if (!environment.emulator) {
    return environment;
  }
  const { port, loginPagesPort } = environment.emulator;
  const emulator = {
    port: Number(env["LOCAL_EMULATOR_PORT"] ?? port),
    loginPagesPort: Number(env["LOCAL_LOGIN_PAGES_PORT"] ?? loginPagesPort),
  };
  return { ...environment, emulator };
}
