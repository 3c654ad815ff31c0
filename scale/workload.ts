/** The load that is asked about: two figures, and what is assumed beside them. */
import { z } from "zod";
import { loadEnvironments } from "../config/load-environments";
import { firewall } from "../config/protection";
import { usersSchema } from "../config/users";
import { wholeNumber } from "../config/whole-number";

/** A number from `minimum` to `maximum`, with a message that says so. */
function number(minimum: number, maximum: number, unit: string) {
  const rule = `it must be a number of ${unit} from ${minimum} to ${maximum}`;
  return z.number(rule).min(minimum, rule).max(maximum, rule);
}

// The project's own limits count as much as AWS's quotas.
const { example } = loadEnvironments({ example: { account: "111111111111", region: "eu-central-1" } });
const { requestsPerAddress } = firewall.unwrap().parse({});

export const workloadSchema = z.strictObject({
  requestsPerSecond: number(0, 10_000_000, "requests a second")
    .default(10)
    .describe("Requests a second, all month long; each of them runs the function"),
  users: wholeNumber(0, 10_000_000_000, "users").default(1_000).describe("Accounts in the user pool"),
  tier: z
    .enum(usersSchema.shape.tier.unwrap().options, "it must be LITE, ESSENTIALS or PLUS")
    .default(example.users.tier)
    .describe("Feature plan of the user pool (`users.tier`)"),
  functionMilliseconds: wholeNumber(1, 900_000, "milliseconds").default(5).describe("Billed duration of a request to the function, in ms"),
  memoryMegabytes: wholeNumber(128, 10_240, "MB").default(128).describe("Memory of the function, in MB (`memoryMegabytes`)"),
  responseBytes: wholeNumber(0, 10_485_760, "bytes").default(1_000).describe("Size of a response with its headers, in bytes"),
  accessLogBytes: wholeNumber(0, 1_048_576, "bytes")
    .default(400)
    .describe("Access log of a request: one line, and 26 bytes that CloudWatch adds"),
  functionLogBytes: wholeNumber(0, 1_048_576, "bytes").default(350).describe("The function's log of a request: START, END and REPORT"),
  logRetentionDays: wholeNumber(1, 3_653, "days").default(365).describe("Days for which the logs are kept (`logRetentionDays`)"),
  logCompressionPercent: number(1, 100, "percent").default(15).describe("Stored size of a log in percent of its size"),
  activePercent: number(0, 100, "percent").default(50).describe("Users who sign in at least once in a month, in percent"),
  signInsPerActiveUser: number(0, 10_000, "sign-ins").default(10).describe("Sign-ins of an active user in a month"),
  signInPeak: number(1, 1_000, "times the average").default(3).describe("Sign-ins in the busiest second, as a multiple of the average"),
  pageRequestsPerSignIn: number(0, 100, "requests").default(3).describe("Requests to the login pages for a sign-in"),
  tokenRequestsPerSignIn: number(0, 1_000, "requests")
    .default(1)
    .describe("Requests to the token endpoint for a sign-in: 1 with the grant `code`, 1 more for each refresh, 0 with `implicit`"),
  newUsersPercent: number(0, 100, "percent").default(5).describe("New accounts in a month, in percent of the users"),
  mailsPerNewUser: number(0, 100, "mails").default(1.5).describe("Mails for each new account: its code, and forgotten passwords"),
  rampSeconds: number(1, 86_400, "seconds").default(60).describe("Seconds in which the requests rise from none to their rate"),
  requestsOfBusiestAddress: number(0, 10_000_000, "requests a second")
    .default(1)
    .describe("Requests a second from the busiest IP address; an office behind one address is many people"),
  routeRequestsPerSecond: number(1, 10_000_000, "requests a second")
    .default(example.throttling.requestsPerSecond)
    .describe("Throttling of a route, to which all requests go (`throttling.requestsPerSecond`)"),
  requestsPerAddress: wholeNumber(10, 2_000_000_000, "requests")
    .default(requestsPerAddress)
    .describe("Requests of one address in five minutes (`firewall.requestsPerAddress`)"),
});

export type Workload = z.output<typeof workloadSchema>;
export type WorkloadSettings = z.input<typeof workloadSchema>;

/**
 * A load with every assumption at its default, but for those that are given.
 *
 * @throws ZodError with the rule that a value breaks
 */
export function workload(settings: WorkloadSettings = {}): Workload {
  return workloadSchema.parse(settings);
}
