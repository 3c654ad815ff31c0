/** Stacks that a test deploys beside the one that is there, on the same emulator. */
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { App } from "cdktf";
import { terraformProgram } from "../../local/prerequisites";
import type { EnvironmentStack } from "../../stacks/environment-stack";
import { system } from "./deployed-system";

/** Runs Terraform on a stack. */
type RunTerraform = (...args: string[]) => Promise<{ readonly stdout: string }>;

/** Writes a stack below `folder` as cdktf would, and gives what runs Terraform there. */
export function terraformIn(folder: string, makeStack: (app: App) => EnvironmentStack): RunTerraform {
  const outdir = path.resolve(folder);
  const app = new App({ outdir, stackTraces: false });
  const stack = makeStack(app);
  app.synth();
  const cwd = path.join(outdir, "stacks", stack.node.id);
  const run = promisify(execFile);
  return (...args: string[]) => run(terraformProgram(), args, { cwd, env: system.env, maxBuffer: 64 << 20 });
}

/** What Terraform would change about a deployed stack: actions by address. */
export async function changesPlanned(terraform: RunTerraform): Promise<Record<string, string>> {
  await terraform("plan", "-input=false", "-lock=false", "-out=plan.bin");
  const { stdout } = await terraform("show", "-json", "plan.bin");
  const { resource_changes } = JSON.parse(stdout) as { resource_changes: { address: string; change: { actions: string[] } }[] };
  const actions = resource_changes.map(({ address, change }) => [address, change.actions.join()] as const);
  return Object.fromEntries(actions.filter(([, action]) => action !== "no-op"));
}
