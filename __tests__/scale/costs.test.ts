import fc from "fast-check";
import { App, Testing } from "cdktf";
import { loadEnvironments } from "../../config/load-environments";
import { alternatives, cost, monthlyCosts, STANDING, total } from "../../scale/costs";
import { PRICES, type Price } from "../../scale/prices";
import { workload, type WorkloadSettings } from "../../scale/workload";
import { StateBackendStack } from "../../stacks/state-backend";
import { EVERYTHING_ON } from "../support/everything-on";
import { SETTINGS } from "../support/settings";
import { only, securedApi, synthesized, type TerraformJson, withoutFurtherFunctions } from "../support/synthesized";

const part = (settings: WorkloadSettings, name: string) => monthlyCosts(workload(settings)).find((line) => line.part === name)?.usd;
const prices = Object.entries<Price>(PRICES);

describe("a price in tiers", () => {
  test.each(prices)(
    "%s: its tiers rise to Infinity, and no unit costs less than nothing or more than the paid ones before it",
    (_, { tiers }) => {
      const ends = tiers.map(({ upTo }) => upTo);
      expect(ends).toEqual([...new Set(ends)].sort((one, other) => one - other));
      expect(ends.at(-1)).toBe(Infinity);
      const paid = tiers.map(({ usd }) => usd).filter((usd, index) => usd > 0 || index > 0);
      expect(paid).toEqual([...paid].sort((one, other) => other - one));
      expect(paid.at(-1)).toBeGreaterThan(0);
    },
  );

  test.each<[price: Price, pieces: number, usd: number]>([
    [PRICES.restRequests, 0, 0],
    [PRICES.restRequests, 333e6, 333 * 3.5],
    [PRICES.restRequests, 334e6, 333 * 3.5 + 2.8],
    [PRICES.restRequests, 1_000e6, 333 * 3.5 + 667 * 2.8],
    [PRICES.restRequests, 1_001e6, 333 * 3.5 + 667 * 2.8 + 2.38],
    [PRICES.restRequests, 20_000e6, 333 * 3.5 + 667 * 2.8 + 19_000 * 2.38],
    [PRICES.restRequests, 20_001e6, 333 * 3.5 + 667 * 2.8 + 19_000 * 2.38 + 1.51],
    [PRICES.lambdaRequests, 1e6, 0],
    [PRICES.lambdaRequests, 3e6, 0.4],
    [PRICES.LITE, 10_000, 0],
    [PRICES.LITE, 100_000, 90_000 * 0.0055],
    [PRICES.LITE, 950_000, 495 + 3_910], // AWS's own example
    [PRICES.LITE, 1_000_001, 495 + 900_000 * 0.0046 + 0.00325],
    [PRICES.ESSENTIALS, 10_000, 0],
    [PRICES.ESSENTIALS, 10_001, 0.015],
    [PRICES.PLUS, 1, 0.02],
    [PRICES.functionLog, 60 * 1_024, 1_024 * (10 * 0.5 + 20 * 0.25 + 20 * 0.1 + 10 * 0.05)],
    [PRICES.transferOut, 200 * 1_024, (10_240 - 100) * 0.09 + 1_024 * (40 * 0.085 + 100 * 0.07 + 50 * 0.05)],
  ])("$name", (price, pieces, usd) => {
    expect(cost(price, pieces)).toBeCloseTo(usd, 6);
  });
});

describe("a month", () => {
  // 1,000 requests a second are 2,628 million a month.
  test.each<[name: string, usd: number]>([
    ["API Gateway, REST API", 333 * 3.5 + 667 * 2.8 + 1_628 * 2.38],
    ["Data transfer to the internet", ((2_628e6 * 1_000) / 1_073_741_824 - 100) * 0.09],
    ["Lambda, requests", 2_627 * 0.2],
    ["Lambda, duration", (2_628e6 * 0.005 * 0.125 - 400_000) * 0.0000133334],
    ["CloudWatch, access log", ((2_628e6 * 400) / 1_073_741_824) * 0.5],
    ["CloudWatch, function's log", ((2_628e6 * 350) / 1_073_741_824) * 0.5],
    ["CloudWatch, logs kept", ((2_628e6 * 750) / 1_073_741_824) * 12 * 0.15 * 0.03],
    ["X-Ray", (2.628 * (1 + 999 / 20) - 0.1) * 5],
    ["AWS WAF, API", 2_628 * 0.6],
  ])("of 1,000 requests a second: %s", (name, usd) => {
    expect(part({ requestsPerSecond: 1_000 }, name)).toBeCloseTo(usd, 4);
  });

  // 100 million users: 50 million active, 500 million sign-ins, 570.8 in the busiest second; 5 million new ones, 11.4 operations.
  test.each<[name: string, usd: number]>([
    ["Cognito, tier ESSENTIALS", (50e6 - 10_000) * 0.015],
    ["Cognito, rates above the quotas", 2 * (571 - 120) * 20],
    ["AWS WAF, login pages", 1_500 * 0.6],
    ["SES", 7_500 * 0.1],
  ])("of 100 million users: %s", (name, usd) => {
    expect(part({ users: 100_000_000 }, name)).toBeCloseTo(usd, 4);
  });

  test("sign-ups and tokens above their quotas are bought too", () => {
    // 20 million users, all new: 40 million operations, 45.7 in the busiest second; and none at all of the rest.
    const signUps = { users: 20_000_000, newUsersPercent: 100, signInsPerActiveUser: 0 };
    expect(part(signUps, "Cognito, rates above the quotas")).toBe(0);
    // Twice the peak: 91.3.
    expect(part({ ...signUps, signInPeak: 6 }, "Cognito, rates above the quotas")).toBe((92 - 50) * 20);
  });

  test("without load there is what stands there: web ACL, rules, keys", () => {
    const lines = monthlyCosts(workload({ requestsPerSecond: 0, users: 0 }));
    expect(total(lines)).toBe(5 + 3 + 2);
    expect(total(lines, "nothing")).toBe(10);
  });

  test("an HTTP API counts each 512 KB of a response, CloudFront requests and bytes", () => {
    const large = alternatives(workload({ requestsPerSecond: 100, responseBytes: 512 * 1_024 + 1 }));
    expect(large.httpApi).toBeCloseTo(300 + (2 * 262.8 - 300) * 0.9, 6);
    const small = alternatives(workload({ requestsPerSecond: 100 }));
    expect(small.httpApi).toBeCloseTo(262.8, 6);
    expect(small.restApi).toBeCloseTo(262.8 * 3.5, 6);
    expect(small.cloudFront).toBeCloseTo(252.8, 6); // 245 GB are within CloudFront's free TB
  });
});

