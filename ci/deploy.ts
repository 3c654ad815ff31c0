/** `npm run ci:deploy -- <environment>`: applies the plan that was reviewed, or stops. */
import { runCommand } from "../local/command";
import { StackTerraform, synthesize } from "../local/stack-terraform";
import { applyReviewedPlan } from "./apply-reviewed-plan";
import { commitOfJob, environmentOfJob } from "./environment-of-job";
import { Repository } from "./github";
import { addSummary } from "./job-output";
import { LOCK_TIMEOUT, makePlan } from "./make-plan";
import { review } from "./review";

const HELP = `npm run ci:deploy -- <environment>

Plans the stack secured-api of an environment once more, compares the plan with the one in the comment of the merged pull request, and
applies that very plan if they are the same. Otherwise it says what changed since and ends with exit code 1. Needs GITHUB_TOKEN.
ACCEPTED_DIGEST names a plan that somebody read elsewhere, instead of the comment's.`;

void runCommand(HELP, async (args, signal) => {
  const { name } = environmentOfJob(args);
  const repository = Repository.ofThisJob();
  await synthesize({ signal });
  const terraform = new StackTerraform(`secured-api-${name}`, {
    signal,
    lockTimeout: LOCK_TIMEOUT,
    onLine: (line) => {
      console.log(line);
    },
  });
  const report = await makePlan({
    environment: name,
    commit: commitOfJob(),
    terraform,
    review: (environment, planFile) => review(environment, planFile, signal),
    folder: "cdktf.out",
  });
  addSummary(`${report.review}\n\nDigest: \`${report.fingerprint.digest}\``);
  console.log(await applyReviewedPlan({ report, terraform, repository, acceptedDigest: process.env["ACCEPTED_DIGEST"] }));
});
