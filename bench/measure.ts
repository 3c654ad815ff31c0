import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** What one run of a command took. */
export interface Measurement {
  readonly seconds: number;
  /** Largest resident memory of the command's own process, in MiB; undefined where the system does not tell. */
  readonly mebibytes: number | undefined;
}

/** Runs a command and measures the whole process, from its start to its end. Throws with what it printed when it fails. */
export function measure(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Measurement> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let peak: number | undefined;
    // The kernel keeps the peak, so the last look before the end has it.
    const look = setInterval(() => {
      peak = peakMebibytes(child.pid) ?? peak;
    }, 5);
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) => {
      clearInterval(look);
      if (code === 0) {
        resolve({ seconds: (performance.now() - start) / 1000, mebibytes: peak });
      } else {
        reject(new Error(`${program} ${args.join(" ")} ended with exit code ${code}:\n${output}`));
      }
    });
  });
}

function peakMebibytes(pid: number | undefined): number | undefined {
  try {
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return peak === undefined ? undefined : Number(peak) / 1024;
  } catch {
    return undefined;
  }
}

/** The middle of the values, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}
