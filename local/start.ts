/** `npm start`: the whole system on the embedded emulator. */
import { parseArgs } from "node:util";
import { environments } from "../config/environments";
import { runCommand } from "./command";
import { LocalSystem } from "./local-system";
import { runSteps } from "./run-steps";

const HELP = `npm start [-- --once]

Builds the whole system on the embedded emulator, checks that it works, and stays until Ctrl-C.

  --once      end after the check, with exit code 0 or 1
  --verbose   show stack traces
  --help      show this

Environment variables: LOCAL_EMULATOR_PORT (default 4566, or a free one), LOCAL_LOGIN_PAGES_PORT (default 4567, or a free one), PYTHON,
TERRAFORM_BINARY_NAME, TERRAFORM_PROVIDER_MIRROR.
While it runs, .local/outputs.json holds the addresses and ids, and ". .local/emulator.env" lets a shell talk to the emulator.`;

void runCommand(HELP, async (args, signal) => {
  const { values } = parseArgs({ args, options: { once: { type: "boolean", default: false } } });
  const system = new LocalSystem({ environment: environments.local, folder: ".local", signal });
  try {
    await runSteps(system.steps);
    console.log(`
  Sign in    ${system.outputs["sign_in_url"]}

  API        ${system.outputs["invoke_url"]}
  Mailbox    ${system.outputs["mailbox_url"]}
  Outputs    .local/outputs.json
`);
    if (!values.once) {
      console.log("Ctrl-C takes everything down.");
      await Promise.race([
        new Promise((resolve) => {
          signal.addEventListener("abort", resolve, { once: true });
        }),
        system.emulator.died.then((error) => Promise.reject(error)),
      ]);
    }
  } finally {
    console.log("Taking everything down.");
    await system.stop();
  }
});
