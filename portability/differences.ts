/** What may differ between the Terraform JSON of the two frameworks, and why. */
import { UserError } from "../config/user-error";

/** The Terraform JSON of every stack, by the stack's name. */
export type Stacks = Readonly<Record<string, unknown>>;

/** A place at which the JSON of the two frameworks differs; a side that has nothing there is undefined. */
export interface Difference {
  readonly stack: string;
  /** The keys on the way to the value, e.g. `terraform.required_providers.aws.version`. */
  readonly at: string;
  readonly cdktf: unknown;
  readonly cdktn: unknown;
}

/** A difference that every stack is known to have. */
export interface KnownDifference {
  readonly at: string;
  readonly cdktf: RegExp;
  readonly cdktn: RegExp;
  readonly reason: string;
}

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    at: "//.metadata.version",
    cdktf: /^0\.21\./,
    cdktn: /^0\.24\./,
    reason: "the framework's own version; Terraform skips everything under //",
  },
  {
    at: "terraform.required_providers.aws.source",
    cdktf: /^aws$/,
    cdktn: /^hashicorp\/aws$/,
    reason: 'two spellings of one address: Terraform reads "aws" as registry.terraform.io/hashicorp/aws',
  },
  {
    at: "terraform.required_providers.aws.version",
    cdktf: /^5\./,
    cdktn: /^6\./,
    reason: "each package binds the version of the provider that its types were made from",
  },
];

/** Every place at which the stacks differ, stack by stack. */
export function differences(cdktf: Stacks, cdktn: Stacks): Difference[] {
  return keysOf(cdktf, cdktn).flatMap((stack) =>
    differencesIn(cdktf[stack], cdktn[stack], []).map(({ at, ...values }) => ({ stack, at: at.join("."), ...values })),
  );
}

/**
 * Lets the known differences pass.
 *
 * @throws UserError when a stack has another difference, or lacks a known one: a list that is longer than the truth hides something
 */
export function requireKnown(found: readonly Difference[], stacks: readonly string[], known = KNOWN_DIFFERENCES): void {
  const matches = (difference: Difference, { at, cdktf, cdktn }: KnownDifference) =>
    difference.at === at && cdktf.test(String(difference.cdktf)) && cdktn.test(String(difference.cdktn));

  const unknown = found
    .filter((difference) => !known.some((expected) => matches(difference, expected)))
    .map(
      ({ stack, at, cdktf, cdktn }) =>
        `${stack}: ${at === "" ? "the stack" : at} is ${shown(cdktf)} with cdktf and ${shown(cdktn)} with cdktn.`,
    );
  const gone = stacks.flatMap((stack) =>
    known
      .filter((expected) => !found.some((difference) => difference.stack === stack && matches(difference, expected)))
      .map(({ at }) => `${stack}: the known difference at ${at} does not occur.`),
  );
  if (unknown.length + gone.length > 0) {
    throw new UserError(
      [...unknown, ...gone, "Make the code independent of the framework, or correct the table in portability/differences.ts."].join("\n"),
    );
  }
}

interface Place {
  readonly at: readonly string[];
  readonly cdktf: unknown;
  readonly cdktn: unknown;
}

function differencesIn(cdktf: unknown, cdktn: unknown, at: readonly string[]): Place[] {
  if (isContainer(cdktf) && isContainer(cdktn) && Array.isArray(cdktf) === Array.isArray(cdktn)) {
    return keysOf(cdktf, cdktn).flatMap((key) => differencesIn(cdktf[key], cdktn[key], [...at, key]));
  }
  return JSON.stringify(cdktf) === JSON.stringify(cdktn) ? [] : [{ at, cdktf, cdktn }];
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function keysOf(...containers: readonly Readonly<Record<string, unknown>>[]): string[] {
  return [...new Set(containers.flatMap((container) => Object.keys(container)))].sort();
}

function shown(value: unknown): string {
  return value === undefined ? "absent" : JSON.stringify(value);
}
