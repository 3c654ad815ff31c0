/** AWS's list prices in US dollars, without tax, discount or the free allowances that end after twelve months. */
import { type Evidence, type Figure, READ, REGION } from "./figure";

/** A range of a month's use and the price of each unit in it. */
export interface Tier {
  /** The last unit of the range, counted from the month's first. The last tier's is Infinity. */
  readonly upTo: number;
  readonly usd: number;
}

export interface Price extends Figure {
  /** How many pieces (requests, GB, users) one unit of the tiers is. */
  readonly piecesAUnit: number;
  readonly tiers: readonly Tier[];
}

const MILLION = 1_000_000;
const TB = 1_024; // in GB

const upTo = (last: number, usd: number): Tier => ({ upTo: last, usd });
const beyond = (usd: number): Tier => upTo(Infinity, usd);

function price(name: string, unit: string, piecesAUnit: number, tiers: readonly Tier[], evidence: Evidence, source: string): Price {
  return { name, unit, piecesAUnit, tiers, region: REGION, read: READ, evidence, source };
}

const GATEWAY = "https://docs.aws.amazon.com/whitepapers/latest/best-practices-api-gateway-private-apis-integration/cost-optimization.html";
const LAMBDA = "https://aws.amazon.com/lambda/pricing/";
const CLOUDWATCH = "https://aws.amazon.com/cloudwatch/pricing/";
const WAF = "https://aws.amazon.com/waf/pricing/";
const COGNITO = "https://aws.amazon.com/cognito/pricing/";
const CLOUDFRONT = "https://aws.amazon.com/cloudfront/pricing/pay-as-you-go/";

/** The allowances in them (tiers of price 0) do not end, and are the account's: what else runs in it uses them too. */
export const PRICES = {
  /** @see https://aws.amazon.com/api-gateway/pricing/ */
  restRequests: price(
    "API Gateway, REST API requests",
    "million",
    MILLION,
    [upTo(333, 3.5), upTo(1_000, 2.8), upTo(20_000, 2.38), beyond(1.51)],
    "documented",
    GATEWAY,
  ),
  /** A request and its response count once for each 512 KB. @see https://aws.amazon.com/api-gateway/pricing/ */
  httpRequests: price("API Gateway, HTTP API requests", "million", MILLION, [upTo(300, 1), beyond(0.9)], "documented", GATEWAY),
  /** @see https://aws.amazon.com/ec2/pricing/on-demand/ */
  transferOut: price(
    "Data transfer to the internet",
    "GB",
    1,
    [upTo(100, 0), upTo(10 * TB, 0.09), upTo(50 * TB, 0.085), upTo(150 * TB, 0.07), beyond(0.05)],
    "reported",
    "https://aws.amazon.com/ec2/pricing/on-demand/",
  ),
  /** @see https://aws.amazon.com/lambda/pricing/ */
  lambdaRequests: price("Lambda, requests", "million", MILLION, [upTo(1, 0), beyond(0.2)], "reported", LAMBDA),
  /**
   * The first 400,000 GB-seconds are free; 10 % less beyond 7.5 billion, 20 % less beyond 18.75 billion.
   *
   * @see https://aws.amazon.com/blogs/compute/introducing-tiered-pricing-for-aws-lambda/
   */
  lambdaDuration: price(
    "Lambda, duration on arm64",
    "million GB-seconds",
    MILLION,
    [upTo(0.4, 0), upTo(7_500, 13.3334), upTo(18_750, 12.00006), beyond(10.66672)],
    "reported",
    LAMBDA,
  ),
  functionLog: price(
    "CloudWatch Logs, from Lambda",
    "GB",
    1,
    [upTo(10 * TB, 0.5), upTo(30 * TB, 0.25), upTo(50 * TB, 0.1), beyond(0.05)],
    "reported",
    CLOUDWATCH,
  ),
  /** Without tiers: no page says that the tiers of Lambda's logs count for the access log of an API. The true price may be lower. */
  accessLog: price("CloudWatch Logs, access log", "GB", 1, [beyond(0.5)], "reported", CLOUDWATCH),
  logStorage: price("CloudWatch Logs, storage, compressed", "GB-month", 1, [beyond(0.03)], "reported", CLOUDWATCH),
  alarms: price("CloudWatch alarms", "alarm", 1, [upTo(10, 0), beyond(0.1)], "reported", CLOUDWATCH),
  dashboards: price("CloudWatch dashboards", "dashboard", 1, [upTo(3, 0), beyond(3)], "reported", CLOUDWATCH),
  traces: price(
    "X-Ray, traces recorded",
    "million",
    MILLION,
    [upTo(0.1, 0), beyond(5)],
    "reported",
    "https://aws.amazon.com/xray/pricing/",
  ),
  webAcls: price("AWS WAF, web ACL", "web ACL", 1, [beyond(5)], "reported", WAF),
  /** A managed rule group of AWS's own counts as one rule. */
  wafRules: price("AWS WAF, rules", "rule", 1, [beyond(1)], "reported", WAF),
  wafRequests: price("AWS WAF, requests", "million", MILLION, [beyond(0.6)], "reported", WAF),
  keys: price("KMS, keys", "key", 1, [beyond(1)], "reported", "https://aws.amazon.com/kms/pricing/"),
  mails: price("SES, mails sent", "thousand", 1_000, [beyond(0.1)], "reported", "https://aws.amazon.com/ses/pricing/"),
  /** The two last tiers are reported. @see https://aws.amazon.com/cognito/pricing/ */
  LITE: price(
    "Cognito, tier LITE",
    "monthly active user",
    1,
    [upTo(10_000, 0), upTo(100_000, 0.0055), upTo(1_000_000, 0.0046), upTo(10_000_000, 0.00325), beyond(0.0025)],
    "documented",
    COGNITO,
  ),
  ESSENTIALS: price("Cognito, tier ESSENTIALS", "monthly active user", 1, [upTo(10_000, 0), beyond(0.015)], "documented", COGNITO),
  /** No free allowance. */
  PLUS: price("Cognito, tier PLUS", "monthly active user", 1, [beyond(0.02)], "documented", COGNITO),
  /** For a full month. Added for less than a month, 45 dollars. */
  cognitoRate: price(
    "Cognito, request rate above the default quota",
    "request a second",
    1,
    [beyond(20)],
    "documented",
    "https://aws.amazon.com/about-aws/whats-new/2024/01/provisioned-capacity-api-limits-amazon-cognito/",
  ),
  /** Edges in the United States; 1.20 dollars a million in Europe. */
  edgeRequests: price("CloudFront, HTTPS requests", "million", MILLION, [upTo(10, 0), beyond(1)], "reported", CLOUDFRONT),
  edgeTransfer: price(
    "CloudFront, data transfer to the internet",
    "GB",
    1,
    [
      upTo(TB, 0),
      upTo(10 * TB, 0.085),
      upTo(50 * TB, 0.08),
      upTo(150 * TB, 0.06),
      upTo(500 * TB, 0.04),
      upTo(1_024 * TB, 0.03),
      upTo(5_120 * TB, 0.025),
      beyond(0.02),
    ],
    "reported",
    CLOUDFRONT,
  ),
} as const satisfies Readonly<Record<string, Price>>;
