/** `npm run plan`: what a deploy would change, without changing it. */
import path from "node:path";
import { parseArgs } from "node:util";
import { runCommand } from "../local/command";
import { openBootstrappedEnvironment, STACK_OPTION } from "./environment-context";
import { synthesizedStack, terraformIn } from "./stack-terraform";
import { requireUnlocked } from "./state-lock";

const HELP = `npm run plan -- <environment> [--out <file>] [--stack <stack>]

Shows what Terraform would change. Changes nothing.

  --out <file>      save the plan too, for "terraform show" or "terraform apply"; it holds values in clear, so treat it as a secret
  --stack <stack>   another stack of the environment (default secured-api)
  --verbose         show stack traces
  --help            show this`;

void runCommand(HELP, async (args, signal) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { out: { type: "string" }, stack: STACK_OPTION },
  });
  const context = await openBootstrappedEnvironment(positionals, signal);
  await requireUnlocked(context, values.stack);
  const stack = await synthesizedStack(context, values.stack);
  const terraform = await terraformIn(stack.folder, stack.kind, context);
  await terraform.show("plan", "-input=false", ...(values.out === undefined ? [] : [`-out=${path.resolve(values.out)}`]));
});
