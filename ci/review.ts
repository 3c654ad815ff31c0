import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { UserError } from "../config/user-error";
import { REVIEW_LIMIT } from "./report";

export interface Review {
  /** Whether every rule of the guard holds. */
  readonly passed: boolean;
  /** The report as Markdown. */
  readonly markdown: string;
}

/** `npm run review`: exit code 0 all rules hold, 1 one fails, 2 it could not read its input. */
const A_RULE_FAILS = 1;

/**
 * Reviews a saved plan with `npm run review`.
 *
 * @param planFile the plan as `terraform show -json` tells it
 * @throws UserError when the review itself fails
 */
export async function review(environment: string, planFile: string, signal: AbortSignal): Promise<Review> {
  const format = ["--format", "markdown", "--limit", String(REVIEW_LIMIT)];
  const args = ["run", "--silent", "review", "--", environment, "--plan", planFile, ...format];
  try {
    const { stdout } = await promisify(execFile)("npm", args, { signal, maxBuffer: 64 << 20 });
    return { passed: true, markdown: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: unknown; stdout?: string; stderr?: string };
    // Without a report the exit code says nothing: npm itself ends with 1, too.
    if (code !== A_RULE_FAILS || !stdout?.trim()) {
      throw new UserError(`npm run review -- ${environment} failed:\n${stderr ?? String(error)}`, { cause: error });
    }
    return { passed: false, markdown: stdout };
  }
}
