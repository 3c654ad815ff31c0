/** The last results of `npm test` and `npm run mutation`, which take too long to be measured with the rest. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { type MutationReport, mutationScore } from "../tools/mutation-score";
import type { Quality } from "./record";

const COVERAGE = path.join("coverage", "coverage-summary.json");
const MUTATION = path.join(".build", "mutation");

/** As jest's reporter json-summary writes it, which counts the code that is deployed or reviews. */
interface CoverageSummary {
  readonly total: Readonly<Record<"lines" | "branches" | "functions" | "statements", { readonly pct: number }>>;
}

/** What the result files below a folder say. A command that has not been run there has no part. */
export function lastQuality(root = "."): Quality[] {
  const coverage = path.join(root, COVERAGE);
  const mutation = path.join(root, MUTATION);
  const parts = existsSync(mutation) ? readdirSync(mutation).filter((file) => file.endsWith(".json")) : [];
  return [...(existsSync(coverage) ? [coverageOf(coverage)] : []), ...parts.sort().map((file) => mutationOf(path.join(mutation, file)))];
}

function coverageOf(file: string): Quality {
  const { total } = JSON.parse(readFileSync(file, "utf8")) as CoverageSummary;
  return { name: "coverage", date: dateOf(file), percent: { lines: total.lines.pct, branches: total.branches.pct } };
}

function mutationOf(file: string): Quality {
  const { percent } = mutationScore(JSON.parse(readFileSync(file, "utf8")) as MutationReport);
  return { name: `mutation of ${path.basename(file, ".json")}`, date: dateOf(file), percent: { noticed: Number(percent.toFixed(1)) } };
}

function dateOf(file: string): string {
  return statSync(file).mtime.toISOString();
}
