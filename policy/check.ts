/** The two parts of the policy: the plans of the stacks, and the files of the repository. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { UserError } from "../config/user-error";
import { type Checks, checkov } from "./checkov";
import { planFile, writePlans } from "./plans";
import { copyForCheckov, repositoryFiles, skipsInFiles } from "./repository-files";
import type { SynthesizedStacks } from "./stacks";
import { type Finding, type Verdict, verdictOn } from "./verdict";

/** A file with a secret that must be found: of files without one, checkov does not tell whether it looked. */
const SAMPLE = "sample.txt";
const SAMPLE_SECRET = ["AKIA", "J7QX5N2WZ4RT6VBC\n"].join("");

export interface Checked extends Verdict {
  /** How many checks held. */
  readonly passed: number;
}

export interface CheckOptions {
  /** An empty folder. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** Holds the plans of stacks to checkov's rules, but for what they skip. Nothing is asked of AWS. */
export async function checkStacks(stacks: readonly SynthesizedStacks[], { folder, signal }: CheckOptions): Promise<Checked> {
  const folders = Object.assign({}, ...stacks.map((one) => one.folders)) as Record<string, string>;
  const plans = path.join(folder, "plans");
  const work = path.join(folder, "terraform");
  mkdirSync(work, { recursive: true });
  await writePlans(folders, plans, work, signal);

  const checks = await checkov(plans, ["terraform_plan"], path.join(folder, "checkov"), signal);
  const names = Object.keys(folders);
  refuseUnchecked(
    checks,
    names.map((name) => `/${path.basename(planFile(plans, name))}`),
  );
  const findings = checks.failed.map(({ check_id, check_name, file_path, resource_address }): Finding => {
    return { check: check_id, asks: check_name, place: path.basename(file_path, ".json"), at: resource_address ?? "" };
  });
  const skips = stacks.flatMap((one) => one.skips).filter(({ stack }) => names.includes(stack));
  return {
    passed: checks.passed.length,
    ...verdictOn(
      findings,
      skips.map(({ check, stack, address, reason }) => ({ check, place: stack, at: address, reason })),
    ),
  };
}

/** Looks for secrets in the files of a repository, and holds its workflows to checkov's rules, but for what comments skip. */
export async function checkFiles({ folder, signal, root = "." }: CheckOptions & { readonly root?: string }): Promise<Checked> {
  const files = repositoryFiles(root);
  const copy = path.join(folder, "files");
  copyForCheckov(files, path.join(copy, "repository"), root);
  writeFileSync(path.join(copy, SAMPLE), SAMPLE_SECRET);
  const checks = await checkov(copy, ["github_actions", "secrets"], path.join(folder, "checkov"), signal);
  const workflows = files.filter((file) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(file));
  const inWorkflows = workflows.map((file) => `/repository/${file}`);
  refuseUnchecked(checks, [...inWorkflows, `/${SAMPLE}`]);
  const ofRepository = checks.failed.filter(({ file_path }) => file_path !== `/${SAMPLE}`);
  const findings = ofRepository.map(({ check_id, check_name, file_path, file_line_range }): Finding => {
    return { check: check_id, asks: check_name, place: file_path.replace("/repository/", ""), at: file_line_range };
  });
  return { passed: checks.passed.length, ...verdictOn(findings, skipsInFiles(files, root)) };
}

/** checkov passes over a file that it does not understand: that must not look like a file without a fault. */
function refuseUnchecked({ passed, failed }: Checks, files: readonly string[]): void {
  const checked = new Set([...passed, ...failed].map(({ file_path }) => file_path));
  const missing = files.filter((file) => !checked.has(file));
  if (missing.length > 0) {
    throw new UserError(`checkov checked nothing in ${missing.map((file) => path.basename(file)).join(", ")}.`);
  }
}
