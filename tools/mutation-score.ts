/** What `npm run mutation` found: the share of changes that the unit tests noticed. */
import { UserError } from "../config/user-error";

/** What is scored by itself: each has its settings in mutation/<part>.mjs. */
export const MUTATION_PARTS = ["config", "authorization", "redeployment", "guard"];

/** The least share of noticed changes, in percent. */
const LEAST_SCORE = 85;

/** What became of one change, in Stryker's words. A change with an error was not judged: the run broke before or beside the tests. */
export type MutantStatus = "Killed" | "Timeout" | "Survived" | "NoCoverage" | "RuntimeError" | "CompileError" | "Ignored" | "Pending";

/** Stryker's report in JSON, as far as it is read here. */
export interface MutationReport {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: MutantStatus }[] }>>;
}

export interface MutationScore {
  readonly noticed: number;
  readonly missed: number;
  /** Changes of which the run says nothing. Stryker leaves them out of its own score. */
  readonly notJudged: number;
  /** Share of noticed changes among those judged, in percent; 0 when there are none. */
  readonly percent: number;
}

export function mutationScore({ files }: MutationReport): MutationScore {
  const statuses = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const count = (...wanted: MutantStatus[]) => statuses.filter((status) => wanted.includes(status)).length;
  const noticed = count("Killed", "Timeout");
  const missed = count("Survived", "NoCoverage");
  const percent = noticed + missed === 0 ? 0 : (100 * noticed) / (noticed + missed);
  return { noticed, missed, notJudged: statuses.length - noticed - missed, percent };
}

/** @throws UserError when too many changes were missed, or so many were not judged that the score says nothing */
export function requireScore(part: string, { noticed, missed, notJudged, percent }: MutationScore): void {
  if (notJudged > noticed + missed) {
    throw new UserError(
      `mutation/${part}.mjs: ${notJudged} changes were not judged, more than the ${noticed + missed} that were, so ${percent.toFixed(1)} % says ` +
        `nothing. Look for the errors in .build/mutation/${part}.json and run it again.`,
    );
  }
  if (percent < LEAST_SCORE) {
    throw new UserError(
      `mutation/${part}.mjs: the tests noticed ${percent.toFixed(1)} % of the changes, less than ${LEAST_SCORE} %. Test what survived.`,
    );
  }
}
