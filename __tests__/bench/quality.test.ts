import { lastQuality } from "../../bench/quality";
import { UserError } from "../../config/user-error";
import { temporaryFolder } from "../support/temporary-folder";

const mutants = [...Array<string>(9).fill("Killed"), "Survived", "RuntimeError"].map((status) => ({ status }));
const RESULTS = {
  "coverage/coverage-summary.json": JSON.stringify({ total: { lines: { pct: 96.5 }, branches: { pct: 91 } } }),
  ...Object.fromEntries(
    ["config", "authorization", "redeployment", "guard"].map((part) => [
      `.build/mutation/${part}.json`,
      JSON.stringify({ files: { "a.ts": { mutants } } }),
    ]),
  ),
};

test("the last results are read from the files that the commands write", () => {
  const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as unknown;
  expect(lastQuality(temporaryFolder(RESULTS))).toEqual([
    { name: "coverage", date, percent: { lines: 96.5, branches: 91 } },
    ...["config", "authorization", "redeployment", "guard"].map((part) => ({
      name: `mutation of ${part}`,
      date,
      percent: { noticed: 90 },
      changes: 10,
      notJudged: 1,
    })),
  ]);
});

test.each([
  ["coverage/coverage-summary.json", "npm test"],
  [".build/mutation/guard.json", "npm run mutation -- guard"],
])("without %s the benchmark does not begin, and says to run %s", (missing, command) => {
  const there = Object.fromEntries(Object.entries(RESULTS).filter(([file]) => file !== missing));
  expect(() => lastQuality(temporaryFolder(there))).toThrow(
    new UserError(`The benchmark quotes results that are not here: ${missing}. Run first:\n  ${command}`),
  );
});
