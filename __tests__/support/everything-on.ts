import type { EnvironmentSettings } from "../../config/environment";

/** Every optional part that needs no certificate and no verified sender, which only AWS has. */
export const EVERYTHING_ON = {
  firewall: { countOnly: ["SizeRestrictions_BODY"] },
  users: { mfa: "OPTIONAL", tier: "PLUS", threatProtection: "ENFORCED", groups: ["operators"] },
  observability: {
    accessLog: true,
    executionLog: "ERROR",
    tracing: true,
    alarms: true,
    alarmEmails: ["operator@example.com"],
    dashboard: true,
    encryptLogs: true,
  },
} satisfies Partial<EnvironmentSettings>;
