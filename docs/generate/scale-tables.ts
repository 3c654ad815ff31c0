/** The tables of docs/scale.md, made by the calculator in scale/. */
import { alternatives, type CostLine, monthlyCosts, total } from "../../scale/costs";
import type { Figure } from "../../scale/figure";
import { count, fullness, rounded, usd } from "../../scale/format";
import { type Limit, limits, reachedAt } from "../../scale/limits";
import { OPTIONS } from "../../scale/options";
import { PRICES, type Price } from "../../scale/prices";
import { type Workload, workload } from "../../scale/workload";

const RATES = [10, 1_000, 100_000];
const USERS = [1_000, 1_000_000, 100_000_000];

type Row = readonly string[];

const table = (head: Row, rows: readonly Row[]) => [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

const atRates = <T>(use: (load: Workload) => T) => RATES.map((requestsPerSecond) => use(workload({ requestsPerSecond, users: 0 })));
const atUsers = <T>(use: (load: Workload) => T) => USERS.map((users) => use(workload({ requestsPerSecond: 0, users })));

/** The generated sections of docs/scale.md, by name. */
export function scaleTables(): Readonly<Record<string, string>> {
  return {
    "scale-first": firstLimits(),
    "scale-limits-requests": limitTable("requests"),
    "scale-limits-users": limitTable("users"),
    "scale-costs-requests": costTable("requests"),
    "scale-costs-users": costTable("users"),
    "scale-costs-always": alwaysTable(),
    "scale-tiers": tierTable(),
    "scale-totals": totals(),
    "scale-alternatives": alternativeTable(),
    "scale-assumptions": assumptions(),
    "scale-prices": prices(),
  };
}

function firstLimits(): string {
  const row = (load: string, grows: Limit["grows"], all: readonly Limit[]): Row => {
    const [first = "", ...others] = all
      .filter((limit) => limit.grows === grows)
      .map(({ quota, share }) => `${quota.name}: ${fullness(share)}`);
    return [load, first, others.slice(0, 3).join("; ")];
  };
  return table(
    ["load", "first to bind, and how full it is", "the next three"],
    [
      ...atRates((load) => row(`${count(load.requestsPerSecond)} requests a second`, "requests", limits(load))),
      ...atUsers((load) => row(`${count(load.users)} users`, "users", limits(load))),
    ],
  );
}

/** In the order in which a growing load reaches them. */
function limitTable(grows: "requests" | "users"): string {
  const columns = grows === "requests" ? atRates(limits) : atUsers(limits);
  const rows = (columns[0] ?? [])
    .filter((limit) => limit.grows === grows)
    .map(({ quota }) => ({ quota, reached: reachedAt(quota.name, grows) }))
    .sort((one, other) => (one.reached ?? Infinity) - (other.reached ?? Infinity))
    .map(({ quota, reached }) => [
      quota.name,
      `${count(quota.value)} ${quota.unit}`,
      ...columns.map((all) => fullness(all.find((limit) => limit.quota.name === quota.name)?.share ?? 0)),
      reached === undefined ? "–" : rounded(reached),
      quota.raise,
      origin(quota),
    ]);
  const loads = grows === "requests" ? RATES.map((rate) => `at ${count(rate)}/s`) : USERS.map((users) => `at ${count(users)}`);
  return table(["quota", "default", ...loads, `full at (${grows === "requests" ? "requests/s" : "users"})`, "to raise it", "source"], rows);
}

function costTable(grows: "requests" | "users"): string {
  const columns = (grows === "requests" ? atRates(monthlyCosts) : atUsers(monthlyCosts)).map((lines) =>
    lines.filter((line) => line.grows === grows),
  );
  const loads = grows === "requests" ? RATES.map((rate) => `${count(rate)}/s`) : USERS.map((users) => `${count(users)} users`);
  const sum = (lines: readonly CostLine[]) => `**${usd(total(lines))}**`;
  return table(
    ["part", ...loads, "formula"],
    [
      ...(columns[0] ?? []).map(({ part, formula }, index) => [part, ...columns.map((lines) => usd(lines[index]?.usd ?? 0)), formula]),
      ["**together**", ...columns.map(sum), ""],
    ],
  );
}

function alwaysTable(): string {
  const lines = monthlyCosts(workload()).filter(({ grows }) => grows === "nothing");
  return table(
    ["part", "whatever the load", "what"],
    lines.map(({ part, usd: value, formula }) => [part, usd(value), formula]),
  );
}

function tierTable(): string {
  const row = (tier: Workload["tier"]) => [
    `\`${tier}\``,
    ...USERS.map((users) => {
      const line = monthlyCosts(workload({ requestsPerSecond: 0, users, tier })).find(({ part }) => part === `Cognito, tier ${tier}`);
      return usd(line?.usd ?? 0);
    }),
  ];
  return table(["`users.tier`", ...USERS.map((users) => `${count(users)} users`)], (["LITE", "ESSENTIALS", "PLUS"] as const).map(row));
}

function totals(): string {
  return table(
    ["", ...USERS.map((users) => `${count(users)} users`)],
    RATES.map((requestsPerSecond) => [
      `${count(requestsPerSecond)} requests a second`,
      ...USERS.map((users) => usd(total(monthlyCosts(workload({ requestsPerSecond, users }))))),
    ]),
  );
}

function alternativeTable(): string {
  const columns = atRates(alternatives);
  const row = (name: string, use: (one: ReturnType<typeof alternatives>) => number) => [name, ...columns.map((one) => usd(use(one)))];
  return table(
    ["", ...RATES.map((rate) => `${count(rate)}/s`)],
    [
      row("REST API, requests", ({ restApi }) => restApi),
      row("HTTP API, requests", ({ httpApi }) => httpApi),
      row("Data transfer without CloudFront", ({ transfer }) => transfer),
      row("CloudFront, requests and data transfer", ({ cloudFront }) => cloudFront),
    ],
  );
}

function assumptions(): string {
  const asked: readonly string[] = ["requestsPerSecond", "users"];
  const rows = OPTIONS.filter(({ field }) => !asked.includes(field)).map(({ name, meaning, fallback }) => [
    `\`--${name}\``,
    meaning,
    fallback,
  ]);
  return table(["option", "meaning", "default"], rows);
}

function prices(): string {
  const tiers = ({ tiers }: Price) =>
    tiers.map(({ upTo, usd: price }) => (upTo === Infinity ? price : `${price} to ${count(upTo)}`)).join(", ");
  return table(
    ["price", "US dollars a unit, by tier", "unit", "read", "source"],
    Object.values(PRICES).map((price) => [price.name, tiers(price), price.unit, price.read, origin(price)]),
  );
}

const origin = ({ evidence, source }: Figure) => `[${evidence}](${source})`;
