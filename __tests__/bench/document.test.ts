import { readFileSync } from "node:fs";
import { type BenchmarkRecord, readRecord, RECORD, recordText } from "../../bench/record";
import { benchmarkFiles } from "../../bench/report";

const record = readRecord();
const read = (file: string) => readFileSync(file, "utf8");

test.each(Object.entries(benchmarkFiles(record)))("%s is what the record of the last run says; npm run docs writes it", (file, text) => {
  expect(read(file)).toBe(text);
});

test("the record is as a run wrote it", () => {
  expect(read(RECORD)).toBe(recordText(record));
});

test("the document has its sections", () => {
  expect([...read("docs/benchmarks.md").matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual([
    "Aims",
    "Method",
    "Machine and versions",
    "Synth of the app",
    "Synth and plan by the number of routes",
    "From nothing to the first answer",
    "Test loop and deploy loop",
    "Review of a long plan",
    "Coverage and mutation",
    "Not measured",
  ]);
});

/** The record with other figures of one thing. */
function changed(id: string, figures: Partial<BenchmarkRecord["measured"][number]>): string {
  const measured = record.measured.map((one) => (one.id === id ? { ...one, ...figures } : one));
  return benchmarkFiles({ ...record, measured })["docs/benchmarks.md"]!;
}

test.each<[what: string, id: string, figures: Partial<BenchmarkRecord["measured"][number]>, row: RegExp]>([
  [
    "a slow synth",
    "synth/this-project",
    { seconds: [90] },
    /\| synth of the app, beside bare node \| at most 5 × its time \| .* \| \*\*no\*\* \|/,
  ],
  ["a quick synth", "synth/this-project", { seconds: [0.0001] }, /\| synth of the app, beside bare node \| .* \| yes \|/],
  [
    "much memory",
    "review/1000-routes",
    { mebibytes: [301, 302] },
    /\| memory of that review \| at most 300 MiB \| 302 MiB \| \*\*no\*\* \|/,
  ],
  ["a slow plan", "routes/plan/this-project/1000", { seconds: [9e3] }, /\| plan of 1,000 routes, beside plain HCL \| .* \| \*\*no\*\* \|/],
  ["a slow start", "start/after-install", { seconds: [29, 31, 30.5] }, /\| at most 30 s \| 30\.5 s \| \*\*no\*\* \|/],
  ["an ended plan", "routes/plan/for-each-hcl/1000", { seconds: [], cutAfter: 7 }, /\| 1,000 \| .* \| more than 7 s, ended \|/],
])("%s shows", (_, id, figures, row) => {
  expect(changed(id, figures)).toMatch(row);
});

test("a measurement that is missing is not passed over", () => {
  const measured = record.measured.filter(({ id }) => id !== "synth/bare-node");
  expect(() => benchmarkFiles({ ...record, measured })).toThrow('docs/benchmarks.json has no measurement "synth/bare-node"');
});

test("the last coverage and mutation scores are quoted", () => {
  const quality = [{ name: "coverage", date: "2026-01-02T03:04:05.000Z", percent: { lines: 96.5, branches: 91 } }];
  const document = benchmarkFiles({ ...record, quality })["docs/benchmarks.md"];
  expect(document).toContain("| coverage | lines 96.5 %, branches 91 % | 2026-01-02 |");
});
