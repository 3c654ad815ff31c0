/** What a job that plans hands to the job that tells people about it: nothing in it is secret. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { UserError } from "../config/user-error";
import { COMMENT_LIMIT } from "../review";
import { differences, type Fingerprint } from "./fingerprint";

export interface Report {
  readonly environment: string;
  /** The commit that was planned. */
  readonly commit: string;
  /** Whether every rule of the review's guard holds. */
  readonly passed: boolean;
  /** The review, as Markdown. */
  readonly review: string;
  readonly fingerprint: Fingerprint;
}

/** A plan with more changes keeps its digest alone. */
const MAX_FINGERPRINT = 20_000;
/** The marker, and the sentences before and after the review. */
const MAX_FRAME = 1_000;
/**
 * The most characters that the review may have. GitHub takes 65,536 for a comment or an issue, and the review shortens itself better than
 * anybody could who does not know its parts.
 */
export const REVIEW_LIMIT = COMMENT_LIMIT - MAX_FINGERPRINT - MAX_FRAME;

function reportFile(environment: string): string {
  return path.join(".local", "ci", environment, "report.json");
}

export function writeReport(report: Report): string {
  const file = reportFile(report.environment);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(report, null, 2));
  return file;
}

/** The report of the plan that this job or the one before made, or undefined when there was no plan. */
export function findReport(environment: string): Report | undefined {
  return existsSync(reportFile(environment)) ? readReport(environment) : undefined;
}

/** @throws UserError when no plan was made before, or its report cannot be read */
export function readReport(environment: string): Report {
  const file = reportFile(environment);
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Report;
  } catch (error) {
    throw new UserError(`${file} cannot be read: \`npm run ci:plan -- ${environment}\` makes it.`, { cause: error });
  }
}

/** The line by which a comment or an issue about an environment is found again. */
export function marker(kind: "plan" | "drift", environment: string): string {
  return `<!-- ${kind} of ${environment} -->`;
}

/** The body of a pull request's comment: the review, and at its end the fingerprint that a deployment compares its own plan with. */
export function commentBody({ environment, commit, review, fingerprint }: Report): string {
  return [
    marker("plan", environment),
    `${review}\n`,
    `Planned at ${commit}. Merging deploys exactly this plan, or nothing: its digest is \`${fingerprint.digest}\`.`,
    hidden(fingerprint),
  ].join("\n");
}

/** The body of a pull request's comment when there is no plan: an older plan would pass for what merging does. */
export function bodyWithoutPlan(environment: string, commit: string): string {
  return [
    marker("plan", environment),
    `**There is no plan of \`${environment}\` at ${commit}:** the job that plans broke off, and its log says why. Until a plan stands here, merging`,
    `applies nothing to \`${environment}\`.`,
  ].join("\n");
}

/** The body of the issue that says how an environment differs from the code. */
export function driftBody({ environment, commit, review }: Report): string {
  return [
    marker("drift", environment),
    `A plan of \`${environment}\` at ${commit} is not empty: somebody changed it by hand, or a deployment is due.\n`,
    `${review}\n`,
    "This issue closes itself when the plan is empty.",
  ].join("\n");
}

/** A fingerprint as a comment holds it: without the single changes where they would not fit. */
export type ReviewedFingerprint = Pick<Fingerprint, "digest"> & Partial<Fingerprint>;

/**
 * The fingerprint in a comment's body, or undefined. It is the last of its kind there: what stands above comes from the plan and could
 * look like one.
 */
export function fingerprintIn(body: string): ReviewedFingerprint | undefined {
  const json = [...body.matchAll(/^<!-- fingerprint (\{.*\}) -->$/gm)].at(-1)?.[1];
  return json === undefined ? undefined : (JSON.parse(json) as ReviewedFingerprint);
}

/** What to tell somebody whose plan is not the one that was reviewed. */
export function whatChangedSince({ changes }: ReviewedFingerprint, now: Fingerprint): string {
  if (!changes) {
    return "  (the plan that was reviewed is too long for its comment to hold every change)";
  }
  return differences(changes, now.changes)
    .map((line) => `  ${line}`)
    .join("\n");
}

function hidden({ digest, changes }: Fingerprint): string {
  const whole = JSON.stringify({ digest, changes }).replaceAll(">", "\\u003e"); // an address may hold "-->"
  return `<!-- fingerprint ${whole.length <= MAX_FINGERPRINT ? whole : JSON.stringify({ digest })} -->`;
}
