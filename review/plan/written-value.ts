import type { Plan, PlannedResource } from "./plan";
import { hasSensitive, hasUnknown, type PlannedValue, UNKNOWN, valueAt } from "./planned-value";

/** A value after the apply, or what is written for it. */
export interface ExpectedValue {
  readonly value: PlannedValue;
  /** Whether the value is what is written, with `${…}` in the place of what is known only after the apply. */
  readonly isWritten: boolean;
}

/**
 * An attribute's value after the apply; where that is not known, the text that is written for it.
 *
 * @returns {@link UNKNOWN} where neither is known
 */
export function expectedValue(plan: Plan, resource: PlannedResource, path: readonly (string | number)[]): ExpectedValue {
  const value = valueAt(resource.after, path);
  if (!hasUnknown(value)) {
    return { value, isWritten: false };
  }
  const [argument, ...rest] = path;
  if (hasSensitive(valueAt(resource.after, [String(argument)]))) {
    return { value: UNKNOWN, isWritten: false }; // what is written could be the secret itself
  }
  const written = valueAt(plan.configuration.written(resource.address, String(argument)), rest);
  return written === undefined ? { value: UNKNOWN, isWritten: false } : { value: written, isWritten: true };
}
