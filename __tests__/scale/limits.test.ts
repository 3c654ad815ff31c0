import fc from "fast-check";
import { type Limit, limits, reachedAt } from "../../scale/limits";
import { PRICES } from "../../scale/prices";
import { QUOTAS } from "../../scale/quotas";
import { workload, type WorkloadSettings } from "../../scale/workload";

const all = (settings: WorkloadSettings) => limits(workload(settings));
const share = (settings: WorkloadSettings, name: string) => all(settings).find(({ quota }) => quota.name === name)?.share;
const first = (settings: WorkloadSettings, grows: Limit["grows"]) => all(settings).find((limit) => limit.grows === grows)?.quota.name;

test.each([...Object.values(PRICES), ...Object.values(QUOTAS)])("$name: has its unit, its day, and the page it is from", (figure) => {
  expect(figure.unit).not.toBe("");
  expect(figure.region).not.toBe("");
  expect(new Date(figure.read).toISOString()).toMatch(figure.read);
  expect(figure.source).toMatch(/^https:\/\/(docs\.aws\.amazon\.com|aws\.amazon\.com|github\.com\/awsdocs)\//);
});

// 100,000 requests a second of 5 ms, 1 + 99,999 / 20 of them traced; 100 million users sign in 500 million times a month of 2,628,000 s.
test.each<[name: string, share: number]>([
  ["Route, requests", 100_000 / 50],
  ["API Gateway, requests of all APIs", 10],
  ["Lambda, requests: ten times the concurrency", 10],
  ["Lambda, functions that run at once", 500 / 1_000],
  ["Lambda, how fast one function scales", 100_000 / 60_000],
  ["X-Ray, segments", ((1 + 99_999 / 20) * 3) / 2_600],
  ["AWS WAF, requests of one address", 300 / 2_000],
  ["Cognito's own mails", (100e6 * 0.05 * 1.5) / (730 / 24) / 50],
  ["Cognito, UserAuthentication", ((500e6 / 2_628_000) * 3) / 120],
  ["Cognito, UserToken", ((500e6 / 2_628_000) * 3) / 120],
  ["Cognito, UserCreation", ((2 * 5e6) / 2_628_000) * (3 / 50)],
  ["Cognito, login pages of an app client", ((1_500e6 / 2_628_000) * 3) / 300],
  ["Cognito, login pages of a domain", ((1_500e6 / 2_628_000) * 3) / 500],
  ["Cognito, users of a pool", 2.5],
])("how full 100,000 requests a second and 100 million users make: %s", (name, expected) => {
  expect(share({ requestsPerSecond: 100_000, users: 100_000_000 }, name)).toBeCloseTo(expected, 6);
});

test("each quota is there once, the fullest first", () => {
  const shares = all({ requestsPerSecond: 1_000, users: 1_000_000 });
  expect(shares).toHaveLength(Object.keys(QUOTAS).length + 2); // and the two of the project's own
  expect(new Set(shares.map(({ quota }) => quota.name)).size).toBe(shares.length);
  expect(shares.map((limit) => limit.share)).toEqual(shares.map((limit) => limit.share).sort((one, other) => other - one));
});

test.each<[what: string, WorkloadSettings, Limit["grows"], name: string]>([
  ["the route, as it is set", { requestsPerSecond: 60 }, "requests", "Route, requests"],
  [
    "the account, once the route is raised",
    { requestsPerSecond: 9_000, routeRequestsPerSecond: 10_000_000 },
    "requests",
    "API Gateway, requests of all APIs",
  ],
  [
    "the concurrency, where a function takes its time",
    { requestsPerSecond: 9_000, routeRequestsPerSecond: 10_000_000, functionMilliseconds: 150 },
    "requests",
    "Lambda, functions that run at once",
  ],
  [
    "the scaling, where the requests come all at once",
    { requestsPerSecond: 9_000, routeRequestsPerSecond: 10_000_000, rampSeconds: 1, functionMilliseconds: 1 },
    "requests",
    "API Gateway, requests of all APIs",
  ],
  ["an address that many people share", { requestsOfBusiestAddress: 7 }, "nothing", "AWS WAF, requests of one address"],
  ["the mails", { users: 1_000_000 }, "users", "Cognito's own mails"],
  ["the login pages, where mails are few", { users: 30_000_000, mailsPerNewUser: 0 }, "users", "Cognito, login pages of an app client"],
  [
    "the pool, where people sign in rarely",
    { users: 41_000_000, mailsPerNewUser: 0, signInsPerActiveUser: 1 },
    "users",
    "Cognito, users of a pool",
  ],
])("first to bind: %s", (_, settings, grows, name) => {
  expect(first(settings, grows)).toBe(name);
});

test.each<[name: string, grows: "requests" | "users", settings: WorkloadSettings, load: number | undefined]>([
  ["Route, requests", "requests", {}, 50],
  ["Route, requests", "requests", { routeRequestsPerSecond: 200 }, 200],
  ["API Gateway, requests of all APIs", "requests", {}, 10_000],
  ["Lambda, functions that run at once", "requests", { functionMilliseconds: 200 }, 5_000],
  ["X-Ray, segments", "requests", {}, Math.ceil((2_600 / 3 - 1) * 20 + 1)],
  ["Cognito, users of a pool", "users", {}, 40_000_000],
  ["Cognito, UserToken", "users", { tokenRequestsPerSignIn: 0 }, undefined],
])("%s is full at that many %s, with %j", (name, grows, settings, load) => {
  expect(reachedAt(name, grows, settings)).toBe(load);
});

test("more requests or users make no quota less full", () => {
  const pair = (maximum: number) => fc.tuple(fc.integer({ min: 0, max: maximum }), fc.integer({ min: 0, max: maximum }));
  fc.assert(
    fc.property(pair(10_000_000), pair(10_000_000_000), (rates, people) => {
      const less = { requestsPerSecond: Math.min(...rates), users: Math.min(...people) };
      const rest = { requestsPerSecond: Math.max(...rates), users: Math.max(...people) };
      for (const { quota, share: before } of all(less)) {
        expect(share(rest, quota.name)).toBeGreaterThanOrEqual(before);
      }
    }),
  );
});
