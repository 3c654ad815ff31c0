/** The stacks that are held to the policy, and what they skip of it. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { App } from "cdktf";
import { type SkippedCheck, skippedChecks } from "../stacks/skip-check";
import { exampleStacks } from "./example";

/** What synth wrote, and what it skips. */
export interface SynthesizedStacks {
  /** The folder of each stack, by its name. */
  readonly folders: Readonly<Record<string, string>>;
  readonly skips: readonly SkippedCheck[];
}

/** The stacks of main.ts. It runs once in a process: the folder of the first call is that of all. */
export async function stacksOfMain(folder: string): Promise<SynthesizedStacks> {
  const { CDKTF_OUTDIR: before } = process.env;
  process.env["CDKTF_OUTDIR"] = folder;
  try {
    const { app } = await import("../main");
    return stacksIn(app);
  } finally {
    delete process.env["CDKTF_OUTDIR"];
    Object.assign(process.env, before !== undefined && { CDKTF_OUTDIR: before });
  }
}

/** The stacks that a function adds to an app; by default those of the example, in which everything optional is on. */
export function stacksOf(folder: string, addStacks: (app: App) => void = exampleStacks): SynthesizedStacks {
  const app = new App({ outdir: folder, stackTraces: false });
  addStacks(app);
  app.synth();
  return stacksIn(app);
}

/** Those of one environment, which stands in the key of a stack's state (stacks/environment-stack.ts). */
export function ofEnvironment({ folders, skips }: SynthesizedStacks, environment: string): SynthesizedStacks {
  const own = Object.entries(folders).filter(([, folder]) => {
    const { terraform } = JSON.parse(readFileSync(path.join(folder, "cdk.tf.json"), "utf8")) as Synthesized;
    return path.dirname(terraform.backend?.s3?.key ?? "") === environment;
  });
  return { folders: Object.fromEntries(own), skips };
}

interface Synthesized {
  readonly terraform: { readonly backend?: { readonly s3?: { readonly key: string } } };
}

function stacksIn(app: App): SynthesizedStacks {
  const manifest = JSON.parse(readFileSync(path.join(app.outdir, "manifest.json"), "utf8")) as {
    stacks: Record<string, { workingDirectory: string }>;
  };
  const folders = Object.entries(manifest.stacks).map(([name, { workingDirectory }]) => [name, path.join(app.outdir, workingDirectory)]);
  return { folders: Object.fromEntries(folders) as Record<string, string>, skips: skippedChecks(app) };
}
