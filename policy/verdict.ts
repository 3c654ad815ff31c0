/** What checkov found, held against what is skipped with a reason. */

/** A check that failed. */
export interface Finding {
  /** checkov's id. */
  readonly check: string;
  /** What it asks for, in checkov's words. */
  readonly asks: string;
  /** The stack, or the file. */
  readonly place: string;
  /** The resource's address in the stack, or the lines of the file. */
  readonly at: string | readonly [number, number];
}

/** A check that is skipped, and where: for one resource, or for the next line of a file. */
export interface Skip {
  readonly check: string;
  readonly place: string;
  readonly at: string | number;
  readonly reason: string;
}

export interface Verdict {
  /** What nothing skips. */
  readonly failed: readonly Finding[];
  /** What no finding needs. */
  readonly unneeded: readonly Skip[];
  /** How many findings are skipped with a reason. */
  readonly skipped: number;
}

/** A skip holds for the one resource, or the one place in a file, beside which it stands. */
export function verdictOn(findings: readonly Finding[], skips: readonly Skip[]): Verdict {
  const needed = new Set<Skip>();
  const failed = findings.filter((finding) => {
    const skip = skips.find((candidate) => holds(candidate, finding));
    if (skip) {
      needed.add(skip);
    }
    return !skip;
  });
  return { failed, unneeded: skips.filter((skip) => !needed.has(skip)), skipped: findings.length - failed.length };
}

function holds(skip: Skip, { check, place, at }: Finding): boolean {
  if (skip.check !== check || skip.place !== place) {
    return false;
  }
  // In a file it stands on the line before: checkov overlooks some secrets because of what else is on their line.
  return typeof at === "string" ? skip.at === at : skip.at === at[0] - 1;
}
