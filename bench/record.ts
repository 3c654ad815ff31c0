/** docs/benchmarks.json: what one whole run of `npm run bench` measured. docs/benchmarks.md and its plots are made from it alone. */
import { readFileSync } from "node:fs";

export const RECORD = "docs/benchmarks.json";

/** What was measured of one thing. */
export interface Measured {
  /** Group, thing and, where there are several, its size, e.g. `routes/plan/plain-hcl/300`. */
  readonly id: string;
  /** Of each run, in their order. */
  readonly seconds: readonly number[];
  /** Peak memory of each run, of its largest process; empty where the system does not tell. */
  readonly mebibytes: readonly number[];
  /** How many resources a plan creates. */
  readonly resources?: number;
  /** Seconds after which a run was ended; then there are no others. */
  readonly cutAfter?: number;
}

/** The last results of commands that take too long to be a part of the benchmark. */
export interface Quality {
  readonly name: string;
  /** ISO 8601. */
  readonly date: string;
  /** In percent, by what it is the share of. */
  readonly percent: Readonly<Record<string, number>>;
  /** Of mutation testing: how many changes were judged. */
  readonly changes?: number;
  /** Of mutation testing: changes of which the run says nothing, because it broke before the tests could. */
  readonly notJudged?: number;
}

export interface BenchmarkRecord {
  /** When the run began, ISO 8601. */
  readonly date: string;
  /** The commit that was checked out. */
  readonly commit: string;
  readonly minutes: number;
  /** How often each thing is measured at most. */
  readonly rounds: number;
  readonly machine: {
    readonly processor: string;
    readonly cores: number;
    readonly memoryGibibytes: number;
    readonly system: string;
    /** How many processes wanted to run in the minute before: near 0 on a machine that does nothing else. */
    readonly loadBefore: number;
  };
  /** Where Terraform got the AWS provider. */
  readonly provider: "mirror" | "registry";
  readonly versions: Readonly<Record<string, string>>;
  readonly measured: readonly Measured[];
  readonly quality: readonly Quality[];
}

export function readRecord(): BenchmarkRecord {
  return JSON.parse(readFileSync(RECORD, "utf8")) as BenchmarkRecord;
}

export function recordText(record: BenchmarkRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}
