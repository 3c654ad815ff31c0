import { UserError } from "../../config/user-error";
import { RULE_NAMES, type RuleName } from "./rule";

/** A written permission to break one rule at one resource of one environment, for a time. */
export interface Exception {
  readonly rule: RuleName;
  /** The environment's name. */
  readonly environment: string;
  /** The resource's address, as the report has it. */
  readonly address: string;
  /** Why it may be so, in a sentence that a reviewer can judge. */
  readonly reason: string;
  /** The last day on which it holds, in UTC: `2027-01-31`. */
  readonly expires: string;
}

/** Whether an exception holds no longer. */
export function isExpired({ expires }: Exception, now: Date): boolean {
  return now.toISOString().slice(0, 10) > expires;
}

/**
 * Checks what was written.
 *
 * @throws UserError with a line for each fault
 */
export function checkExceptions(exceptions: readonly Exception[], environmentNames: readonly string[]): void {
  const faults = exceptions.flatMap((exception, index) => {
    const where = `review/exceptions.ts: exception ${index + 1}`;
    const { rule, environment, address, reason, expires } = exception;
    const isDate = /^\d{4}-\d{2}-\d{2}$/.test(expires) && new Date(`${expires}T00:00:00Z`).toJSON().startsWith(expires);
    return [
      ...(RULE_NAMES.includes(rule) ? [] : [`${where}: rule is "${rule}": there are ${RULE_NAMES.join(", ")}.`]),
      ...(environmentNames.includes(environment)
        ? []
        : [`${where}: environment is "${environment}": there are ${environmentNames.join(", ")}.`]),
      ...(address.trim() !== "" ? [] : [`${where}: address is empty: name the resource as the report does.`]),
      ...(reason.trim() !== "" ? [] : [`${where}: reason is empty: say why, so that a reviewer can judge it.`]),
      ...(isDate ? [] : [`${where}: expires is "${expires}": it must be a day that exists, such as 2027-01-31.`]),
    ];
  });
  if (faults.length > 0) {
    throw new UserError(faults.join("\n"));
  }
}
