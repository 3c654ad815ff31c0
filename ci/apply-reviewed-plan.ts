import { UserError } from "../config/user-error";
import type { StackTerraform } from "../local/stack-terraform";
import type { Repository } from "./github";
import { fingerprintIn, marker, type Report, type ReviewedFingerprint, whatChangedSince } from "./report";

export interface ApplyOptions {
  /** The plan as it is now, made by `terraform`. */
  readonly report: Report;
  readonly terraform: Pick<StackTerraform, "apply">;
  readonly repository: Pick<Repository, "mergedPullRequest" | "ownComment">;
  /** The digest of a plan that somebody has read outside a pull request: the way on after a deployment stopped. */
  readonly acceptedDigest?: string | undefined;
}

/**
 * Applies the plan, if it is the one that was reviewed in the pull request whose merge is being deployed.
 *
 * @returns what was done, for the log
 * @throws UserError that says what changed since the review, and how to go on; nothing is applied then
 */
export async function applyReviewedPlan({ report, terraform, repository, acceptedDigest }: ApplyOptions): Promise<string> {
  const { environment, commit, fingerprint } = report;
  if (Object.keys(fingerprint.changes).length === 0) {
    return `${environment}: no changes, nothing to apply.`;
  }
  if (!report.passed) {
    throw new UserError(`${environment}: a rule of the review fails. Nothing is applied. See the summary of this job.`);
  }
  if (acceptedDigest !== fingerprint.digest) {
    const reviewed = await reviewedFingerprint(repository, commit, environment);
    if (acceptedDigest || reviewed?.digest !== fingerprint.digest) {
      throw new UserError(stopped(report, reviewed, acceptedDigest));
    }
  }
  await terraform.apply();
  return `${environment}: applied the plan ${fingerprint.digest}.`;
}

async function reviewedFingerprint(
  repository: ApplyOptions["repository"],
  commit: string,
  environment: string,
): Promise<ReviewedFingerprint | undefined> {
  const pullRequest = await repository.mergedPullRequest(commit);
  const comment = pullRequest === undefined ? undefined : await repository.ownComment(pullRequest, marker("plan", environment));
  return comment?.body ? fingerprintIn(comment.body) : undefined;
}

function stopped({ environment, commit, fingerprint }: Report, reviewed: ReviewedFingerprint | undefined, accepted?: string): string {
  const why = accepted
    ? [`${environment}: the plan is not the one with digest ${accepted}. Nothing is applied.`]
    : reviewed
      ? [`${environment}: the plan is not the one that was reviewed. Nothing is applied.`, whatChangedSince(reviewed, fingerprint)]
      : [`${environment}: no pull request with a reviewed plan was merged as ${commit}. Nothing is applied.`];
  return [
    ...why,
    "Review the plan as it is now, in the summary of this job. Then open a pull request, which plans anew, or run the workflow deploy by",
    `hand with the environment ${environment} and the digest ${fingerprint.digest}.`,
  ].join("\n");
}
