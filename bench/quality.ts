/** The last results of `npm test` and `npm run mutation`, which take too long to be measured with the rest. */
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { UserError } from "../config/user-error";
import { MUTATION_PARTS, type MutationReport, mutationScore } from "../tools/mutation-score";
import type { Quality } from "./record";

const COVERAGE = path.join("coverage", "coverage-summary.json");
const MUTATION = path.join(".build", "mutation");

/** As jest's reporter json-summary writes it, which counts the code that is deployed or reviews. */
interface CoverageSummary {
  readonly total: Readonly<Record<"lines" | "branches" | "functions" | "statements", { readonly pct: number }>>;
}

/** Each with the command that writes it. */
const RESULTS: readonly { readonly file: string; readonly command: string; readonly read: (file: string) => Quality }[] = [
  { file: COVERAGE, command: "npm test", read: coverageOf },
  ...MUTATION_PARTS.map((part) => ({
    file: path.join(MUTATION, `${part}.json`),
    command: `npm run mutation -- ${part}`,
    read: mutationOf,
  })),
];

/**
 * What the result files below a folder say.
 *
 * @throws UserError with the commands to run first, where one is missing
 */
export function lastQuality(root = "."): Quality[] {
  const missing = RESULTS.filter(({ file }) => !existsSync(path.join(root, file)));
  if (missing.length > 0) {
    throw new UserError(
      `The benchmark quotes results that are not here: ${missing.map(({ file }) => file).join(", ")}. Run first:\n` +
        missing.map(({ command }) => `  ${command}`).join("\n"),
    );
  }
  return RESULTS.map(({ file, read }) => read(path.join(root, file)));
}

function coverageOf(file: string): Quality {
  const { total } = JSON.parse(readFileSync(file, "utf8")) as CoverageSummary;
  return { name: "coverage", date: dateOf(file), percent: { lines: total.lines.pct, branches: total.branches.pct } };
}

function mutationOf(file: string): Quality {
  const { percent, noticed, missed, notJudged } = mutationScore(JSON.parse(readFileSync(file, "utf8")) as MutationReport);
  return {
    name: `mutation of ${path.basename(file, ".json")}`,
    date: dateOf(file),
    percent: { noticed: Number(percent.toFixed(1)) },
    changes: noticed + missed,
    notJudged,
  };
}

function dateOf(file: string): string {
  return statSync(file).mtime.toISOString();
}
