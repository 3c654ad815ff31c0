/** Stacks as synth writes them, which the peers are made from: the same API in HCL, with the same files. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { quietTools } from "../../local/cdktf";
import { copyForOfflinePlan, type OfflineStack } from "../../local/offline-plan";
import { terraformProgram } from "../../local/prerequisites";
import { runTool } from "../../tools/packages";

type Config = Readonly<Record<string, unknown>>;

/** The stack's Terraform JSON, as far as the benchmark looks at it. */
export interface StackJson {
  readonly terraform: {
    readonly backend?: Readonly<Record<string, Config>>;
    readonly required_providers: Config;
    readonly required_version: string;
  };
  readonly provider: OfflineStack["provider"];
  readonly resource: Readonly<Record<string, Readonly<Record<string, Config>>>>;
  readonly output: Readonly<Record<string, Config>>;
}

/** Terraform JSON, and the folder with the files that it names. */
export interface SynthesizedStack {
  readonly stack: StackJson;
  readonly folder: string;
}

/** Synthesizes the tutorial's API with further routes below a folder. Nothing in it asks AWS. */
export async function synthesizeRoutes(count: number, folder: string, signal: AbortSignal): Promise<SynthesizedStack> {
  const outdir = path.join(folder, "cdktf.out");
  mkdirSync(outdir, { recursive: true });
  const env = { ...process.env, ROUTES: String(count), CDKTF_OUTDIR: outdir };
  await runTool(process.execPath, ["synth.mjs", "bench/routes-app.ts"], { env, signal });
  const offline = path.join(folder, "offline");
  copyForOfflinePlan(path.join(outdir, "stacks", "secured-api-local"), offline);
  return { stack: stackIn(offline), folder: offline };
}

/** Synthesizes a copy of the project and returns one of its stacks, which does ask AWS. */
export async function synthesizedStack(project: string, name: string, signal: AbortSignal): Promise<SynthesizedStack> {
  await runTool(process.execPath, ["synth.mjs"], { cwd: project, env: process.env, signal });
  const folder = path.join(project, "cdktf.out", "stacks", name);
  return { stack: stackIn(folder), folder };
}

function stackIn(folder: string): StackJson {
  return JSON.parse(readFileSync(path.join(folder, "cdk.tf.json"), "utf8")) as StackJson;
}

/** A folder with other files of the same stack, e.g. in HCL: text by file name. The assets are those of the synthesized folder. */
export function peerFolder(folder: string, files: Readonly<Record<string, string>>, synthesized: string): string {
  cpSync(path.join(synthesized, "assets"), path.join(folder, "assets"), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

/** The environment variables of every Terraform here. */
export function terraformVariables(): NodeJS.ProcessEnv {
  return { ...process.env, ...quietTools(process.env) };
}

export async function terraformInit(folder: string, signal: AbortSignal): Promise<void> {
  await runTool(terraformProgram(), [`-chdir=${folder}`, "init", "-input=false", "-no-color"], { env: terraformVariables(), signal });
}
