/** docs/benchmarks.md: every number in it comes from the record. */
import path from "node:path";
import type { BenchmarkRecord, Quality } from "../record";
import { SIZES } from "../routes";
import { aimsTable, millisecondsPerRoute } from "./aims";
import { decimals, type Figures, table } from "./figures";
import { DEPLOY_STEPS, DEPLOY_WAYS, PLAN_PEERS, type Peers, SYNTH_APPS, SYNTH_PEERS } from "./peers";
import { PLOTS } from "./plots";

const CLOUDFORMATION_LIMITS = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html";

export function benchmarksDocument(record: BenchmarkRecord, figures: Figures): string {
  return `${[
    "# Benchmarks",
    "Written by `npm run bench` from one run, whose every measurement is in [benchmarks.json](benchmarks.json). `npm run docs` writes this page and\nits plots from that file again; a test compares them.",
    "## Aims",
    aimsTable(figures),
    method(record),
    machine(record),
    appSection(figures),
    routesSection(figures),
    startSection(record, figures),
    loopSection(figures),
    reviewSection(figures),
    qualitySection(record.quality),
    NOT_MEASURED,
  ].join("\n\n")}\n`;
}

function method({ rounds, minutes }: BenchmarkRecord): string {
  return `## Method

- All figures are of one run, which took ${decimals(minutes)} minutes. Those of two runs are not comparable, their ratios are.
- A time is that of the whole process, from its start to its end. What is compared is measured in turn, so that a slow moment of the machine
  meets all. Each thing is measured at most ${rounds} times, and most of them no more once their runs have taken 30 s together.
- Before it is measured, an app command, a test loop and \`npm start\` run once and fill their caches, as on the second day of work. The fresh
  clone has none, and plans and deploys keep none.
- The tables show the median and, where there were several runs, the fastest and the slowest.
- Memory is the largest resident memory of any one process of the command.
- A measurement that reaches its limit is ended; the table says so, and the plot shows a hollow point.`;
}

function machine({ date, commit, machine: on, versions }: BenchmarkRecord): string {
  const rows = [
    ["date", `${date.slice(0, 16).replace("T", " ")} UTC, commit ${commit}`],
    ["processor", `${on.processor}, ${on.cores} cores`],
    ["memory", `${on.memoryGibibytes} GiB`],
    ["system", on.system],
    ["load in the minute before", on.loadBefore.toFixed(2)],
    ...Object.entries(versions),
  ];
  return `## Machine and versions\n\n${table(["what", "which"], rows)}`;
}

function appSection(figures: Figures): string {
  const rows = Object.entries(SYNTH_APPS).map(([peer, name]) => row(figures, name, `synth/${peer}`, "synth/this-project"));
  return `## Synth of the app

The app command alone, which every \`cdktf\` command runs first: this project's \`node synth.mjs\` and the templates' \`npx ts-node main.ts\`, each on
all stacks of \`main.ts\`; CDK Terrain's with its AWS provider 6. AWS CDK has one stack, the pattern aws-cognito-apigateway-lambda with the
tutorial's route. ts-node checks types each time; here \`npm test\` does. AWS Chalice makes Terraform JSON with the routes in an OpenAPI body, osls,
which continues the Serverless Framework 3, makes CloudFormation; both have the tutorial's route, and package the function in the same command.

${table(["app", "median", "fastest–slowest", "runs", "memory", "beside this project"], rows)}

![Synth of the app](${plot(PLOTS.app)})`;
}

function routesSection(figures: Figures): string {
  const perRoute = Object.entries(SYNTH_PEERS).map(([peer, name]) => [name, `${decimals(millisecondsPerRoute(figures, peer))} ms`]);
  return `## Synth and plan by the number of routes

Routes beside the tutorial's, four to a path.

${bySize(figures, "synth", SYNTH_PEERS)}

${table(["synth of each route more", "time"], perRoute)}

CloudFormation takes [500 resources a stack](${CLOUDFORMATION_LIMITS}),
and AWS CDK refuses more. That check is switched off to measure; what comes out beyond cannot be deployed.

![Synth by the number of routes](${plot(PLOTS.synth)})

The plans are of \`terraform plan\` alone, with an empty state and mock credentials, so nothing waits for AWS. The HCL is made by
\`bench/peers/\` from the JSON of the project's own stack, resource by resource, \`replace_triggered_by\` included: the same resources in two
syntaxes; or with the routes in a table and for_each. All three create the same
resources with the same arguments: a test compares them.

${bySize(figures, "plan", PLAN_PEERS, (size) => String(figures.of(`routes/plan/this-project/${size}`).resources ?? "–"))}

![terraform plan by the number of routes](${plot(PLOTS.plan)})`;
}

