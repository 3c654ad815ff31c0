import { UserError } from "../config/user-error";
import { run, runForOutput, type RunOptions, runVisibly } from "./child-process";
import { terraformProgram } from "./prerequisites";

export interface TerraformRuns extends Pick<RunOptions, "env" | "signal"> {
  /** What to throw when a command failed, made from an error that tells what the command printed; `shown`: the person has read that. */
  readonly failure: (error: unknown, command: string, shown: boolean) => unknown;
}

/** The error of a program in a person's words, with what the program printed; where it was ended, the reason for that. */
export function failed(error: unknown, what: string, signal: AbortSignal): unknown {
  return signal.aborted
    ? error
    : new UserError(`${what} failed:\n${error instanceof Error ? error.message : String(error)}`, { cause: error });
}

/** Terraform in one folder. A command may be one of its subcommands: `state pull`. */
export class Terraform {
  constructor(
    private readonly folder: string,
    private readonly runs: TerraformRuns,
  ) {}

  /** Runs a command and gives what it printed. */
  run(command: string, ...args: string[]): Promise<string> {
    return this.#explained(command, run(terraformProgram(), this.#plain(command, args), this.runs));
  }

  /** Runs a command whose output is data, and gives that without any warning. */
  read(command: string, ...args: string[]): Promise<string> {
    return this.#explained(command, runForOutput(terraformProgram(), this.#plain(command, args), this.runs));
  }

  /** Runs a command and passes on each line that it prints. */
  async follow(onLine: (line: string) => void, command: string, ...args: string[]): Promise<void> {
    await this.#explained(command, run(terraformProgram(), this.#plain(command, args), { ...this.runs, onLine }));
  }

  /** Runs a command and gives what it printed, for the person to read: with colours where there is a terminal. */
  runForPerson(command: string, ...args: string[]): Promise<string> {
    return this.#explained(command, run(terraformProgram(), this.#forPerson(command, args), this.runs));
  }

  /** Runs a command in front of the person. */
  async show(command: string, ...args: string[]): Promise<void> {
    await this.#explained(command, runVisibly(terraformProgram(), this.#forPerson(command, args), this.runs), true);
  }

  #plain(command: string, args: readonly string[]): string[] {
    return [`-chdir=${this.folder}`, ...command.split(" "), "-no-color", ...args];
  }

  #forPerson(command: string, args: readonly string[]): string[] {
    return process.stdout.isTTY ? [`-chdir=${this.folder}`, ...command.split(" "), ...args] : this.#plain(command, args);
  }

  async #explained<Result>(command: string, result: Promise<Result>, shown = false): Promise<Result> {
    return result.catch((error: unknown) => {
      throw this.runs.failure(error, command, shown);
    });
  }
}
