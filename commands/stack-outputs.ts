import { UserError } from "../config/user-error";
import type { EnvironmentContext } from "./environment-context";
import { synthesizedStack, terraformIn } from "./stack-terraform";

/**
 * The outputs of a deployed stack, as its state has them.
 *
 * @throws UserError when it has none, because nothing was deployed
 */
export async function stackOutputs(context: EnvironmentContext, kind: string): Promise<Readonly<Record<string, string>>> {
  const stack = await synthesizedStack(context, kind);
  const terraform = await terraformIn(stack.folder, kind, context);
  const outputs = JSON.parse(await terraform.read("output", "-json")) as Record<string, { value: string }>;
  if (Object.keys(outputs).length === 0) {
    throw new UserError(`${stack.name} has no outputs: it is not deployed. Run: npm run deploy -- ${context.environment.name}`);
  }
  return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
}
