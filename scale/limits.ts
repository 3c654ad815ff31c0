import { type Figure, READ } from "./figure";
import { QUOTAS, type Quota } from "./quotas";
import { usageOf } from "./usage";
import { type Workload, workload, type WorkloadSettings } from "./workload";

export interface Limit {
  readonly quota: Quota;
  /** How much of it the load uses; more than 1 is more than there is. */
  readonly share: number;
  /** What makes it grow: `nothing` depends on an assumption alone. */
  readonly grows: "requests" | "users" | "nothing";
}

/** The seconds over which AWS WAF counts the requests of an address. */
const WAF_WINDOW = 300;
/** Lambda's quota on scaling is for each ten seconds. */
const SCALING_WINDOW = 10;
/** A traced request has a segment of the stage, and two of Lambda: the service and the function. Inferred. */
const SEGMENTS_A_TRACE = 3;

/** A limit that the project sets itself, so that a mistake or an attack costs little. */
function setting(name: string, value: number, unit: string, field: string, source: string): Quota {
  const origin: Omit<Figure, "name" | "unit"> = { region: "the environment's", read: READ, evidence: "documented", source };
  return { name, value, unit, raise: `\`${field}\` in config/environments.ts`, ...origin };
}

/** Every quota and how full a load makes it, the fullest first. */
export function limits(load: Workload): Limit[] {
  const { tracesASecond, mailsADay, peak } = usageOf(load);
  const rate = load.requestsPerSecond;
  const route = setting(
    "Route, requests",
    load.routeRequestsPerSecond,
    "a second",
    "throttling.requestsPerSecond",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html",
  );
  const address = setting(
    "AWS WAF, requests of one address",
    load.requestsPerAddress,
    "in 5 minutes",
    "firewall.requestsPerAddress",
    "https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-high-level-settings.html",
  );
  const limit = (grows: Limit["grows"], quota: Quota, used: number): Limit => ({ quota, share: used / quota.value, grows });
  return [
    limit("requests", route, rate),
    limit("requests", QUOTAS.accountThrottle, rate),
    limit("requests", QUOTAS.invocations, rate),
    limit("requests", QUOTAS.concurrency, (rate * load.functionMilliseconds) / 1_000),
    limit("requests", QUOTAS.scaling, (rate * SCALING_WINDOW) / Math.max(load.rampSeconds, SCALING_WINDOW)),
    limit("requests", QUOTAS.segments, tracesASecond * SEGMENTS_A_TRACE),
    limit("nothing", address, load.requestsOfBusiestAddress * WAF_WINDOW),
    limit("users", QUOTAS.mails, mailsADay),
    limit("users", QUOTAS.clientPages, peak.pageRequests),
    limit("users", QUOTAS.domainPages, peak.pageRequests),
    limit("users", QUOTAS.signIns, peak.signIns),
    limit("users", QUOTAS.tokens, peak.tokenRequests),
    limit("users", QUOTAS.accounts, load.users),
    limit("users", QUOTAS.signUps, peak.signUps),
  ].sort((one, other) => other.share - one.share);
}

/** The two figures of a load, and the most that is asked about. */
const LOADS = { requests: "requestsPerSecond", users: "users" } as const;
const ENDLESS = { requestsPerSecond: 10_000_000, users: 10_000_000_000 } as const;

/**
 * The load at which a quota is full, all else as given: requests a second, or users.
 *
 * @param name the quota's
 * @returns undefined when no load fills it
 */
export function reachedAt(name: string, grows: keyof typeof LOADS, settings: WorkloadSettings = {}): number | undefined {
  const load = LOADS[grows];
  const shareAt = (value: number) => limits(workload({ ...settings, [load]: value })).find(({ quota }) => quota.name === name)?.share ?? 0;
  let [low, high]: [number, number] = [0, ENDLESS[load]];
  if (shareAt(high) < 1) {
    return undefined;
  }
  // Halving: some shares, such as that of the traces, are not in proportion to the load.
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    [low, high] = shareAt(middle) < 1 ? [middle, high] : [low, middle];
  }
  return high;
}
