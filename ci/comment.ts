/** `npm run ci:comment -- <environment>`: the comment of a pull request, one for each environment and always the newest plan. */
import { UserError } from "../config/user-error";
import { runCommand } from "../local/command";
import { commitOfJob, environmentOfJob } from "./environment-of-job";
import { Repository } from "./github";
import { bodyWithoutPlan, commentBody, findReport, marker } from "./report";

const HELP = `npm run ci:comment -- <environment>

Writes the report of ci:plan into the pull request PULL_REQUEST, over the comment that is there already; without a report, that there is no
plan. Needs GITHUB_TOKEN.`;

void runCommand(HELP, async (args) => {
  const { name } = environmentOfJob(args);
  const pullRequest = Number(process.env["PULL_REQUEST"]);
  if (!Number.isInteger(pullRequest) || pullRequest < 1) {
    throw new UserError(`PULL_REQUEST is "${process.env["PULL_REQUEST"] ?? ""}": set it to the pull request's number.`);
  }
  const report = findReport(name);
  const body = report ? commentBody(report) : bodyWithoutPlan(name, commitOfJob());
  await Repository.ofThisJob().putComment(pullRequest, marker("plan", name), body);
});
