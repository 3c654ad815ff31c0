/** `npm run state`: the earlier versions of a stack's state, and the way back to one of them. */
import { parseArgs } from "node:util";
import { ArgumentError, runCommand } from "../local/command";
import { utcTime } from "../local/utc-time";
import { confirm } from "./confirm";
import { openBootstrappedEnvironment, STACK_OPTION, YES_OPTION } from "./environment-context";
import { requireUnlocked } from "./state-lock";
import { restoreVersion, stateVersions } from "./state-versions";

const HELP = `npm run state -- <environment> versions [--stack <stack>]
npm run state -- <environment> restore <version ID> [--yes] [--stack <stack>]

versions lists what the bucket has of a stack's state, newest first. restore makes one of them the current state; the one it replaces stays
as an earlier version.

  --yes             do not ask
  --stack <stack>   another stack of the environment (default secured-api)
  --verbose         show stack traces
  --help            show this`;

void runCommand(HELP, async (args, signal) => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { yes: YES_OPTION, stack: STACK_OPTION } });
  const [name, action, versionId, ...surplus] = positionals;
  if (name !== undefined && (action === "versions") === (versionId !== undefined)) {
    throw new ArgumentError('Give "versions", or "restore" and a version ID.');
  }
  const context = await openBootstrappedEnvironment([...positionals.slice(0, 1), ...surplus], signal);

  if (versionId === undefined) {
    const versions = await stateVersions(context, values.stack);
    if (versions.length === 0) {
      console.log("The bucket has no version of this state.");
    }
    for (const { id, written, content, current } of versions) {
      const what =
        content === "deleted" || content === "damaged"
          ? content
          : `${String(content.resources).padStart(4)} resources, serial ${content.serial}`;
      console.log(`${id}  ${utcTime(written)}  ${what}${current ? "  (current)" : ""}`);
    }
    return;
  }

  await requireUnlocked(context, values.stack);
  const stack = `${values.stack}-${context.environment.name}`;
  await confirm(`Make version ${versionId} the current state of ${stack}? [y/N]`, { yes: values.yes, signal });
  const { resources, serial } = await restoreVersion(context, values.stack, versionId);
  console.log(
    `Restored the state of ${stack}: ${resources} resources, serial ${serial}. See what it lacks: npm run plan -- ${context.environment.name}`,
  );
});
