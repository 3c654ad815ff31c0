import { createInterface } from "node:readline/promises";
import { UserError } from "../config/user-error";

export interface Question {
  /** Whether `--yes` was given: nothing is asked. */
  readonly yes: boolean;
  readonly signal: AbortSignal;
  /** What must be typed. Default: `y` or `yes`. */
  readonly expected?: string;
}

/** @throws UserError when a question would come and there is nobody to answer it */
export function requireTerminal(yes: boolean): void {
  if (!yes && !process.stdin.isTTY) {
    throw new UserError("Nothing was changed: there is no terminal to ask on. Give --yes to go on without being asked.");
  }
}

/**
 * Asks before something is changed.
 *
 * @throws UserError when the answer is no, or nobody is there to give one
 */
export async function confirm(question: string, { yes, signal, expected }: Question): Promise<void> {
  if (yes) {
    return;
  }
  requireTerminal(yes);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = (await terminal.question(`${question} `, { signal })).trim();
    if (expected === undefined ? !/^y(es)?$/i.test(answer) : answer !== expected) {
      throw new UserError("Nothing was changed.");
    }
  } finally {
    terminal.close();
  }
}
