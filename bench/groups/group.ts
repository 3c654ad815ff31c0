import type { Bench } from "../bench";

/** Measurements that belong together: a section of the document. */
export interface Group {
  /** What `--only` calls it, and the first part of its measurements' ids. */
  readonly name: string;
  /** What it measures, for `--help`. */
  readonly about: string;
  run(bench: Bench): Promise<void>;
}
