import { writeFileSync } from "node:fs";
import path from "node:path";
import type { StackTerraform } from "../local/stack-terraform";
import { fingerprint } from "./fingerprint";
import type { Report } from "./report";
import type { Review } from "./review";

/** Whoever plans or deploys at the same time holds the lock for less than this. */
export const LOCK_TIMEOUT = "5m";

export interface PlanOptions {
  readonly environment: string;
  readonly commit: string;
  readonly terraform: Pick<StackTerraform, "plan">;
  readonly review: (environment: string, planFile: string) => Promise<Review>;
  /** Where the plan lies while it is reviewed. Git ignores it, and no job hands it on: it holds values in clear. */
  readonly folder: string;
}

/** Plans and reviews an environment. The plan stays with Terraform, to be applied. */
export async function makePlan({ environment, commit, terraform, review, folder }: PlanOptions): Promise<Report> {
  const plan = await terraform.plan();
  const planFile = path.join(folder, "plan.json");
  writeFileSync(planFile, plan, { mode: 0o600 });
  const { passed, markdown } = await review(environment, planFile);
  return { environment, commit, passed, review: markdown, fingerprint: fingerprint(plan) };
}
