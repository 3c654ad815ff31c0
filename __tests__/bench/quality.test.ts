import { lastQuality } from "../../bench/quality";
import { temporaryFolder } from "../support/temporary-folder";

test("the last results are read from the files that the commands write", () => {
  const mutants = [...Array<string>(9).fill("Killed"), "Survived"].map((status) => ({ status }));
  const root = temporaryFolder({
    "coverage/coverage-summary.json": JSON.stringify({ total: { lines: { pct: 96.5 }, branches: { pct: 91 } } }),
    ".build/mutation/redeployment.json": JSON.stringify({ files: { "a.ts": { mutants } } }),
  });
  const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as unknown;
  expect(lastQuality(root)).toEqual([
    { name: "coverage", date, percent: { lines: 96.5, branches: 91 } },
    { name: "mutation of redeployment", date, percent: { noticed: 90 } },
  ]);
});

test("a command that has not been run has no result", () => {
  expect(lastQuality(temporaryFolder())).toEqual([]);
});
