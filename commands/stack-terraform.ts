import { readFileSync } from "node:fs";
import path from "node:path";
import { UserError } from "../config/user-error";
import { synthesize } from "../local/stack-terraform";
import { Terraform } from "../local/terraform";
import { stateBucketName } from "../stacks/environment-stack";
import type { EnvironmentContext } from "./environment-context";
import { lockHeld, lockInError } from "./state-lock";

const OUTPUT = "cdktf.out";

/** What the commands read of a synthesized stack. */
export interface SynthesizedStack {
  readonly name: string;
  /** `secured-api`, `state-backend`: the name without the environment's. */
  readonly kind: string;
  readonly folder: string;
  readonly json: {
    readonly terraform: { readonly backend: { readonly s3: { readonly bucket: string; readonly key: string } } };
    readonly provider: {
      readonly aws: readonly [{ readonly default_tags: readonly [{ readonly tags: Readonly<Record<string, string>> }] }];
    };
    readonly resource: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
}

/** Synthesizes the app and gives its stacks. */
async function synthesizedStacks({ env, signal }: Pick<EnvironmentContext, "env" | "signal">): Promise<SynthesizedStack[]> {
  await synthesize({ folder: OUTPUT, env, signal });
  const manifest = JSON.parse(readFileSync(path.join(OUTPUT, "manifest.json"), "utf8")) as {
    stacks: Record<string, { name: string; workingDirectory: string; synthesizedStackPath: string }>;
  };
  return Object.values(manifest.stacks).map(({ name, workingDirectory, synthesizedStackPath }) => {
    const json = JSON.parse(readFileSync(path.join(OUTPUT, synthesizedStackPath), "utf8")) as SynthesizedStack["json"];
    return { name, kind: path.basename(json.terraform.backend.s3.key, ".tfstate"), folder: path.join(OUTPUT, workingDirectory), json };
  });
}

/**
 * The stack of a kind in an environment.
 *
 * @throws UserError that lists those there are
 */
export async function synthesizedStack(context: EnvironmentContext, kind: string): Promise<SynthesizedStack> {
  const { environment } = context;
  const stacks = (await synthesizedStacks(context)).filter(({ json }) => path.dirname(json.terraform.backend.s3.key) === environment.name);
  const stack = stacks.find((candidate) => candidate.kind === kind);
  if (!stack) {
    const known = stacks.map((candidate) => candidate.kind).join(", ") || "none";
    throw new UserError(
      `${environment.name} has no stack "${kind}". main.ts makes ${known} for it: take one of them, or add a line there.`,
    );
  }
  return stack;
}

/** The stack that keeps the environment's state bucket, which may belong to another environment of the same account and Region. */
export async function stateBackendStack(context: EnvironmentContext): Promise<SynthesizedStack> {
  const { environment } = context;
  const bucket = stateBucketName(environment);
  const stack = (await synthesizedStacks(context)).find(
    ({ kind, json }) => kind === "state-backend" && json.terraform.backend.s3.bucket === bucket,
  );
  if (!stack) {
    throw new UserError(
      `main.ts makes no state bucket for ${environment.name}'s account and Region. Add a line: ` +
        `new StateBackendStack(app, environments.${environment.name});`,
    );
  }
  return stack;
}

/** Terraform in a folder that holds a stack, with the folder's backend set up. */
export async function terraformIn(folder: string, kind: string, context: EnvironmentContext): Promise<Terraform> {
  const { env, signal } = context;
  const terraform = new Terraform(folder, {
    env,
    signal,
    failure: (error, command, shown) =>
      failure(error, kind, context, shown ? `terraform ${command} failed: its message is above.` : undefined),
  });
  // Which backend an earlier run had is of no interest: the configuration says where the state is.
  await terraform.run("init", "-input=false", "-reconfigure");
  return terraform;
}

/**
 * The failure of a run of Terraform or cdktf in a person's words.
 *
 * @param message what to say when no lock is the reason; default: what the run printed
 */
export function failure(error: unknown, kind: string, { environment, signal }: EnvironmentContext, message?: string): unknown {
  if (signal.aborted || !(error instanceof Error)) {
    return error;
  }
  const lock = lockInError(error.message);
  return lock ? lockHeld(lock, environment.name, kind) : new UserError(message ?? error.message, { cause: error });
}
