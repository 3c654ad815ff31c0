/** Child processes that leave nothing behind: each leads a process group of its own, and ending it ends the group. */
import { type ChildProcess, spawn } from "node:child_process";

const GRACE_MILLISECONDS = 5_000;

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Where it runs. Default: where this process does. */
  readonly cwd?: string;
  /** Ends the process and all its children. */
  readonly signal: AbortSignal;
  /** Gets each line that the process prints. */
  readonly onLine?: (line: string) => void;
}

/**
 * Runs a program to its end.
 *
 * @returns what it printed, standard output and error in the order in which they came
 * @throws Error with what it printed when it ends with another code than 0; the signal's reason when it was ended
 */
export async function run(program: string, args: readonly string[], options: RunOptions): Promise<string> {
  return (await runToItsEnd(program, args, options)).text();
}

/**
 * Runs a program whose output is read by this one: a warning must not get into it.
 *
 * @returns what it wrote to standard output
 * @throws as {@link run} does
 */
export async function runForOutput(program: string, args: readonly string[], options: Omit<RunOptions, "onLine">): Promise<string> {
  return (await runToItsEnd(program, args, options)).standardOutput();
}

async function runToItsEnd(program: string, args: readonly string[], { env, cwd, signal, onLine }: RunOptions): Promise<Collected> {
  signal.throwIfAborted();
  const child = spawn(program, args, { env: env ?? process.env, cwd, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const end = () => void endGroup(child);
  signal.addEventListener("abort", end, { once: true });
  try {
    const output = collect(child, onLine);
    const code = await exitOf(child);
    signal.throwIfAborted();
    if (code !== 0) {
      throw new Error(output.text().trim() || `${program} ended with exit code ${code}`);
    }
    return output;
  } finally {
    signal.removeEventListener("abort", end);
    if (signal.aborted) {
      await endGroup(child);
    }
  }
}

/**
 * Runs a program whose output the person should see as it comes: on a terminal with the program's own colours and questions.
 *
 * @returns what it printed; nothing on a terminal, where only the person sees it
 * @throws as {@link run} does
 */
export async function runVisibly(program: string, args: readonly string[], options: Omit<RunOptions, "onLine">): Promise<string> {
  if (!process.stdout.isTTY) {
    return run(program, args, {
      ...options,
      onLine: (line) => {
        console.log(line);
      },
    });
  }
  const { env, signal } = options;
  signal.throwIfAborted();
  const child = spawn(program, args, { env: env ?? process.env, stdio: "inherit" });
  const end = () => {
    // Ctrl-C reaches the child from the terminal; a second one would make Terraform drop what it is doing.
    if (signal.reason !== "SIGINT") {
      child.kill("SIGTERM");
    }
  };
  signal.addEventListener("abort", end, { once: true });
  try {
    const code = await exitOf(child);
    signal.throwIfAborted();
    if (code !== 0) {
      throw new Error(`${program} ended with exit code ${code}`);
    }
    return "";
  } finally {
    signal.removeEventListener("abort", end);
  }
}

interface Collected {
  /** Standard output and error. */
  readonly text: () => string;
  readonly standardOutput: () => string;
}

/** Keeps what a child prints, and passes it on line by line. */
export function collect(child: ChildProcess, onLine?: (line: string) => void): Collected {
  let text = "";
  let standardOutput = "";
  let rest = "";
  const take = (chunk: string) => {
    text += chunk;
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach((line) => onLine?.(line));
  };
  // As text, not as bytes: a chunk may end within a character.
  child.stdout?.setEncoding("utf8").on("data", take);
  child.stdout?.on("data", (chunk: string) => (standardOutput += chunk));
  child.stderr?.setEncoding("utf8").on("data", take);
  return { text: () => text, standardOutput: () => standardOutput };
}

/** The exit code of a child: -1 when a signal ended it. */
function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      resolve(code ?? -1);
    });
  });
}

/** Ends a child's process group: politely first, and for certain after a few seconds. */
export async function endGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) {
    return;
  }
  signalGroup(child.pid, "SIGTERM");
  const deadline = Date.now() + GRACE_MILLISECONDS;
  while (Date.now() < deadline && groupLives(child.pid)) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  signalGroup(child.pid, "SIGKILL");
}

function groupLives(pid: number): boolean {
  return signalGroup(pid, 0);
}

function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false; // no process of the group is left
  }
}
