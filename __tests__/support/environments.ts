/**
 * The environments that tests of the product are made for. They are those with which the plans of review/fixtures were made, and they stay
 * so, whatever a team makes of config/environments.ts. A test that reads the live ones is one of what they say, or runs a command on them.
 */
import { loadEnvironments } from "../../config/load-environments";

export const environments = loadEnvironments({
  local: {
    account: "000000000000",
    region: "eu-central-1",
    throwAway: true,
    signIn: { oauthGrant: "implicit" },
    logRetentionDays: 1,
    emulator: { port: 4566, loginPagesPort: 4567 },
  },

  dev: {
    account: "111111111111",
    region: "eu-central-1",
    throwAway: true,
    signIn: { oauthGrant: "implicit" },
    logRetentionDays: 14,
  },

  prod: {
    account: "222222222222",
    region: "eu-central-1",
    signIn: { oauthGrant: "implicit" },
    throttling: { requestsPerSecond: 200, burst: 400 },
    firewall: { requestsPerAddress: 2_000 },
    observability: {
      accessLog: true,
      executionLog: "ERROR",
      tracing: true,
      alarms: true,
      dashboard: true,
      encryptLogs: true,
    },
    logRetentionDays: 365,
  },
});

/** The routes that everybody may call: the tutorial's, whatever a team adds to review/guard/public-routes.ts. */
export const publicRoutes: ReadonlySet<string> = new Set(["GET /signed-in"]);
