/** `npm run doctor`: what this machine has, what it lacks, and how to get it. */
import { parseArgs } from "node:util";
import { runCommand } from "./command";
import { checkAll } from "./prerequisites";
import { findProviderMirror, ownCliConfig, terraformEnvironment } from "./terraform-mirror";

const HELP = `npm run doctor

Lists every prerequisite with its state and its remedy. Exit code 1 when something is missing.`;

void runCommand(HELP, async (args) => {
  parseArgs({ args });
  const prerequisites = await checkAll();
  for (const { name, needed, found, ok, remedy } of prerequisites) {
    console.log(`${ok ? "ok     " : "missing"}  ${name}: ${found ?? "not found"} (needed: ${needed})`);
    if (!ok) {
      console.log(`         ${remedy}`);
    }
  }

  const own = ownCliConfig();
  const mirror = findProviderMirror();
  console.log(`ok       AWS provider: ${own ? `as ${own} says` : mirror ? `from the mirror ${mirror}` : "from the Terraform registry"}`);
  const { TF_CLI_CONFIG_FILE } = terraformEnvironment();
  if (TF_CLI_CONFIG_FILE) {
    console.log(
      `\nThis makes plain "npx cdktf deploy" use the mirror:\n\n  export TF_CLI_CONFIG_FILE=${JSON.stringify(TF_CLI_CONFIG_FILE)}\n`,
    );
    console.log('Add --skip-provider-lock to "cdktf diff" and "cdktf deploy" where there is no way to the registry.');
  }
  if (prerequisites.some(({ ok }) => !ok)) {
    process.exitCode = 1;
  }
});
