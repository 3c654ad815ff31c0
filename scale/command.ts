/** `npm run scale`: which quota a load reaches first, and what it costs a month. */
import { parseArgs } from "node:util";
import { runCommand } from "../local/command";
import { alternatives, type CostLine, monthlyCosts, total } from "./costs";
import { READ, REGION } from "./figure";
import { count, fullness, usd } from "./format";
import { type Limit, limits } from "./limits";
import { OPTIONS, workloadOf } from "./options";
import type { Workload } from "./workload";

interface Result {
  /** Of the prices. */
  readonly region: string;
  /** The day on which prices and quotas were read. */
  readonly read: string;
  readonly load: Workload;
  readonly limits: readonly Limit[];
  readonly costs: readonly CostLine[];
  readonly alternatives: ReturnType<typeof alternatives>;
}

const width = Math.max(...OPTIONS.map(({ name }) => name.length)) + 2;
const HELP = `npm run scale -- [--requests-per-second <number>] [--users <number>] [--json]

Calculates which of AWS's quotas a load reaches first and what it costs a month, from the prices and quotas in scale/. Asks nothing of AWS
and changes nothing. docs/scale.md has the tables, and what to change at each step.

${OPTIONS.map(({ name, meaning, fallback }) => `  --${name.padEnd(width)} ${meaning.replaceAll("`", "")} (default ${fallback})`).join("\n")}
  --${"json".padEnd(width)} as one JSON object
  --${"help".padEnd(width)} show this

For example: npm run scale -- --requests-per-second 1000 --users 1000000 --tier LITE`;

void runCommand(HELP, (args) => {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: "boolean", default: false },
      ...Object.fromEntries(OPTIONS.map(({ name }) => [name, { type: "string" as const }])),
    },
  });
  const { json, ...given } = values;
  const load = workloadOf(given);
  const result: Result = {
    region: REGION,
    read: READ,
    load,
    limits: limits(load),
    costs: monthlyCosts(load),
    alternatives: alternatives(load),
  };
  console.log(json ? JSON.stringify(result, null, 2) : text(result));
  return Promise.resolve();
});

function text({ region, read, load, limits: all, costs, alternatives: other }: Result): string {
  const amount = (value: number) => usd(value).padStart(15);
  return [
    `${count(load.requestsPerSecond)} requests a second, ${count(load.users)} users, prices of ${region} as read on ${read}`,
    "",
    "Quotas, the fullest first:",
    ...all.map(({ quota, share }) => `${fullness(share).padStart(15)}  ${quota.name}: ${count(quota.value)} ${quota.unit}`),
    "",
    "US dollars a month:",
    ...costs.map(({ part, usd: value }) => `${amount(value)}  ${part}`),
    `${amount(total(costs))}  together`,
    "",
    "Instead:",
    `${amount(other.httpApi - other.restApi)}  an HTTP API (docs/scale.md says what it lacks)`,
    `${amount(other.cloudFront - other.transfer)}  CloudFront in front`,
  ].join("\n");
}
