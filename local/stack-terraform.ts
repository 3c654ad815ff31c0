/** Plans and applies one synthesized stack with plain Terraform, so that what was planned is what is applied. */
import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { UserError } from "../config/user-error";
import { quietTools } from "./cdktf";
import { run } from "./child-process";
import { terraformProgram } from "./prerequisites";

/** A 1,000-route plan is some 20 MiB of JSON. */
const MAX_PLAN_BYTES = 256 << 20;
const OUTPUT = "cdktf.out";
const PLAN_FILE = "plan.bin";

export interface TerraformOptions {
  /** Where the stacks were synthesized to. Default: cdktf.out. */
  readonly folder?: string;
  /** Environment variables beside the usual ones: credentials, endpoints. Default: those of this process. */
  readonly env?: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** How long to wait for whoever holds the state's lock, e.g. `5m`. Default: not at all. */
  readonly lockTimeout?: string;
  /** Gets what an apply prints. What a plan prints is not shown: the report shows it, without sensitive values. */
  readonly onLine?: (line: string) => void;
}

/**
 * Synthesizes all stacks of main.ts.
 *
 * @throws UserError with what the synthesis printed when it fails
 */
export async function synthesize({ folder = OUTPUT, env = process.env, signal }: Omit<TerraformOptions, "onLine">): Promise<void> {
  await run(process.execPath, ["synth.mjs"], { env: { ...env, CDKTF_OUTDIR: folder }, signal }).catch(failed("Synth", signal));
}

/** Terraform in the folder of one stack. The plan stays in that folder, which git ignores. */
export class StackTerraform {
  readonly #cwd: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor(
    readonly stack: string,
    private readonly options: TerraformOptions,
  ) {
    this.#cwd = path.resolve(options.folder ?? OUTPUT, "stacks", stack);
    const env = options.env ?? process.env;
    this.#env = { ...env, ...quietTools(env), TF_INPUT: "0" };
  }

  /**
   * Plans.
   *
   * @returns the plan as `terraform show -json` tells it, sensitive values included
   * @throws UserError with Terraform's words when it fails
   */
  async plan(mode: "apply" | "destroy" = "apply"): Promise<string> {
    await this.#run("init");
    await this.#run("plan", this.#lockTimeout, `-out=${PLAN_FILE}`, ...(mode === "destroy" ? ["-destroy"] : []));
    const { stdout } = await promisify(execFile)(terraformProgram(), ["show", "-json", PLAN_FILE], {
      cwd: this.#cwd,
      env: this.#env,
      maxBuffer: MAX_PLAN_BYTES,
      signal: this.options.signal,
    });
    return stdout;
  }

  /**
   * Applies what {@link plan} planned, and nothing else: Terraform refuses a plan whose state has changed since.
   *
   * @throws UserError with Terraform's words when it fails
   */
  async apply(): Promise<void> {
    await this.#run("apply", this.#lockTimeout, PLAN_FILE);
  }

  /** Removes what {@link plan} planned. The file holds values in clear. */
  forgetPlan(): void {
    rmSync(path.join(this.#cwd, PLAN_FILE), { force: true });
  }

  get #lockTimeout(): string {
    return `-lock-timeout=${this.options.lockTimeout ?? "0s"}`;
  }

  async #run(command: string, ...args: string[]): Promise<void> {
    const onLine = command === "apply" ? this.options.onLine : undefined;
    await run(terraformProgram(), [`-chdir=${this.#cwd}`, command, "-no-color", ...args], {
      env: this.#env,
      signal: this.options.signal,
      ...(onLine && { onLine }),
    }).catch(failed(`terraform ${command} of ${this.stack}`, this.options.signal));
  }
}

function failed(what: string, signal: AbortSignal) {
  return (error: unknown): never => {
    if (signal.aborted) {
      throw error;
    }
    throw new UserError(`${what} failed:\n${error instanceof Error ? error.message : String(error)}`, { cause: error });
  };
}
