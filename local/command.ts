/** What every command has in common: `--help`, `--verbose`, signals, and how errors end it. */
import { constants } from "node:os";
import { isUserError } from "../config/user-error";

// The AWS SDK's versions are pinned; its note about what later ones will need is for whoever updates them.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

/** Exit codes: 0 done, 1 failed, 2 called with wrong arguments, 128 + n ended by signal n. */
const WRONG_ARGUMENTS = 2;

/** An argument that the command cannot do anything with: it ends with the help and exit code 2. */
export class ArgumentError extends Error {
  override readonly name = "ArgumentError";
}

/**
 * Runs a command with the arguments after its name and ends the process with its exit code.
 *
 * @param help what `--help` shows
 * @param command gets the arguments, without `--help` and `--verbose`, and a signal that Ctrl-C and SIGTERM raise
 */
export async function runCommand(help: string, command: (args: string[], signal: AbortSignal) => Promise<void>): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes("--help") || args.includes("-h")) {
    console.log(help);
    return;
  }
  const verbose = args.includes("--verbose");
  const interruption = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      interruption.abort(signal);
    });
  }
  try {
    await command(
      args.filter((argument) => argument !== "--verbose"),
      interruption.signal,
    );
  } catch (error) {
    if (interruption.signal.aborted) {
      process.exitCode = 128 + constants.signals[interruption.signal.reason as NodeJS.Signals];
    } else {
      process.exitCode = isArgumentError(error) ? WRONG_ARGUMENTS : 1;
      console.error(verbose || !(isUserError(error) || isArgumentError(error)) ? error : `\n${error.message}`);
      if (isArgumentError(error)) {
        console.error(`\n${help}`);
      }
    }
  }
}

/** Whether the command, or node:util's parseArgs, refused an argument. */
function isArgumentError(error: unknown): error is Error {
  return error instanceof ArgumentError || (error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"));
}
