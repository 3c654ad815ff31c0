import { type MutantStatus, type MutationReport, mutationScore, requireScore } from "../../tools/mutation-score";

/** A report in which this many changes ended like this. */
function report(counts: Partial<Record<MutantStatus, number>>): MutationReport {
  const mutants = Object.entries(counts).flatMap(([status, count]) =>
    Array.from({ length: count }, () => ({ status: status as MutantStatus })),
  );
  return { files: { "a.ts": { mutants: mutants.slice(0, 3) }, "b.ts": { mutants: mutants.slice(3) } } };
}

test("a change that no test reaches is missed, one that hangs is noticed, one that is ignored or broke is not judged", () => {
  const counts = { Killed: 5, Timeout: 1, Survived: 1, NoCoverage: 1, RuntimeError: 1, CompileError: 1, Ignored: 1, Pending: 1 };
  expect(mutationScore(report(counts))).toEqual({ noticed: 6, missed: 2, notJudged: 4, percent: 75 });
});

test.each<[string, Partial<Record<MutantStatus, number>>]>([
  ["85 %", { Killed: 85, Survived: 15 }],
  ["as many judged as not", { Killed: 10, RuntimeError: 10 }],
])("%s passes", (_, counts) => {
  expect(() => {
    requireScore("part", mutationScore(report(counts)));
  }).not.toThrow();
});

test.each<[string, Partial<Record<MutantStatus, number>>, string]>([
  ["less than 85 %", { Killed: 84, Survived: 16 }, "mutation/part.mjs: the tests noticed 84.0 % of the changes, less than 85 %."],
  [
    "a run that broke, whatever its score",
    { Killed: 9, Survived: 1, RuntimeError: 115 },
    "115 changes were not judged, more than the 10 that were",
  ],
  ["a run that judged nothing", {}, "the tests noticed 0.0 % of the changes"],
])("%s fails", (_, counts, message) => {
  expect(() => {
    requireScore("part", mutationScore(report(counts)));
  }).toThrow(message);
});
