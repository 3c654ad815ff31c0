/** Plans and applies one synthesized stack with plain Terraform, so that what was planned is what is applied. */
import { rmSync } from "node:fs";
import path from "node:path";
import { quietTools } from "./cdktf";
import { run } from "./child-process";
import { failed, Terraform } from "./terraform";

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
  await run(process.execPath, ["synth.mjs"], { env: { ...env, CDKTF_OUTDIR: folder }, signal }).catch((error: unknown) => {
    throw failed(error, "Synth", signal);
  });
}

/** Terraform in the folder of one stack. The plan stays in that folder, which git ignores. */
export class StackTerraform {
  readonly #folder: string;
  readonly #terraform: Terraform;

  constructor(
    readonly stack: string,
    private readonly options: TerraformOptions,
  ) {
    const { folder = OUTPUT, env = process.env, signal } = options;
    this.#folder = path.resolve(folder, "stacks", stack);
    this.#terraform = new Terraform(this.#folder, {
      env: { ...env, ...quietTools(env), TF_INPUT: "0" },
      signal,
      failure: (error, command) => failed(error, `terraform ${command} of ${stack}`, signal),
    });
  }

  /**
   * Plans.
   *
   * @returns the plan as `terraform show -json` tells it, sensitive values included
   * @throws UserError with Terraform's words when it fails
   */
  async plan(mode: "apply" | "destroy" = "apply"): Promise<string> {
    await this.#terraform.run("init");
    await this.#terraform.run("plan", this.#lockTimeout, `-out=${PLAN_FILE}`, ...(mode === "destroy" ? ["-destroy"] : []));
    return this.#terraform.read("show", "-json", PLAN_FILE);
  }

  /**
   * Applies what {@link plan} planned, and nothing else: Terraform refuses a plan whose state has changed since.
   *
   * @throws UserError with Terraform's words when it fails
   */
  async apply(): Promise<void> {
    await this.#terraform.follow(this.options.onLine ?? (() => undefined), "apply", this.#lockTimeout, PLAN_FILE);
  }

  /** Removes what {@link plan} planned. The file holds values in clear. */
  forgetPlan(): void {
    rmSync(path.join(this.#folder, PLAN_FILE), { force: true });
  }

  get #lockTimeout(): string {
    return `-lock-timeout=${this.options.lockTimeout ?? "0s"}`;
  }
}
