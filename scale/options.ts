/** The options of `npm run scale`: one for each field of a load. */
import { ArgumentError } from "../local/command";
import { count } from "./format";
import { type Workload, workload, workloadSchema } from "./workload";

export interface Option {
  /** Without the dashes in front. */
  readonly name: string;
  readonly meaning: string;
  readonly fallback: string;
  readonly field: keyof Workload;
}

const defaults = workload();

export const OPTIONS: readonly Option[] = Object.entries(workloadSchema.shape).map(([name, schema]) => {
  const field = name as keyof Workload;
  const fallback = defaults[field];
  return {
    name: name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    meaning: schema.description ?? "",
    fallback: typeof fallback === "number" ? count(fallback) : fallback,
    field,
  };
});

/**
 * The load that the options' texts describe.
 *
 * @throws ArgumentError with one line for each option that breaks its rule
 */
export function workloadOf(given: Readonly<Record<string, string | undefined>>): Workload {
  const set = OPTIONS.filter(({ name }) => given[name] !== undefined).map((option) => ({ ...option, text: given[option.name] ?? "" }));
  const result = workloadSchema.safeParse(Object.fromEntries(set.map(({ field, text }) => [field, valueOf(field, text)])));
  if (result.success) {
    return result.data;
  }
  const faults = result.error.issues.map(({ path, message }) => {
    const option = set.find(({ field }) => field === path[0]);
    return `--${option?.name ?? ""} is "${option?.text ?? ""}": ${message}.`;
  });
  throw new ArgumentError(faults.join("\n"));
}

/** Number() takes an empty text for 0, which nobody means. */
const valueOf = (field: keyof Workload, text: string) => (typeof defaults[field] === "number" ? Number(text.trim() || NaN) : text);
