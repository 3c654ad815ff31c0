/** What `npm run bench` and `npm run docs` write from the record of a run. */
import type { BenchmarkRecord } from "../record";
import { benchmarksDocument } from "./document";
import { Figures } from "./figures";
import { plots } from "./plots";

/** The text of docs/benchmarks.md and of its plots, by file. */
export function benchmarkFiles(record: BenchmarkRecord): Record<string, string> {
  const figures = new Figures(record.measured);
  return { "docs/benchmarks.md": benchmarksDocument(record, figures), ...plots(figures) };
}
