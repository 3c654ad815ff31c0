/** `npm run ci:plan -- <environment>`: what a pull request would do. */
import { runCommand } from "../local/command";
import { StackTerraform, synthesize } from "../local/stack-terraform";
import { commitOfJob, environmentOfJob } from "./environment-of-job";
import { addSummary } from "./job-output";
import { LOCK_TIMEOUT, makePlan } from "./make-plan";
import { writeReport } from "./report";
import { review } from "./review";

const HELP = `npm run ci:plan -- <environment>

Plans and reviews the stack secured-api of an environment and writes the report to .local/ci/<environment>/report.json, for ci:comment and
ci:drift. The report holds no sensitive value. Exit code 1 when a rule of the review fails.`;

void runCommand(HELP, async (args, signal) => {
  const { name } = environmentOfJob(args);
  await synthesize({ signal });
  const report = await makePlan({
    environment: name,
    commit: commitOfJob(),
    terraform: new StackTerraform(`secured-api-${name}`, { signal, lockTimeout: LOCK_TIMEOUT }),
    review: (environment, planFile) => review(environment, planFile, signal),
    folder: "cdktf.out",
  });
  addSummary(report.review);
  console.log(`${writeReport(report)}: written`);
  if (!report.passed) {
    process.exitCode = 1;
  }
});
