/** `npm run adopt`: takes over what already exists, so that nobody starts again. */
import { parseArgs } from "node:util";
import { ArgumentError, runCommand } from "../local/command";
import { adopt } from "./adoption/adopt";
import { openBootstrappedEnvironment, STACK_OPTION, YES_OPTION } from "./environment-context";
import { requireUnlocked } from "./state-lock";

const HELP = `npm run adopt -- <environment> [--choose <address>=<id>] [--allow-replace] [--yes] [--stack <stack>]

Finds what the stack describes and its state does not hold: made by hand with the stack's names, or by an apply that was interrupted. Shows
what it found and the plan that imports it, brings it to what the code says and makes what is missing; asks, and does that.

  --choose <address>=<id>   which of several resources to adopt, as the command has listed them; can be given again for another address
  --allow-replace           go on when the plan destroys or replaces something
  --yes                     do not ask
  --stack <stack>           another stack of the environment (default secured-api)
  --verbose                 show stack traces
  --help                    show this`;

void runCommand(HELP, async (args, signal) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      choose: { type: "string", multiple: true, default: [] },
      "allow-replace": { type: "boolean", default: false },
      yes: YES_OPTION,
      stack: STACK_OPTION,
    },
  });
  const choices = new Map(values.choose.map(parseChoice));
  const context = await openBootstrappedEnvironment(positionals, signal);
  await requireUnlocked(context, values.stack);
  await adopt(context, { kind: values.stack, yes: values.yes, choices, allowReplace: values["allow-replace"] });
});

/** E.g. `aws_cognito_user_pool.users_pool_87CF6C50=eu-central-1_AbCdEf`. */
function parseChoice(text: string): [address: string, importId: string] {
  const [, address, importId] = /^(\w+\.[\w-]+)=(.+)$/.exec(text) ?? [];
  if (address === undefined || importId === undefined) {
    throw new ArgumentError(`--choose ${text}: give an address and an ID with "=" between them, as the command lists them.`);
  }
  return [address, importId];
}
