import type { Exception } from "./guard/exception";

/**
 * What a person has decided to let through in spite of a rule of the guard, e.g.
 *
 * ```ts
 * {
 *   rule: "no-lost-data",
 *   environment: "dev",
 *   address: "aws_cloudwatch_log_group.backend-function_log-group_0CCF503A",
 *   reason: "The function is renamed; its log of the last days is not needed.",
 *   expires: "2027-01-31",
 * }
 * ```
 *
 * An exception stands in every report that it applies to. From the day after `expires` on it is none: the rule fails again.
 */
export const exceptions: readonly Exception[] = [];
