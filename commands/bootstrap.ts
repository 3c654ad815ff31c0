/** `npm run bootstrap`: makes the state bucket of an environment's account and Region, and moves the bucket's own state into it. */
import { parseArgs } from "node:util";
import { runCommand } from "../local/command";
import { openEnvironment, YES_OPTION } from "./environment-context";
import { bootstrap } from "./state-bootstrap";

const HELP = `npm run bootstrap -- <environment> [--yes]

Makes the state bucket of the environment's account and Region, with its key, and keeps the bucket's own state in it. Environments that
share account and Region share the bucket. Run it again whenever it was stopped: it goes on from what is there.

  --yes       do not ask
  --verbose   show stack traces
  --help      show this`;

void runCommand(HELP, async (args, signal) => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { yes: YES_OPTION } });
  await bootstrap(await openEnvironment(positionals, signal), values.yes);
});
