/** The two frameworks that synthesize the same code: CDKTF, whose repository is archived, and CDK Terrain, its successor. */
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { run } from "../local/child-process";
import { runTool } from "../tools/packages";
import type { Stacks } from "./differences";
import { CDK_TERRAIN_FOLDER } from "./frameworks";

const APP = path.join(CDK_TERRAIN_FOLDER, "app.ts");

/** A framework, as the compiler's project file that leads the imports of `cdktf` to it. esbuild follows the same file. */
export interface Framework {
  readonly name: "cdktf" | "cdktn";
  readonly projectFile: string;
}

export const CDKTF: Framework = { name: "cdktf", projectFile: "tsconfig.json" };
export const CDK_TERRAIN: Framework = { name: "cdktn", projectFile: path.join(CDK_TERRAIN_FOLDER, "tsconfig.json") };

/** Checks types against those of a framework and of its provider. */
export async function checkTypes({ projectFile }: Framework, signal: AbortSignal): Promise<void> {
  await runTool(process.execPath, [path.join("node_modules", "typescript", "bin", "tsc"), "--noEmit", "--project", projectFile], {
    signal,
  });
}

/** The folder to which a framework writes. */
export function outputOf({ name }: Framework): string {
  return path.join(".build", "portability", name);
}

/** Runs the app with a framework, and gives what it wrote. */
export async function synthesize(framework: Framework, signal: AbortSignal): Promise<Stacks> {
  const output = outputOf(framework);
  rmSync(output, { recursive: true, force: true }); // a stack that is gone would stay
  mkdirSync(output, { recursive: true });
  const app = path.join(output, "app.cjs");
  const bundle = ["--bundle", "--platform=node", "--format=cjs", "--target=node20", "--log-level=warning"];
  const args = [APP, ...bundle, `--tsconfig=${framework.projectFile}`, `--outfile=${app}`];
  await run(path.join("node_modules", "esbuild", "bin", "esbuild"), args, { signal });
  await runTool(process.execPath, [app], { env: { ...process.env, CDKTF_OUTDIR: output }, signal });
  return stacksIn(output);
}

/** What a synth has written, stack by stack. */
export function stacksIn(output: string): Stacks {
  const stacks = path.join(output, "stacks");
  return Object.fromEntries(
    readdirSync(stacks).map((stack) => [stack, JSON.parse(readFileSync(path.join(stacks, stack, "cdk.tf.json"), "utf8")) as unknown]),
  );
}
