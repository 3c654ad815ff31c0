/** The app commands that are compared: each synthesizes the project's stacks, or those of a peer, and nothing else. */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { measure, type Measurement } from "../measure";

export interface AppOptions {
  /** Where the synthesized files go; made where it is missing. */
  readonly outdir: string;
  readonly signal: AbortSignal;
  /** Routes beside the tutorial's. Default: the app of cdktf.json, main.ts. */
  readonly routes?: number;
}

const TS_NODE = path.resolve("node_modules/ts-node/dist/bin.js");
const TSX = path.resolve("node_modules/tsx/dist/cli.mjs");

/** ts-node knows no ES modules without a loader, so it gets what the template's tsconfig.json says of modules. */
export const TEMPLATE_ENVIRONMENT = { TS_NODE_COMPILER_OPTIONS: '{"module":"commonjs","moduleResolution":"node10"}' };

/** This project's app command. */
export function thisProject(options: AppOptions): Promise<Measurement> {
  const entry = options.routes === undefined ? [] : ["bench/routes-app.ts"];
  return measure(process.execPath, ["synth.mjs", ...entry], settings(options));
}

/** The app command of `cdktf init --template typescript`; that of CDK Terrain's template is the same, in a folder of its own. */
export function template(options: AppOptions, cwd?: string): Promise<Measurement> {
  const entry = options.routes === undefined ? "main.ts" : "bench/routes-app.ts";
  return measure("npx", ["ts-node", entry], settings(options, TEMPLATE_ENVIRONMENT, cwd));
}

/** The app of the AWS Solutions Constructs pattern: with ts-node, as `cdk init` sets it up, or with tsx, which checks no types. */
export function solutionsConstructs(loader: "ts-node" | "tsx", options: AppOptions): Promise<Measurement> {
  const program = loader === "tsx" ? [TSX] : [TS_NODE, "--prefer-ts-exts"];
  return measure(process.execPath, [...program, "app.ts"], settings(options, { CDK_OUTDIR: options.outdir }, SOLUTIONS_CONSTRUCTS));
}

function settings({ outdir, routes, signal }: AppOptions, env: NodeJS.ProcessEnv = {}, cwd?: string) {
  mkdirSync(outdir, { recursive: true });
  return { signal, cwd, env: { ...process.env, CDKTF_OUTDIR: outdir, ...(routes !== undefined && { ROUTES: String(routes) }), ...env } };
}

/** Has a package.json and node_modules of its own: nobody who does not compare pays for AWS CDK. */
export const SOLUTIONS_CONSTRUCTS = path.join("bench", "aws-solutions-constructs");
