/** Looks measurements up and writes them for people. */
import type { Measured } from "../record";
import { median, spread } from "../statistics";

export class Figures {
  constructor(private readonly measured: readonly Measured[]) {}

  /** @throws Error when nothing was measured under that id */
  of(id: string): Measured {
    const found = this.measured.find((candidate) => candidate.id === id);
    if (!found) {
      throw new Error(`docs/benchmarks.json has no measurement "${id}". Run npm run bench again.`);
    }
    return found;
  }

  /** Median of the seconds; NaN where a run was ended at its limit. */
  seconds(id: string): number {
    return median(this.of(id).seconds);
  }

  /** Median of the peak memory in MiB; NaN where the system does not tell. */
  mebibytes(id: string): number {
    return median(this.of(id).mebibytes);
  }

  /** The median of the seconds as a table shows it. */
  time(id: string): string {
    const { cutAfter } = this.of(id);
    return cutAfter === undefined ? `${decimals(this.seconds(id))} s` : `more than ${cutAfter} s, ended`;
  }

  /** From the fastest run to the slowest. */
  spread(id: string): string {
    const { seconds } = this.of(id);
    const { least, largest } = spread(seconds);
    return seconds.length > 1 ? `${decimals(least)}–${decimals(largest)}` : "–";
  }

  memory(id: string): string {
    const value = this.mebibytes(id);
    return Number.isNaN(value) ? "–" : `${value.toFixed(0)} MiB`;
  }

  runs(id: string): string {
    const { seconds, cutAfter } = this.of(id);
    return String(cutAfter === undefined ? seconds.length : 1);
  }

  /** How many times as long as another thing it takes. */
  times(id: string, other: string): string {
    const ratio = this.seconds(id) / this.seconds(other);
    return Number.isNaN(ratio) ? "–" : `× ${decimals(ratio)}`;
  }

  /** Everything, one line each. */
  list(): string {
    return this.measured
      .map(({ id }) => [this.time(id).padStart(12), `(${this.spread(id)})`.padEnd(16), this.memory(id).padStart(9), ` ${id}`].join(" "))
      .join("\n");
  }
}

/** Three significant digits: more than a median of a few runs is worth. */
export function decimals(value: number): string {
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}

/** A Markdown table. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), `|${"---|".repeat(header.length)}`, ...rows.map(line)].join("\n");
}
