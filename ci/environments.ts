/** `npm run ci:environments`: what the workflows run for. The configuration is the only place that names environments, accounts and roles. */
import { parseArgs } from "node:util";
import { runCommand } from "../local/command";
import { githubRoleArn } from "../stacks/github-access";
import { githubEnvironments } from "./environment-of-job";
import { setOutput } from "./job-output";

const HELP = `npm run ci:environments

Sets the output "environments": a JSON list with name, region, plan_role and deploy_role of each environment that has the setting github.
ONLY_ENVIRONMENT names a single one of them.`;

void runCommand(HELP, (args) => {
  parseArgs({ args });
  const list = githubEnvironments(process.env["ONLY_ENVIRONMENT"]).map((environment) => ({
    name: environment.name,
    region: environment.region,
    plan_role: githubRoleArn("plan", environment),
    deploy_role: githubRoleArn("deploy", environment),
  }));
  setOutput("environments", JSON.stringify(list));
  return Promise.resolve();
});
