import { z } from "zod";

/** A whole number of `unit` from `minimum` to `maximum`, with a message that says so. */
export function wholeNumber(minimum: number, maximum: number, unit: string) {
  const rule = `it must be a whole number of ${unit} from ${minimum} to ${maximum}`;
  return z.int(rule).min(minimum, rule).max(maximum, rule);
}
