/** `npm run policy`: every stack, workflow and file, held to checkov's rules. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { UserError } from "../config/user-error";
import { ArgumentError, runCommand } from "../local/command";
import { checkPython, checkTerraform, requireAll } from "../local/prerequisites";
import { type Checked, checkFiles, checkStacks } from "./check";
import { installed } from "./checkov";
import { faults, summary } from "./report";
import { ofEnvironment, stacksOf, stacksOfMain } from "./stacks";

const HELP = `npm run policy [-- <environment>]

Holds the plan of every stack of main.ts to the rules of checkov, and that of an example in which everything optional is on; then the
workflows; and looks for secrets in the files of the repository. It needs no AWS account and sends nothing anywhere. What is skipped,
and why, is in docs/policy.md.

  <environment>   only the stacks of this environment, without workflows and files
  --verbose       show stack traces
  --help          show this

Exit code: 0 every check passed or is skipped with a reason, 1 a check failed, a skip is not needed or a plan could not be made, 2 wrong
arguments.`;

void runCommand(HELP, async (args, signal) => {
  const { positionals } = parseArgs({ args, allowPositionals: true });
  const environment = await named(positionals);
  const python = await checkPython();
  requireAll([await checkTerraform(), { ...python, needed: "3.10 or newer (for checkov)" }]);

  const folder = mkdtempSync(path.join(tmpdir(), "policy-"));
  try {
    console.log("Prepare checkov (the first time takes a minute)");
    await installed(signal);
    console.log(`Plan and check the stacks of ${environment ?? "every environment"}${environment ? "" : ", workflows and files"}`);
    const parts = await Promise.all(partsOf(environment, folder, signal));
    for (const [what, checked] of parts) {
      console.log(`${what}: ${summary(checked)}`);
    }
    const text = faults(parts.map(([, checked]) => checked));
    if (text) {
      throw new UserError(text);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** The parts side by side: the plans wait for Terraform while the files are read. */
function partsOf(environment: string | undefined, folder: string, signal: AbortSignal): Promise<readonly [string, Checked]>[] {
  const stacks = async () => {
    const ofMain = await stacksOfMain(path.join(folder, "main"));
    const all = environment ? [ofEnvironment(ofMain, environment)] : [ofMain, stacksOf(path.join(folder, "example"))];
    return ["stacks", await checkStacks(all, { folder: path.join(folder, "stacks"), signal })] as const;
  };
  const files = async () => ["workflows and files", await checkFiles({ folder: path.join(folder, "repository"), signal })] as const;
  return environment ? [stacks()] : [stacks(), files()];
}

/** Loaded here and not at the top, so that a fault in the settings ends the command as any other mistake does. */
async function named([name, surplus]: readonly string[]): Promise<string | undefined> {
  if (surplus !== undefined) {
    throw new ArgumentError(`"${surplus}" is one argument too many.`);
  }
  const { environments } = await import("../config/environments");
  if (name !== undefined && !Object.hasOwn(environments, name)) {
    throw new ArgumentError(`"${name}" is not an environment: config/environments.ts has ${Object.keys(environments).join(", ")}.`);
  }
  return name;
}
