import { spawnSync } from "node:child_process";
import { loadEnvironments } from "../../config/load-environments";
import { count, fullness, rounded, usd } from "../../scale/format";
import { monthlyCosts, total } from "../../scale/costs";
import { OPTIONS, workloadOf } from "../../scale/options";
import { workload, workloadSchema } from "../../scale/workload";
import { SETTINGS } from "../support/settings";

const scale = (...args: string[]) => spawnSync("npm", ["run", "--silent", "scale", "--", ...args], { encoding: "utf8" });

test("the limits that the project sets itself are those of an environment that only says what it must", () => {
  const { test } = loadEnvironments({ test: { ...SETTINGS, firewall: {} } });
  const { routeRequestsPerSecond, requestsPerAddress, tier } = workload();
  expect({ routeRequestsPerSecond, requestsPerAddress, tier }).toEqual({
    routeRequestsPerSecond: test.throttling.requestsPerSecond,
    requestsPerAddress: test.firewall?.requestsPerAddress,
    tier: test.users.tier,
  });
});

test("each field of a load is an option, with its meaning and its default", () => {
  expect(OPTIONS.map(({ field }) => field)).toEqual(Object.keys(workloadSchema.shape));
  expect(OPTIONS.filter(({ meaning, fallback }) => meaning === "" || fallback === "")).toEqual([]);
  expect(OPTIONS.map(({ name }) => name)).toContain("requests-per-second");
});

test("options are read as numbers, the tier as a word", () => {
  expect(workloadOf({ "requests-per-second": "2.5", users: " 1e6", tier: "LITE" })).toEqual(
    workload({ requestsPerSecond: 2.5, users: 1_000_000, tier: "LITE" }),
  );
});

test.each<[option: string, value: string, rule: string]>([
  ["requests-per-second", "-1", "it must be a number of requests a second from 0 to 10000000"],
  ["requests-per-second", "1,000", "it must be a number of requests a second from 0 to 10000000"],
  ["requests-per-second", "Infinity", "it must be a number of requests a second from 0 to 10000000"],
  ["users", "many", "it must be a whole number of users from 0 to 10000000000"],
  ["users", "", "it must be a whole number of users from 0 to 10000000000"],
  ["users", "1.5", "it must be a whole number of users from 0 to 10000000000"],
  ["tier", "lite", "it must be LITE, ESSENTIALS or PLUS"],
  ["memory-megabytes", "64", "it must be a whole number of MB from 128 to 10240"],
  ["active-percent", "101", "it must be a number of percent from 0 to 100"],
])("--%s %s is refused", (option, value, rule) => {
  expect(() => workloadOf({ [option]: value })).toThrow(`--${option} is "${value}": ${rule}.`);
});

test("every fault is named at once", () => {
  expect(() => workloadOf({ users: "many", tier: "GOLD" })).toThrow(/--users is "many".*\n--tier is "GOLD"/);
});

test("the command prints quotas and costs of the load that it is given", () => {
  const { stdout, stderr, status } = scale("--requests-per-second", "1000", "--users", "1000000");
  expect(stderr).toBe("");
  expect(status).toBe(0);
  expect(stdout).toMatch(/^1,000 requests a second, 1,000,000 users, prices of us-east-1 as read on \d{4}-\d\d-\d\d\n/);
  expect(stdout).toMatch(/ +× 20 {2}Route, requests: 50 a second\n/);
  const { part, usd: amount } = monthlyCosts(workload({ requestsPerSecond: 1_000, users: 1_000_000 }))[0]!;
  expect(stdout).toContain(`${usd(amount)}  ${part}\n`);
  expect(stdout).toContain(`${usd(total(monthlyCosts(workload({ requestsPerSecond: 1_000, users: 1_000_000 }))))}  together\n`);
});

test("--json is the same for other programs", () => {
  const { stdout, status } = scale("--users", "2000", "--json");
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    region: "us-east-1",
    load: workload({ users: 2_000 }),
    costs: monthlyCosts(workload({ users: 2_000 })),
  });
});

test.each([
  ["an unknown option", ["--user", "5"], "Unknown option '--user'"],
  ["a value that is none", ["--users", "many"], '--users is "many": it must be a whole number of users'],
])("with %s it says what is wrong, shows the help, and ends with exit code 2", (_, args, message) => {
  const { stdout, stderr, status } = scale(...args);
  expect(stderr).toContain(message);
  expect(stderr).toContain("npm run scale -- [--requests-per-second <number>]");
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stdout).toBe("");
  expect(status).toBe(2);
});

test("numbers are written to be read", () => {
  expect([0, 0.004, 9.5, 99.994, 99.995, 1234.5, -4513.4].map(usd)).toEqual(["0.00", "0.00", "9.50", "99.99", "100", "1,235", "-4,513"]);
  expect([0, 0.00234, 0.0994, 0.0995, 1, 9.99, 9.995, 4931.5].map(fullness)).toEqual([
    "0 %",
    "0.23 %",
    "9.9 %",
    "10 %",
    "100 %",
    "999 %",
    "× 10",
    "× 4,932",
  ]);
  expect([17_315, 20_277, 50].map(rounded)).toEqual(["17,300", "20,300", "50"]);
  expect([0.0055, 12.00006, 1_048_576].map(count)).toEqual(["0.0055", "12.00006", "1,048,576"]);
});
