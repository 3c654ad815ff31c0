/** The environments and their values. What each setting means, its default and its rule: README.md, or environment.ts. */
import { loadEnvironments } from "./load-environments";

export const environments = loadEnvironments({
  /** On the embedded emulator, made and thrown away by `npm start`. */
  local: {
    account: "000000000000",
    region: "eu-central-1",
    throwAway: true,
    signIn: { oauthGrant: "implicit" },
    logRetentionDays: 1,
    emulator: {
      port: Number(process.env.LOCAL_EMULATOR_PORT ?? 4566),
      loginPagesPort: Number(process.env.LOCAL_LOGIN_PAGES_PORT ?? 4567),
    },
  },

  dev: {
    account: "111111111111", // the account of your own
    region: "eu-central-1",
    throwAway: true,
    signIn: { oauthGrant: "implicit" },
    logRetentionDays: 14,
  },

  prod: {
    account: "222222222222", // the account of your own
    region: "eu-central-1",
    signIn: { oauthGrant: "implicit" },
    throttling: { requestsPerSecond: 200, burst: 400 },
    firewall: { requestsPerAddress: 2_000 },
    observability: {
      accessLog: true, // the stack api-gateway-account-prod goes first
      executionLog: "ERROR",
      tracing: true,
      alarms: true,
      dashboard: true,
      encryptLogs: true,
    },
    logRetentionDays: 365,
  },
});
