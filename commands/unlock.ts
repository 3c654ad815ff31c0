/** `npm run unlock`: removes a lock that a killed run left behind. */
import { parseArgs } from "node:util";
import { UserError } from "../config/user-error";
import { ArgumentError, runCommand } from "../local/command";
import { openBootstrappedEnvironment, STACK_OPTION } from "./environment-context";
import { synthesizedStack, terraformIn } from "./stack-terraform";
import { readLock } from "./state-lock";

const HELP = `npm run unlock -- <environment> <lock ID> [--stack <stack>]

Removes the lock that a killed run left on the state. The ID, which the refused command printed, makes sure that it is that run's lock and
not one that somebody took meanwhile. First make sure that the run is over: two runs at once damage the state.

  --stack <stack>   another stack of the environment (default secured-api)
  --verbose         show stack traces
  --help            show this`;

void runCommand(HELP, async (args, signal) => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { stack: STACK_OPTION } });
  const [name, lockId, ...surplus] = positionals;
  if (name !== undefined && lockId === undefined) {
    throw new ArgumentError("Which lock? Give the lock ID that the refused command printed.");
  }
  const context = await openBootstrappedEnvironment([...positionals.slice(0, 1), ...surplus], signal);
  const lock = await readLock(context, values.stack);
  if (!lock) {
    console.log(`The state of ${values.stack}-${context.environment.name} is not locked.`);
    return;
  }
  if (lock.ID !== lockId) {
    throw new UserError(`The lock on the state is another one by now: ${lock.ID}, of ${lock.Who}. Nothing was changed.`);
  }
  const stack = await synthesizedStack(context, values.stack);
  const terraform = await terraformIn(stack.folder, stack.kind, context);
  await terraform.run("force-unlock", "-force", lock.ID);
  console.log(`Removed the lock ${lock.ID} of ${lock.Who}.`);
});
