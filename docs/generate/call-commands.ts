/**
 * `call-commands.ts <argument>` calls each command of the project with an argument that it answers at once, and prints the answers as
 * JSON, by file. They are loaded one after another into this process: a process for each would take a second each.
 */
import path from "node:path";
import { type CommandAnswer, COMMANDS } from "./commands";

async function answerOf(file: string): Promise<CommandAnswer> {
  const printed: unknown[] = [];
  const errors: unknown[] = [];
  const { log, error } = console;
  console.log = (text: unknown) => printed.push(text);
  console.error = (text: unknown) => errors.push(text);
  process.exitCode = 0;
  try {
    await import(path.resolve(file));
    await new Promise((resolve) => setImmediate(resolve)); // an argument is refused in a callback of a promise
    return { code: process.exitCode, printed: printed.map(String), errors: errors.map(String) };
  } finally {
    process.exitCode = 0;
    Object.assign(console, { log, error });
  }
}

async function main(): Promise<void> {
  process.setMaxListeners(0); // each command listens to signals
  const answers: Record<string, CommandAnswer> = {};
  for (const { file } of COMMANDS) {
    answers[file] = await answerOf(file);
  }
  process.stdout.write(JSON.stringify(answers), () => process.exit()); // whatever a command that did not answer goes on doing
}

void main();
