import { LimitReached, type Measurement } from "./measure";
import type { Measured } from "./record";

/** A thing that is measured beside others. */
export interface Contestant {
  /** As in {@link Measured}. */
  readonly id: string;
  readonly run: () => Promise<Measurement>;
}

/** What a group of measurements gets. */
export interface BenchOptions {
  /** How often each thing is measured at most. */
  readonly rounds: number;
  /** A folder for whatever a group writes, without a space in its path. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Gets a line for each run. */
  readonly tell: (line: string) => void;
}

/** What has taken this long in all is not measured once more: a minute more or less of waiting makes no median better. */
const ENOUGH_SECONDS = 30;

/** Takes measurements and keeps them. */
export class Bench {
  readonly #measured = new Map<string, Measured>();

  constructor(readonly options: BenchOptions) {}

  get measured(): Measured[] {
    return [...this.#measured.values()];
  }

  /**
   * Measures the contestants in turn, so that a slow moment of the machine meets all of them. What reaches its limit is measured once.
   *
   * @param warmUp whether each runs once before, without being measured, and fills its caches
   */
  async compare(contestants: readonly Contestant[], { warmUp = false } = {}): Promise<void> {
    if (warmUp) {
      for (const { run } of contestants) {
        await run();
      }
    }
    for (let round = 0; round < this.options.rounds; round++) {
      for (const contestant of contestants.filter(({ id }) => !this.#hasEnough(id))) {
        await this.#once(contestant);
      }
    }
  }

  add(id: string, { seconds, mebibytes }: Measurement): void {
    const before = this.#of(id);
    const memory = mebibytes === undefined ? [] : [rounded(mebibytes, 1)];
    this.#measured.set(id, {
      ...before,
      seconds: [...before.seconds, rounded(seconds, 3)],
      mebibytes: [...before.mebibytes, ...memory],
    });
    this.options.tell(`${id}: ${seconds.toFixed(2)} s${mebibytes === undefined ? "" : `, ${mebibytes.toFixed(0)} MiB`}`);
  }

  /** Notes how many resources a plan creates. */
  noteResources(id: string, resources: number): void {
    this.#measured.set(id, { ...this.#of(id), resources });
  }

  async #once({ id, run }: Contestant): Promise<void> {
    try {
      this.add(id, await run());
    } catch (error) {
      if (!(error instanceof LimitReached)) {
        throw error;
      }
      this.#measured.set(id, { id, seconds: [], mebibytes: [], cutAfter: error.limit });
      this.options.tell(`${id}: ended after ${error.limit} s`);
    }
  }

  #of(id: string): Measured {
    return this.#measured.get(id) ?? { id, seconds: [], mebibytes: [] };
  }

  #hasEnough(id: string): boolean {
    const { seconds, cutAfter } = this.#of(id);
    return cutAfter !== undefined || seconds.reduce((sum, value) => sum + value, 0) >= ENOUGH_SECONDS;
  }
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
