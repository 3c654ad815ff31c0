import { PRICES, type Price } from "./prices";
import { QUOTAS } from "./quotas";
import { usageOf } from "./usage";
import type { Workload } from "./workload";

export interface CostLine {
  readonly part: string;
  /** How the amount comes about, in words. */
  readonly formula: string;
  /** US dollars a month. */
  readonly usd: number;
  /** What makes it grow: `nothing` is there whatever the load. */
  readonly grows: "requests" | "users" | "nothing";
}

/** What is there whatever the load, with everything on. One of the keys is the state bucket's. */
export const STANDING = { webAcls: 1, wafRules: 3, alarms: 6, dashboards: 1, keys: 2 } as const;

/** The price of a month's use, tier by tier. */
export function cost({ piecesAUnit, tiers }: Price, pieces: number): number {
  const units = pieces / piecesAUnit;
  let usd = 0;
  let from = 0;
  for (const tier of tiers) {
    usd += Math.max(Math.min(units, tier.upTo) - from, 0) * tier.usd;
    from = tier.upTo;
  }
  return usd;
}

/** What a load costs in a month, by part, with everything on that `prod` has on. */
export function monthlyCosts(load: Workload): CostLine[] {
  const usage = usageOf(load);
  const { webAcls, wafRules, alarms, dashboards, keys } = STANDING;
  const raised = [
    [usage.peak.signIns, QUOTAS.signIns],
    [usage.peak.signUps, QUOTAS.signUps],
    [usage.peak.tokenRequests, QUOTAS.tokens],
  ] as const;
  const ratesAbove = raised.reduce((sum, [rate, quota]) => sum + Math.max(Math.ceil(rate) - quota.value, 0), 0);

  const line = (grows: CostLine["grows"], part: string, formula: string, usd: number): CostLine => ({ part, formula, usd, grows });
  return [
    line("requests", "API Gateway, REST API", "requests", cost(PRICES.restRequests, usage.requests)),
    line("requests", "Data transfer to the internet", "requests × response", cost(PRICES.transferOut, usage.transferGb)),
    line("requests", "Lambda, requests", "requests", cost(PRICES.lambdaRequests, usage.requests)),
    line("requests", "Lambda, duration", "requests × duration × memory", cost(PRICES.lambdaDuration, usage.gbSeconds)),
    line("requests", "CloudWatch, access log", "requests × line", cost(PRICES.accessLog, usage.accessLogGb)),
    line("requests", "CloudWatch, function's log", "requests × lines", cost(PRICES.functionLog, usage.functionLogGb)),
    line("requests", "CloudWatch, logs kept", "a month's logs × months kept × compression", cost(PRICES.logStorage, usage.storedLogGb)),
    line("requests", "X-Ray", "1 request in each second, and 5 % of the others", cost(PRICES.traces, usage.traces)),
    line("requests", "AWS WAF, API", "requests", cost(PRICES.wafRequests, usage.requests)),
    line("users", `Cognito, tier ${load.tier}`, "users × active", cost(PRICES[load.tier], usage.activeUsers)),
    line(
      "users",
      "Cognito, rates above the quotas",
      "requests a second above UserAuthentication, UserCreation, UserToken",
      cost(PRICES.cognitoRate, ratesAbove),
    ),
    line("users", "AWS WAF, login pages", "sign-ins × pages", cost(PRICES.wafRequests, usage.pageRequests)),
    line("users", "SES", "new users × mails", cost(PRICES.mails, usage.mails)),
    line(
      "nothing",
      "AWS WAF, web ACL and rules",
      `${webAcls} web ACL, ${wafRules} rules`,
      cost(PRICES.webAcls, webAcls) + cost(PRICES.wafRules, wafRules),
    ),
    line(
      "nothing",
      "CloudWatch, alarms and dashboard",
      `${alarms} alarms, ${dashboards} dashboard: within the free allowance`,
      cost(PRICES.alarms, alarms) + cost(PRICES.dashboards, dashboards),
    ),
    line("nothing", "KMS", `${keys} keys: logs, state`, cost(PRICES.keys, keys)),
  ];
}

/** US dollars a month of lines, all of them or those that grow with one thing. */
export function total(lines: readonly CostLine[], grows?: CostLine["grows"]): number {
  return lines.filter((line) => grows === undefined || line.grows === grows).reduce((sum, { usd }) => sum + usd, 0);
}

/** How much an HTTP API counts as one request. */
const HTTP_API_METER_BYTES = 512 * 1_024;

/** The same requests through an HTTP API instead, and through CloudFront in front of either: US dollars a month. */
export function alternatives(load: Workload) {
  const { requests, transferGb } = usageOf(load);
  return {
    restApi: cost(PRICES.restRequests, requests),
    httpApi: cost(PRICES.httpRequests, requests * Math.max(Math.ceil(load.responseBytes / HTTP_API_METER_BYTES), 1)),
    transfer: cost(PRICES.transferOut, transferGb),
    // What CloudFront fetches from an AWS service is not charged as transfer.
    cloudFront: cost(PRICES.edgeRequests, requests) + cost(PRICES.edgeTransfer, transferGb),
  };
}
