import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { collect, endGroup } from "../local/child-process";

/** What one run of a command took. */
export interface Measurement {
  /** Seconds from the command's start to its end, or to the line that was waited for. */
  readonly seconds: number;
  /** Largest resident memory that a single process of the command reached, in MiB; undefined where the system does not tell (no /proc). */
  readonly mebibytes: number | undefined;
  /** Everything that the command printed. */
  readonly output: string;
}

export interface MeasureOptions {
  readonly cwd?: string | undefined;
  /** The command's environment variables. Default: those of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** The line whose arrival ends the measurement. The command itself runs to its end. Default: none, its end does. */
  readonly until?: RegExp;
  /** Seconds after which the command is ended. Default: none. */
  readonly limit?: number | undefined;
  /** Ends the command and all its children. */
  readonly signal: AbortSignal;
}

/** The command took longer than its limit and was ended. */
export class LimitReached extends Error {
  /** @param limit in seconds */
  constructor(
    command: string,
    readonly limit: number,
  ) {
    super(`${command} took longer than ${limit} s.`);
  }
}

const LOOK_EVERY_MILLISECONDS = 5;

/**
 * Runs a command and measures it with all processes that it starts.
 *
 * @throws LimitReached; Error with what it printed when it fails or never prints the line that was waited for
 */
export async function measure(program: string, args: readonly string[], options: MeasureOptions): Promise<Measurement> {
  const { cwd, env, until, limit, signal } = options;
  signal.throwIfAborted();
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  const child = spawn(program, args, {
    cwd,
    env: env ?? process.env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true, // a group of its own, which ends as one
  });
  let seen: number | undefined;
  const printed = collect(child, (line) => {
    if (until?.test(line)) {
      seen ??= elapsed();
    }
  });
  let peak: number | undefined;
  // The kernel keeps each process's peak, so the last look before its end has it.
  const look = setInterval(() => {
    peak = largest([peak, ...family(child.pid).map(peakMebibytes)]);
  }, LOOK_EVERY_MILLISECONDS);
  const tooLong = limit === undefined ? undefined : AbortSignal.timeout(limit * 1000);
  const stop = AbortSignal.any([signal, ...(tooLong ? [tooLong] : [])]);
  const end = () => void endGroup(child);
  stop.addEventListener("abort", end, { once: true });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    const whole = elapsed();
    const seconds = until ? seen : whole;
    signal.throwIfAborted();
    if (limit !== undefined && tooLong?.aborted) {
      throw new LimitReached([program, ...args].join(" "), limit);
    }
    if (code !== 0 || seconds === undefined) {
      throw new Error(`${program} ${args.join(" ")} ended with exit code ${code}:\n${printed.text().slice(-5_000)}`);
    }
    return { seconds, mebibytes: peak, output: printed.text() };
  } finally {
    clearInterval(look);
    stop.removeEventListener("abort", end);
    if (stop.aborted) {
      await endGroup(child);
    }
  }
}

/** Commands that ran one after the other, as one. */
export function inAll(parts: readonly Measurement[]): Measurement {
  return {
    seconds: parts.reduce((sum, { seconds }) => sum + seconds, 0),
    mebibytes: largest(parts.map(({ mebibytes }) => mebibytes)),
    output: parts.map(({ output }) => output).join(""),
  };
}

/** A process and all that descend from it. */
function family(pid: number | undefined): number[] {
  const members = pid === undefined ? [] : [pid];
  for (const member of members) {
    members.push(...childrenOf(member));
  }
  return members;
}

function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      (readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").match(/\d+/g) ?? []).map(Number),
    );
  } catch {
    return []; // it ended meanwhile, or there is no /proc
  }
}

function peakMebibytes(pid: number): number | undefined {
  try {
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return peak === undefined ? undefined : Number(peak) / 1024;
  } catch {
    return undefined;
  }
}

function largest(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}
