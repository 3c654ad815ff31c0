/** The resource "*" in the roles' policies, which checkov refuses, and why it is there: docs/policy.md has the whole list. */
import type { Environment } from "../../config/environment";
import { skipChecks } from "../skip-check";
import type { GithubRole } from "./github-role";

const BOUNDARY =
  "A permissions boundary allows nothing by itself: it is the most that the role can ever be granted. The role's own policies have the " +
  "conditions, for which a boundary is too short.";
const LOGIN_PAGES = "Cognito asks for cloudfront:UpdateDistribution on a distribution of its own, whose id nobody can know.";

export interface Wildcards {
  readonly plan: GithubRole;
  readonly deploy: GithubRole;
  readonly environment: Pick<Environment, "observability" | "customDomains">;
}

export function skipWildcards({ plan, deploy, environment }: Wildcards): void {
  const { encryptLogs } = environment.observability;
  skipChecks(plan.boundary, { CKV_AWS_355: BOUNDARY, ...(encryptLogs && { CKV_AWS_290: BOUNDARY }) });
  skipChecks(deploy.boundary, { CKV_AWS_355: BOUNDARY, CKV_AWS_290: BOUNDARY, ...(encryptLogs && { CKV_AWS_289: BOUNDARY }) });
  if (environment.customDomains.loginPages) {
    skipChecks(deploy.permissions, { CKV_AWS_355: LOGIN_PAGES, CKV_AWS_290: LOGIN_PAGES });
  }
}
