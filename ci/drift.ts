/** `npm run ci:drift -- <environment>`: an issue for as long as an environment is not what the code says. */
import { runCommand } from "../local/command";
import { environmentOfJob } from "./environment-of-job";
import { Repository } from "./github";
import { readReport } from "./report";
import { reportDrift } from "./report-drift";

const HELP = `npm run ci:drift -- <environment>

Opens or updates an issue when the plan of ci:plan is not empty, and closes it when it is. Needs GITHUB_TOKEN.`;

void runCommand(HELP, async (args) => {
  const { name } = environmentOfJob(args);
  console.log(await reportDrift(Repository.ofThisJob(), readReport(name)));
});