function bySize(figures: Figures, what: "synth" | "plan", peers: Peers, resources?: (size: number) => string): string {
  const rows = SIZES.map((size) => [
    size.toLocaleString("en"),
    ...(resources ? [resources(size)] : []),
    ...Object.keys(peers).map((peer) => timeAndSpread(figures, `routes/${what}/${peer}/${size}`)),
  ]);
  return table(["routes", ...(resources ? ["resources"] : []), ...Object.values(peers)], rows);
}

function timeAndSpread(figures: Figures, id: string): string {
  return `${figures.time(id)} (${figures.spread(id)})`.replace(" (–)", "");
}

const PROVIDER_SOURCE: Readonly<Record<BenchmarkRecord["provider"], string>> = {
  mirror: "found the AWS provider in a mirror on that machine; from the registry it is one more download",
  registry: "downloaded the AWS provider from its registry",
};

function startSection({ provider }: BenchmarkRecord, figures: Figures): string {
  const rows = [
    row(figures, "`npm start` to the first 200, after the install", "start/after-install"),
    row(figures, "fresh clone to the first 200: cloned, `npm ci`, `npm start`", "start/fresh-clone"),
  ].map((cells) => cells.slice(0, 4));
  return `## From nothing to the first answer

\`npm start\` brings up the emulator, deploys, signs somebody up and in, and calls the API. The fresh clone is one of
a folder of the same machine, begins with empty caches of npm and pip, and has spaces in its path. Terraform ${PROVIDER_SOURCE[provider]}.

${table(["what", "median", "fastest–slowest", "runs"], rows)}`;
}

function loopSection(figures: Figures): string {
  const tests = [
    row(figures, "one file of unit tests after a change, this project", "test/one-file/this-project", "test/one-file/this-project"),
    row(figures, "the same with the cdktf template's jest settings", "test/one-file/cdktf-template", "test/one-file/this-project"),
    row(figures, "`npx jest --selectProjects unit`", "test/all-unit-tests"),
  ];
  const deploys = Object.entries(DEPLOY_STEPS).map(([step, what]) => [
    what,
    ...Object.keys(DEPLOY_WAYS).map((way) => timeAndSpread(figures, `deploy/${step}/${way}`)),
  ]);
  return `## Test loop and deploy loop

${table(
  ["what", "median", "fastest–slowest", "runs", "beside this project"],
  tests.map((cells) => cells.filter((_, column) => column !== 4)),
)}

Deploys go to the emulator, with the state in S3. This project: its own commands \`plan\` and \`deploy\`, with their look at the account
and the lock. The template's way: \`diff\` and \`deploy\` of cdktf, with \`npx ts-node main.ts\` as app command. Plain HCL: \`terraform plan\` and
\`terraform apply\` of the same resources, before the first deploy \`terraform init\`; the function's package is made beforehand.

${table(["what", ...Object.values(DEPLOY_WAYS)], deploys)}

![Plan and deploy](${plot(PLOTS.deploy)})`;
}

function reviewSection(figures: Figures): string {
  return `## Review of a long plan

\`npm run review\` on the plan that creates 1,000 routes.

${table(["what", "median", "fastest–slowest", "runs", "memory"], [row(figures, "review", "review/1000-routes").slice(0, 5)])}`;
}

function qualitySection(quality: readonly Quality[]): string {
  const rows = quality.map(({ name, date, percent, changes, notJudged }) => [
    changes === undefined ? name : `${name} (${changes} changes, ${notJudged} more not judged)`,
    Object.entries(percent)
      .map(([of, value]) => `${of} ${value} %`)
      .join(", "),
    date.slice(0, 10),
  ]);
  return `## Coverage and mutation

The last results of \`npm test\` and \`npm run mutation\` on that machine, which take longer than everything above.

${table(["what", "result", "date"], rows)}`;
}

const NOT_MEASURED = `## Not measured

- Pulumi: its engine is a program from its maker's own servers, and a benchmark that downloads nothing but packages cannot have it. SST runs
  that engine too.
- Terragrunt is such a program as well, and runs the same plan of the same Terraform.
- AWS SAM has no synth: its template is written by hand and is CloudFormation already.
- Zappa makes another API: one ANY method for every path, with no scopes.
- Architect makes HTTP APIs, which the tutorial's REST API is not.`;

function row(figures: Figures, name: string, id: string, base?: string): string[] {
  return [
    name,
    figures.time(id),
    figures.spread(id),
    figures.runs(id),
    figures.memory(id),
    base === undefined ? "–" : figures.times(id, base),
  ];
}

/** A file as the document, which lies in docs/, links to it. */
function plot(file: string): string {
  return path.posix.relative("docs", file);
}