describe("more of anything", () => {
  const more = (field: keyof WorkloadSettings, maximum: number) =>
    [field, fc.tuple(fc.integer({ min: 1, max: maximum }), fc.integer({ min: 1, max: maximum }))] as const;

  test.each([
    more("requestsPerSecond", 10_000_000),
    more("users", 10_000_000_000),
    more("functionMilliseconds", 900_000),
    more("responseBytes", 10_485_760),
    more("accessLogBytes", 1_048_576),
    more("logRetentionDays", 3_653),
    more("activePercent", 100),
    more("signInsPerActiveUser", 10_000),
    more("newUsersPercent", 100),
  ])("of %s never costs less, in no part", (field, pairs) => {
    fc.assert(
      fc.property(
        pairs,
        fc.integer({ min: 0, max: 200_000 }),
        fc.integer({ min: 0, max: 200_000_000 }),
        (pair, requestsPerSecond, users) => {
          const [less, rest] = [Math.min(...pair), Math.max(...pair)].map((value) =>
            monthlyCosts(workload({ requestsPerSecond, users, [field]: value })).map(({ usd }) => usd),
          );
          less!.forEach((usd, index) => {
            expect(rest![index]).toBeGreaterThanOrEqual(usd);
          });
        },
      ),
    );
  });

  test("what grows with requests does not depend on users, nor the other way round", () => {
    const rate = fc.integer({ min: 0, max: 10_000_000 });
    const people = fc.integer({ min: 0, max: 10_000_000_000 });
    fc.assert(
      fc.property(rate, people, (requestsPerSecond, users) => {
        const both = monthlyCosts(workload({ requestsPerSecond, users }));
        expect(total(both, "requests")).toBe(total(monthlyCosts(workload({ requestsPerSecond, users: 0 })), "requests"));
        expect(total(both, "users")).toBe(total(monthlyCosts(workload({ requestsPerSecond: 0, users })), "users"));
        expect(total(both)).toBeCloseTo(total(both, "requests") + total(both, "users") + total(both, "nothing"), 2);
      }),
    );
  });
});

describe("the stack with everything on", () => {
  const json = withoutFurtherFunctions(synthesized(securedApi(EVERYTHING_ON)));
  const count = ({ resource }: TerraformJson, type: string) => Object.keys(resource[type] ?? {}).length;

  test("has as many standing parts as are calculated", () => {
    const { test } = loadEnvironments({ test: SETTINGS });
    const app = Testing.stubVersion(new App({ stackTraces: false, outdir: Testing.app().outdir }));
    const state = JSON.parse(Testing.synth(new StateBackendStack(app, test))) as TerraformJson;
    expect({
      webAcls: count(json, "aws_wafv2_web_acl"),
      wafRules: (only(json, "aws_wafv2_web_acl")["rule"] as unknown[]).length,
      alarms: count(json, "aws_cloudwatch_metric_alarm"),
      dashboards: count(json, "aws_cloudwatch_dashboard"),
      keys: count(json, "aws_kms_key") + count(state, "aws_kms_key"),
    }).toEqual(STANDING);
  });

  test("writes access log lines of the assumed size", () => {
    const uuid = "00000000-0000-0000-0000-000000000000";
    const written: Record<string, string> = {
      "$context.requestId": uuid,
      "$context.xrayTraceId": "Root=1-00000000-000000000000000000000000",
      "$context.requestTimeEpoch": "1764057600000",
      "$context.httpMethod": "GET",
      "$context.resourcePath": "/orders/{id}",
      "$context.status": "200",
      "$context.waf.status": "200",
      "$context.authorizer.claims.sub": uuid,
      "$context.responseLatency": "20",
      "$context.integration.status": "200",
      "$context.integration.latency": "15",
    };
    const { format } = only(json, "aws_api_gateway_stage")["access_log_settings"] as { format: string };
    const line = format.replace(/\$context\.[\w.]+/g, (variable) => written[variable] ?? "-");
    const { accessLogBytes } = workload();
    expect(line.length + 26).toBeGreaterThan(accessLogBytes * 0.9);
    expect(line.length + 26).toBeLessThanOrEqual(accessLogBytes);
  });
});
