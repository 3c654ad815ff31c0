/** `npm run destroy`: takes an environment's stack away, unless the environment is protected. */
import { parseArgs } from "node:util";
import type { Environment } from "../config/environment";
import { UserError } from "../config/user-error";
import { runCommand } from "../local/command";
import { runCdktf } from "./cdktf-run";
import { confirm } from "./confirm";
import { openBootstrappedEnvironment, STACK_OPTION, YES_OPTION } from "./environment-context";
import { synthesizedStack } from "./stack-terraform";
import { requireUnlocked } from "./state-lock";

const HELP = `npm run destroy -- <environment> [--yes] [--stack <stack>]

Destroys an environment's stack, with every account in its user pool, after its name has been typed. Refuses in environments that are not
throw-away, and never touches the state bucket.

  --yes             do not ask for the name
  --stack <stack>   another stack of the environment (default secured-api)
  --verbose         show stack traces
  --help            show this`;

void runCommand(HELP, async (args, signal) => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { yes: YES_OPTION, stack: STACK_OPTION } });
  const context = await openBootstrappedEnvironment(positionals, signal, refuseProtected);
  await requireUnlocked(context, values.stack);
  if (values.stack === "state-backend") {
    throw new UserError(
      'The state bucket holds the state of every stack and is not destroyed by a command: see "The state bucket" in docs/operations.md.',
    );
  }
  const stack = await synthesizedStack(context, values.stack);
  await confirm(`This destroys ${stack.name} and every account in its user pool. Type ${context.environment.name} to go on:`, {
    yes: values.yes,
    expected: context.environment.name,
    signal,
  });
  await runCdktf("destroy", stack, context, true);
});

/** Looked at before credentials and everything else: whoever asks should not need them to hear no. */
function refuseProtected({ name, throwAway }: Environment): void {
  if (!throwAway) {
    throw new UserError(
      `${name} is protected: it is not throw-away, and destroying it would delete every account in its user pool. If that is meant, lift ` +
        `the protection in two deliberate steps:\n` +
        `  1. Set throwAway: true for ${name} in config/environments.ts, have that reviewed, and run: npm run deploy -- ${name}\n` +
        `     (it switches off the deletion protection of Cognito and of Terraform)\n` +
        `  2. Run: npm run destroy -- ${name}`,
    );
  }
}
