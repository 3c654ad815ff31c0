import type { EnvironmentSettings } from "../../config/environment";
import { loadEnvironments } from "../../config/load-environments";
import { SETTINGS } from "../support/settings";

describe("good values at the edge are taken", () => {
  test.each<[what: string, settings: Partial<EnvironmentSettings>]>([
    ["an account id that begins with 0", { account: "000000000001" }],
    ["domain prefix of one character", { signIn: { domainPrefix: "s" } }],
    ["domain prefix of 63 characters", { signIn: { domainPrefix: "s".repeat(63) } }],
    ["a pool name with blanks beside a domain prefix", { names: { userPool: "My +=,.@- Pool_1" }, signIn: { domainPrefix: "shop" } }],
    ["a pool name that leaves room for the derived part", { names: { userPool: "p".repeat(50) } }],
    [
      "callbacks on loopback without TLS",
      { signIn: { callbackUrls: ["http://localhost:3000/", "http://127.0.0.1", "http://[::1]:80/a"] } },
    ],
    ["a callback with path and query", { signIn: { callbackUrls: ["https://shop.example/back?from=login"] } }],
    ["the grant code with one scope", { signIn: { oauthGrant: "code", scopes: ["openid"] } }],
    ["the lowest limits", { throttling: { requestsPerSecond: 0.1, burst: 1 } }],
    ["the highest limits", { throttling: { requestsPerSecond: 10_000, burst: 5_000 } }],
    ["the shortest tokens", { signIn: { accessTokenMinutes: 5, idTokenMinutes: 5, refreshTokenDays: 1 } }],
    ["the longest tokens", { signIn: { accessTokenMinutes: 1_440, idTokenMinutes: 1_440, refreshTokenDays: 3_650 } }],
    ["the shortest log", { logRetentionDays: 1 }],
    ["the longest log", { logRetentionDays: 3_653 }],
    ["a role's name of 64 characters", { names: { function: "f".repeat(51) } }],
    [
      "the longest names",
      { names: { api: "a".repeat(128), authorizer: "a".repeat(128) }, stage: "s".repeat(128), tokenHeader: "h".repeat(128) },
    ],
    ["tags of any language, empty values too", { tags: { Überschrift: "Ärger @ 9:00", empty: "", ["k".repeat(128)]: "v".repeat(256) } }],
    ["the first and last port", { emulator: { port: 1, loginPagesPort: 65_535 } }],
  ])("%s", (_, settings) => {
    const { dev } = loadEnvironments({ dev: { ...SETTINGS, ...settings } });
    expect(dev).toMatchObject(settings);
  });
});

test("what is left out gets the tutorial's values", () => {
  expect(loadEnvironments({ dev: SETTINGS }).dev).toEqual({
    name: "dev",
    account: "111111111111",
    region: "eu-central-1",
    binaryMediaTypes: [],
    resourceQuota: 300,
    throwAway: false,
    names: { function: "testing", api: "cognito-integration-demo", userPool: "testdemo", authorizer: "Authorizerdemo" },
    stage: "demo",
    tokenHeader: "Token",
    signIn: {
      oauthGrant: "implicit",
      scopes: ["openid", "email"],
      callbackUrls: [],
      accessTokenMinutes: 60,
      idTokenMinutes: 60,
      refreshTokenDays: 1,
    },
    users: {
      selfSignUp: true,
      mfa: "OFF",
      minimumPasswordLength: 12,
      tier: "ESSENTIALS",
      threatProtection: "OFF",
      groups: [],
    },
    throttling: { requestsPerSecond: 50, burst: 100 },
    customDomains: {},
    observability: {
      accessLog: false,
      executionLog: "OFF",
      tracing: false,
      alarms: false,
      alarmEmails: [],
      dashboard: false,
      encryptLogs: false,
    },
    logRetentionDays: 30,
    stateBucket: { earlierVersionsDays: 90 },
    tags: {},
  });
});
