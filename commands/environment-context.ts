import type { Environment } from "../config/environment";
import { ArgumentError } from "../local/command";
import { checkTerraform, requireAll } from "../local/prerequisites";
import { type AwsAccess, awsAccess } from "./aws-access";
import { requireAccount, requireStateBucket } from "./preflight";

/** What a command knows of the environment that it was called with. */
export interface EnvironmentContext extends AwsAccess {
  readonly environment: Environment;
  /** Raised by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
}

/** `--stack`, of every command on a stack. */
export const STACK_OPTION = { type: "string", default: "secured-api" } as const;

/** `--yes`, of every command that asks. */
export const YES_OPTION = { type: "boolean", default: false } as const;

/**
 * Opens the environment that a command's first argument names, once it is sure that nothing stands in the way: Terraform is there, and
 * the credentials are valid and of the environment's account. Nothing has been changed until then.
 *
 * @param check what the command itself asks of an environment, before anything else is looked at
 * @throws ArgumentError when the name is missing or no environment's; UserError that says what stands in the way and what to do
 */
export async function openEnvironment(
  [name, surplus]: readonly string[],
  signal: AbortSignal,
  check: (environment: Environment) => void = () => undefined,
): Promise<EnvironmentContext> {
  if (surplus !== undefined) {
    throw new ArgumentError(`"${surplus}" is one argument too many.`);
  }
  const environment = await findEnvironment(name);
  check(environment);
  requireAll([await checkTerraform()]);
  const access = await awsAccess(environment);
  await requireAccount(environment, access);
  return { environment, signal, ...access };
}

/**
 * {@link openEnvironment} for the commands that work on a state: the bucket that keeps it must be there, too.
 *
 * @throws the same, and UserError when the environment has no state bucket yet
 */
export async function openBootstrappedEnvironment(...args: Parameters<typeof openEnvironment>): Promise<EnvironmentContext> {
  const context = await openEnvironment(...args);
  await requireStateBucket(context.environment, context);
  return context;
}

/** Loaded here and not at the top, so that a fault in the settings ends a command as any other mistake does. */
async function findEnvironment(name: string | undefined): Promise<Environment> {
  const environments: Readonly<Record<string, Environment>> = (await import("../config/environments")).environments;
  const known = Object.keys(environments).join(", ");
  if (name === undefined) {
    throw new ArgumentError(`Which environment? config/environments.ts has ${known}.`);
  }
  const environment = Object.hasOwn(environments, name) ? environments[name] : undefined;
  if (!environment) {
    throw new ArgumentError(`"${name}" is not an environment: config/environments.ts has ${known}. Take one of them, or add it there.`);
  }
  return environment;
}
