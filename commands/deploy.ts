/** `npm run deploy`: brings an environment's stack to what the code says. */
import { parseArgs } from "node:util";
import { runCommand } from "../local/command";
import { runCdktf } from "./cdktf-run";
import { requireTerminal } from "./confirm";
import { openBootstrappedEnvironment, STACK_OPTION, YES_OPTION } from "./environment-context";
import { synthesizedStack } from "./stack-terraform";
import { requireUnlocked } from "./state-lock";

const HELP = `npm run deploy -- <environment> [--yes] [--stack <stack>]

Shows what Terraform would change and asks before it does: cdktf deploy, after a look at what could stop it halfway.

  --yes             do not ask
  --stack <stack>   another stack of the environment (default secured-api)
  --verbose         show stack traces
  --help            show this`;

void runCommand(HELP, async (args, signal) => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { yes: YES_OPTION, stack: STACK_OPTION } });
  requireTerminal(values.yes); // cdktf would ask
  const context = await openBootstrappedEnvironment(positionals, signal);
  await requireUnlocked(context, values.stack);
  const stack = await synthesizedStack(context, values.stack);
  await runCdktf("deploy", stack, context, values.yes);
});
