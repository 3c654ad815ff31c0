/** The project's commands as a person runs them in a checkout, and ends them. */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PATIENCE } from "./patience";
import { copyProject } from "./project-copy";

export interface Result {
  readonly code: number | null;
  readonly output: string;
}

export class Checkout {
  readonly folder: string;

  constructor(name: string) {
    this.folder = copyProject(name);
  }

  /** Runs `npm run <script> -- <args>`. A variable that is undefined is not set. */
  npm(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Result> {
    return this.#start("npm", ["run", "--silent", script, "--", ...args], env).end;
  }

  /** Runs lines of shell. */
  shell(lines: string, env: NodeJS.ProcessEnv = {}): Promise<Result> {
    return this.#start("bash", ["-euo", "pipefail", "-c", lines], env).end;
  }

  /** Runs commands one after the other, as far as the first that fails, and gives what each has printed. */
  async shellEach(commands: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<{ code: number | null; outputs: string[] }> {
    const outputs: string[] = [];
    for (const command of commands) {
      const { code, output } = await this.shell(command, env);
      outputs.push(output);
      if (code !== 0) {
        return { code, outputs };
      }
    }
    return { code: 0, outputs };
  }

  /** Runs a script until the condition holds, then kills it and everything that it started, at once, as a power cut does. */
  async npmKilled(
    script: string,
    args: readonly string[],
    condition: (output: string) => boolean | Promise<boolean>,
    env: NodeJS.ProcessEnv = {},
  ): Promise<string> {
    const run = this.#start("npm", ["run", "--silent", script, "--", ...args], env);
    const deadline = Date.now() + PATIENCE;
    while (!(await condition(run.output()))) {
      if (run.ended() || Date.now() > deadline) {
        throw new Error(`${script} was not to be killed in time:\n${run.output()}`);
      }
      await sleep(20);
    }
    killWithDescendants(run.pid);
    await run.end;
    return run.output();
  }

  remove(): void {
    rmSync(path.dirname(this.folder), { recursive: true, force: true });
  }

  #start(program: string, args: readonly string[], env: NodeJS.ProcessEnv) {
    const child = spawn(program, args, { cwd: this.folder, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let ended = false;
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const end = new Promise<Result>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => {
        ended = true;
        resolve({ code, output });
      });
    });
    return { pid: child.pid!, output: () => output, ended: () => ended, end };
  }
}

/** Stops all of them first, so that none notices the end of another, then kills them. The youngest go first: it is they that do the work. */
function killWithDescendants(pid: number): void {
  const stopped = new Set<number>();
  let running: number[];
  do {
    running = withDescendants(pid).filter((member) => !stopped.has(member));
    for (const member of running.reverse()) {
      signalTo(member, "SIGSTOP");
      stopped.add(member);
    }
  } while (running.length > 0);
  stopped.forEach((member) => {
    signalTo(member, "SIGKILL");
  });
}

/** A process, and after it those that it started, and they started. */
function withDescendants(pid: number): number[] {
  const parents = readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .map((entry) => ({ child: Number(entry), parent: parentOf(entry) }));
  const family = [pid];
  for (const member of family) {
    family.push(...parents.filter(({ parent }) => parent === member).map(({ child }) => child));
  }
  return family;
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // it ended meanwhile
  }
}

function parentOf(pid: string): number | undefined {
  try {
    // The program's name, in parentheses, may hold anything.
    return Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!.split(" ")[1]);
  } catch {
    return undefined; // it ended meanwhile
  }
}
