import { runVisibly } from "../local/child-process";
import { CDKTF } from "../local/cdktf";
import type { EnvironmentContext } from "./environment-context";
import { failure, type SynthesizedStack } from "./stack-terraform";

/** Runs `cdktf deploy` or `cdktf destroy` on a stack, in front of the person: the same as `npx cdktf deploy <stack>`. */
export async function runCdktf(
  command: "deploy" | "destroy",
  stack: SynthesizedStack,
  context: EnvironmentContext,
  yes: boolean,
): Promise<void> {
  // The stack is synthesized already. The lock file of the provider lies in cdktf.out, where nobody keeps it: nothing to lock for other
  // platforms.
  const args = [CDKTF, command, stack.name, "--skip-synth", "--skip-provider-lock", ...(yes ? ["--auto-approve"] : [])];
  // On a pipe cdktf would still draw its progress with control characters; as in CI, it prints lines only.
  const env = process.stdout.isTTY ? context.env : { ...context.env, CI: "1" };
  try {
    await runVisibly(process.execPath, args, { env, signal: context.signal });
  } catch (error) {
    throw failure(error, stack.kind, context, `cdktf ${command} ${stack.name} failed: its message is above.`);
  }
}
