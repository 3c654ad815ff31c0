/** Runs checkov on a folder, without the network and without anything that would make it look away. */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { UserError } from "../config/user-error";
import { run } from "../local/child-process";
import { findPython } from "../local/prerequisites";
import { pythonEnvironment } from "../local/python-environment";

const REQUIREMENTS = path.join("policy", "requirements.txt");
const PROGRAM = path.resolve("policy", "run_checkov.py");

export type Framework = "terraform_plan" | "github_actions" | "secrets";

const checkSchema = z.object({
  check_id: z.string(),
  check_name: z.string(),
  /** Relative to the folder, with a slash before it. */
  file_path: z.string(),
  file_line_range: z.tuple([z.number(), z.number()]),
  /** Of a plan's resource. */
  resource_address: z.string().nullish(),
});

const reportSchema = z.object({
  check_type: z.string(),
  results: z.object({
    passed_checks: z.array(checkSchema),
    failed_checks: z.array(checkSchema),
    skipped_checks: z.array(checkSchema),
    parsing_errors: z.array(z.string()),
  }),
});

/** Where it found nothing to check it reports so many zeros instead. */
const answerSchema = z.union([z.array(reportSchema), reportSchema, z.object({ passed: z.literal(0), failed: z.literal(0) })]);

type Check = z.output<typeof checkSchema>;

export interface Checks {
  readonly passed: readonly Check[];
  readonly failed: readonly Check[];
}

/**
 * Runs checkov.
 *
 * @param folder with the files to check. It must not have a configuration file of checkov's at its top: that would be read.
 * @param workFolder an empty folder, which also serves as home: so nobody's own configuration of checkov counts
 * @throws UserError when checkov cannot be installed, ends with an error, could not read a file, or skipped a check by itself
 */
export async function checkov(folder: string, frameworks: readonly Framework[], workFolder: string, signal: AbortSignal): Promise<Checks> {
  const python = await installed(signal);
  mkdirSync(workFolder, { recursive: true });
  const what = ["--directory", path.resolve(folder), "--framework", ...frameworks, "--enable-secret-scan-all-files"];
  const output = ["--output", "json", "--output-file-path", path.resolve(workFolder), "--compact", "--soft-fail"];
  const printed = await run(python, ["-W", "ignore", PROGRAM, ...what, ...output, "--skip-download"], {
    cwd: workFolder,
    env: { ...withoutPlatform(process.env), HOME: path.resolve(workFolder) },
    signal,
  }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new UserError(`checkov failed:\n${error instanceof Error ? error.message : String(error)}`, { cause: error });
  });
  const file = path.join(workFolder, "results_json.json");
  if (!existsSync(file)) {
    throw new UserError(`checkov wrote no report:\n${printed}`);
  }
  return checksIn(readFileSync(file, "utf8"));
}

/** The Python program of an environment with checkov in it. */
export async function installed(signal: AbortSignal): Promise<string> {
  const python = await findPython();
  if (!python) {
    throw new UserError("Python 3.10 or newer is needed for checkov, found none. `npm run doctor` says how to get it.");
  }
  return pythonEnvironment(python, signal, REQUIREMENTS);
}

/** Environment variables without those that would send results to its vendor's platform, or change what is checked. */
function withoutPlatform(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const others = Object.entries(env).filter(([name]) => !/^(?:BC_|CKV_|CHECKOV_|PRISMA_)/.test(name));
  return {
    ...Object.fromEntries(others),
    CKV_SKIP_PACKAGE_UPDATE_CHECK: "true",
    CKV_IGNORE_HIDDEN_DIRECTORIES: "false", // the workflows lie in one
    LOG_LEVEL: "ERROR",
  };
}

function checksIn(json: string): Checks {
  const answer = answerSchema.parse(JSON.parse(json));
  const reports = Array.isArray(answer) ? answer : "results" in answer ? [answer] : [];
  const all = reports.map(({ results }) => results);
  const unreadable = all.flatMap(({ parsing_errors }) => parsing_errors);
  if (unreadable.length > 0) {
    throw new UserError(`checkov could not read ${unreadable.join(", ")}.`);
  }
  const skipped = all.flatMap(({ skipped_checks }) => skipped_checks);
  if (skipped.length > 0) {
    throw new UserError(`checkov skipped ${skipped.map(({ check_id, file_path }) => `${check_id} in ${file_path}`).join(", ")} by itself.`);
  }
  return { passed: all.flatMap(({ passed_checks }) => passed_checks), failed: all.flatMap(({ failed_checks }) => failed_checks) };
}
