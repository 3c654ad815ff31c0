import { execFileSync } from "node:child_process";
import path from "node:path";
import { scripts } from "../../package.json";

/** A command of the project's own, as package.json has it. */
export interface Command {
  /** What a person types, e.g. `npm run deploy`. */
  readonly name: string;
  /** The file that it runs. */
  readonly file: string;
}

const RUNS_A_FILE = /^exec node --import tsx (\S+)$/;

/** The commands that are files of this project. Each takes `--help`. */
export const COMMANDS: readonly Command[] = Object.entries(scripts).flatMap(([script, line]) => {
  const file = RUNS_A_FILE.exec(line)?.[1];
  return file === undefined ? [] : [{ name: commandName(script), file }];
});

/** Where a reader looks for a command, by the folder of its file. The first that fits counts. */
const PARTS: readonly (readonly [heading: string, folders: RegExp])[] = [
  ["On this machine", /^local\//],
  ["On an environment", /^(commands|review)\//],
  ["On the code", /^(?!ci\/)/],
  ["In the workflows of GitHub Actions", /^ci\//],
];

/** What every command prints with `--help`, part by part, and at the end the scripts that run a program of somebody else's. */
export function commandsReference(): string {
  const helps = answersTo("--help");
  const lines: string[] = [];
  let left = COMMANDS;
  for (const [heading, folders] of PARTS) {
    lines.push(`## ${heading}`, "");
    for (const { name, file } of left.filter((command) => folders.test(command.file))) {
      lines.push(`### ${name}`, "", "```text", helps[file]?.printed.join("\n") ?? "", "```", "");
    }
    left = left.filter((command) => !folders.test(command.file));
  }
  const others = Object.entries(scripts).filter(([, line]) => !RUNS_A_FILE.test(line));
  lines.push("## Programs of others", "", "Their arguments, `--help` and exit codes are their own.", "", "| script | runs |", "|---|---|");
  return [...lines, ...others.map(([script, line]) => `| ${commandName(script)} | \`${line}\` |`)].join("\n");
}

function commandName(script: string): string {
  return ["start", "test"].includes(script) ? `npm ${script}` : `npm run ${script}`;
}

/** What a command has answered. */
export interface CommandAnswer {
  readonly code: number;
  readonly printed: readonly string[];
  readonly errors: readonly string[];
}

/** What each command answers to an argument, by file. It must be one to which a command answers at once, such as `--help`. */
export function answersTo(argument: string): Readonly<Record<string, CommandAnswer>> {
  const program = ["--import", "tsx", path.join("docs", "generate", "call-commands.ts"), argument];
  return JSON.parse(execFileSync(process.execPath, program, { encoding: "utf8" })) as Record<string, CommandAnswer>;
}
