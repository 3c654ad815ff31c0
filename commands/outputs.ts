/** `npm run outputs`: the addresses and ids of an environment. */
import { parseArgs } from "node:util";
import { runCommand } from "../local/command";
import { openBootstrappedEnvironment, STACK_OPTION } from "./environment-context";
import { stackOutputs } from "./stack-outputs";

const HELP = `npm run outputs -- <environment> [--json] [--stack <stack>]

Shows the outputs of an environment's stack: its addresses and ids.

  --json            as one JSON object
  --stack <stack>   another stack of the environment (default secured-api)
  --verbose         show stack traces
  --help            show this`;

void runCommand(HELP, async (args, signal) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: "boolean", default: false }, stack: STACK_OPTION },
  });
  const context = await openBootstrappedEnvironment(positionals, signal);
  const outputs = await stackOutputs(context, values.stack);
  if (values.json) {
    console.log(JSON.stringify(outputs, null, 2));
    return;
  }
  const width = Math.max(...Object.keys(outputs).map((name) => name.length));
  for (const [name, value] of Object.entries(outputs)) {
    console.log(`${name.padEnd(width)}  ${value}`);
  }
});
