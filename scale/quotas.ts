/** AWS's default quotas that load reaches, for an account in a Region. */
import { type Evidence, type Figure, READ } from "./figure";

export interface Quota extends Figure {
  readonly value: number;
  /** How it is raised: the service and the quota's name in Service Quotas, or who does it. */
  readonly raise: string;
}

function quota(name: string, value: number, unit: string, raise: string, evidence: Evidence, source: string): Quota {
  return { name, value, unit, raise, region: "most Regions", read: READ, evidence, source };
}

const LAMBDA_CONCURRENCY = 1_000;
const LAMBDA_SCALING = "https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html";
const COGNITO = "https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html";
/** AWS's guide of 2021. Today's page was not found to name these, nor to say that they are gone. */
const COGNITO_2021 = "https://github.com/awsdocs/amazon-cognito-developer-guide/blob/main/doc_source/limits.md";

export const QUOTAS = {
  accountThrottle: quota(
    "API Gateway, requests of all APIs",
    10_000,
    "a second",
    "API Gateway: Throttle rate (L-8A5B8E43)",
    "documented",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html",
  ),
  /** A new account starts lower, and AWS raises it with use. */
  concurrency: quota(
    "Lambda, functions that run at once",
    LAMBDA_CONCURRENCY,
    "at once",
    "Lambda: Concurrent executions (L-B99A9384)",
    "documented",
    "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
  ),
  /** What binds functions that run for less than 100 ms. */
  invocations: quota(
    "Lambda, requests: ten times the concurrency",
    10 * LAMBDA_CONCURRENCY,
    "a second",
    "rises with Concurrent executions",
    "documented",
    "https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html",
  ),
  scaling: quota(
    "Lambda, how fast one function scales",
    10_000,
    "more a second, in each 10 s",
    "never; more functions share it out",
    "documented",
    LAMBDA_SCALING,
  ),
  /** Beyond it traces are lost, no requests. */
  segments: quota(
    "X-Ray, segments",
    2_600,
    "a second",
    "a sampling rule that takes fewer, or AWS Support",
    "reported",
    "https://docs.aws.amazon.com/general/latest/gr/xray.html",
  ),
  accounts: quota("Cognito, users of a pool", 40_000_000, "users", "by AWS's account team", "documented", COGNITO),
  signIns: quota(
    "Cognito, UserAuthentication",
    120,
    "a second",
    "Cognito: Rate of UserAuthentication requests (L-026ADBA3)",
    "documented",
    COGNITO,
  ),
  signUps: quota("Cognito, UserCreation", 50, "a second", "Cognito: Rate of UserCreation requests", "documented", COGNITO),
  tokens: quota("Cognito, UserToken", 120, "a second", "Cognito: Rate of UserToken requests (L-F21F8BB4)", "documented", COGNITO),
  clientPages: quota(
    "Cognito, login pages of an app client",
    300,
    "a second",
    "AWS Support; several app clients share it out",
    "reported",
    COGNITO_2021,
  ),
  domainPages: quota("Cognito, login pages of a domain", 500, "a second", "AWS Support", "reported", COGNITO_2021),
  mails: quota(
    "Cognito's own mails",
    50,
    "a day",
    "never; `users.emailSender` sends by SES",
    "documented",
    "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-email.html",
  ),
} as const satisfies Readonly<Record<string, Quota>>;
