/** Which wildcards in a role's policy the guard lets through, and which it does not. */
import type { Environment } from "../../config/environment";
import { isNarrowed } from "../../review/guard/narrowed-wildcards";
import type { Statement } from "../../review/iam/policy-document";
import { environments } from "../support/environments";

const API = "arn:aws:apigateway:eu-central-1::/restapis/*";
const TABLES = "arn:aws:dynamodb:eu-central-1:222222222222:table/orders-*";
const PROD: Environment = {
  ...environments.prod,
  github: {
    planSubjects: ["repo:octo-org/octo-repo:pull_request"],
    deploySubjects: ["repo:octo-org/octo-repo:environment:prod"],
    oidcProvider: "create",
    functionBoundary: [{ actions: ["dynamodb:GetItem"], resources: [TABLES] }],
  },
};
const TAGS = { "aws:ResourceTag/project": "cognito-integration-demo", "aws:ResourceTag/environment": "prod" };
const ALIAS = { "kms:ResourceAliases": "alias/state" };

test.each<[what: string, expected: boolean, resource: string, more: Partial<Statement>]>([
  ["everything", false, "*", {}],
  ["every API", false, API, {}],
  ["the APIs with the tags of the environment", true, API, { Condition: { StringEquals: TAGS } }],
  [
    "APIs with the tags of another environment",
    false,
    API,
    { Condition: { StringEquals: { ...TAGS, "aws:ResourceTag/environment": "dev" } } },
  ],
  [
    "APIs with the project's tag alone",
    false,
    API,
    { Condition: { StringEquals: { "aws:ResourceTag/project": "cognito-integration-demo" } } },
  ],
  ["APIs whose tags are like those", false, API, { Condition: { StringLike: TAGS } }],
  ["APIs that have those tags or none", false, API, { Condition: { StringEqualsIfExists: TAGS } }],
  ["the key with an alias", true, "arn:aws:kms:eu-central-1:222222222222:key/*", { Condition: { "ForAnyValue:StringEquals": ALIAS } }],
  [
    "keys that lack other aliases",
    false,
    "arn:aws:kms:eu-central-1:222222222222:key/*",
    { Condition: { "ForAllValues:StringEquals": ALIAS } },
  ],
  ["an action without resources", true, "*", { Action: ["kms:ListAliases"] }],
  ["an action without resources beside another one", false, "*", { Action: ["kms:ListAliases", "kms:Decrypt"] }],
  ["all actions but those", false, "*", { NotAction: ["kms:ListAliases"] }],
  ["the streams of one log group", true, "arn:aws:logs:eu-central-1:222222222222:log-group:/aws/lambda/testing:*", {}],
  ["the streams of log groups with a prefix", false, "arn:aws:logs:eu-central-1:222222222222:log-group:/aws/lambda/*:*", {}],
  ["the environment's further functions", true, "arn:aws:lambda:eu-central-1:222222222222:function:testing-*", {}],
  ["their roles", true, "arn:aws:iam::222222222222:role/testing-*eu-central-1", {}],
  ["their log groups", true, "arn:aws:logs:eu-central-1:222222222222:log-group:/aws/lambda/testing-*", {}],
  [
    "their log streams, to write to",
    true,
    "arn:aws:logs:eu-central-1:222222222222:log-group:/aws/lambda/testing-*:*",
    { Action: ["logs:PutLogEvents"] },
  ],
  [
    "their log streams, to read",
    false,
    "arn:aws:logs:eu-central-1:222222222222:log-group:/aws/lambda/testing-*:*",
    { Action: ["logs:GetLogEvents"] },
  ],
  ["what github.functionBoundary has", true, TABLES, { Action: ["dynamodb:GetItem"] }],
  ["another action on it", false, TABLES, { Action: ["dynamodb:GetItem", "dynamodb:PutItem"] }],
  ["all but an action on it", false, TABLES, { NotAction: ["dynamodb:PutItem"] }],
  ["functions that are named otherwise", false, "arn:aws:lambda:eu-central-1:222222222222:function:test*", {}],
  ["further functions of another account", false, "arn:aws:lambda:eu-central-1:111111111111:function:testing-*", {}],
  ["roles whatever their Region", false, "arn:aws:iam::222222222222:role/testing-*", {}],
  ["one web ACL, whatever its id", true, "arn:aws:wafv2:eu-central-1:222222222222:regional/webacl/api/*", {}],
  ["every web ACL", false, "arn:aws:wafv2:eu-central-1:222222222222:regional/webacl/*/*", {}],
  ["the mappings of one host name", true, "arn:aws:apigateway:eu-central-1::/domainnames/api.example.com/basepathmappings/*", {}],
  ["every host name", false, "arn:aws:apigateway:eu-central-1::/domainnames/*", {}],
])("%s: %s", (_, expected, resource, more) => {
  const statement: Statement = {
    Effect: "Allow",
    ...(more.NotAction ? {} : { Action: ["service:Action"] }),
    Resource: [resource],
    ...more,
  };
  expect(isNarrowed(resource, statement, PROD)).toBe(expected);
});

describe("what ends in an id below a name: where everything before the end is named", () => {
  const PLACE = "eu-central-1:222222222222";
  const NAMED: readonly [what: string, resource: string][] = [
    ["the streams of a log group", `arn:aws:logs:${PLACE}:log-group:/aws/lambda/testing:*`],
    ["a web ACL, whatever its id", `arn:aws:wafv2:${PLACE}:regional/webacl/api/*`],
    ["AWS's own rules for web ACLs", `arn:aws:wafv2:${PLACE}:regional/managedruleset/*/*`],
    ["the alarms of an API", `arn:aws:cloudwatch:${PLACE}:alarm:cognito-integration-demo *`],
    ["the mappings of a host name", "arn:aws:apigateway:eu-central-1::/domainnames/api.example.com/basepathmappings/*"],
  ];
  const narrowed = (resource: string) =>
    isNarrowed(resource, { Effect: "Allow", Action: ["service:Action"], Resource: [resource] }, environments.prod);

  test.each(NAMED)("%s: %s", (_, resource) => {
    expect(narrowed(resource)).toBe(true);
  });

  /** Each part between colons, and each name in a path, that is neither AWS's nor a fixed word, made a wildcard. */
  const widened = NAMED.flatMap(([, resource]) =>
    ["aws", "eu-central-1", "222222222222", "/aws/lambda/testing", "webacl/api", "cognito-integration-demo", "api.example.com"]
      .filter((part) => resource.includes(part))
      .flatMap((part) => ["*", "?", `${part}*`].map((wildcard) => resource.replace(part, wildcard))),
  );
  test.each(widened)("not %s", (resource) => {
    expect(narrowed(resource)).toBe(false);
  });

  test.each(NAMED.flatMap(([, resource]) => [`${resource}*`, `${resource}/*`, `*${resource}`, resource.slice(0, -2) + "*"]))(
    "nor %s",
    (resource) => {
      expect(narrowed(resource)).toBe(false);
    },
  );

  test.each<[resource: string, expected: boolean]>([
    ["${aws_cloudwatch_log_group.backend-function_log-group.arn}:*", true],
    ["${aws_cloudwatch_log_group.one.arn}*", false],
    ["x${aws_cloudwatch_log_group.one.arn}:*", false],
    ["${aws_cloudwatch_log_group.one.arn}:*:*", false],
    ["${aws_cloudwatch_log_group.one.name}:*", false],
    ["${aws_cloudwatch_log_group.one[*].arn}:*", false],
    ["${aws_s3_bucket.one.arn}:*", false],
  ])("before the ARN is known: %s", (resource, expected) => {
    expect(narrowed(resource)).toBe(expected);
  });
});

describe("actions that AWS authorizes on no single resource", () => {
  const everywhere = (...Action: string[]) => isNarrowed("*", { Effect: "Allow", Action, Resource: ["*"] }, environments.prod);

  test.each([
    "cloudfront:UpdateDistribution",
    "cloudwatch:DescribeAlarms",
    "cognito-idp:DescribeUserPoolDomain",
    "kms:ListAliases",
    "logs:DescribeLogGroups",
    "wafv2:AssociateWebACL",
    "wafv2:DisassociateWebACL",
    "wafv2:GetWebACLForResource",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
  ])("%s", (action) => {
    expect(everywhere(action)).toBe(true);
    expect(everywhere(action, "s3:GetObject")).toBe(false);
  });

  test("no action that has no name, or another one", () => {
    expect(everywhere("")).toBe(false);
    expect(everywhere("logs:*")).toBe(false);
  });
});

describe("held by tags", () => {
  const held = (StringEquals: Record<string, unknown>, environment = environments.prod) =>
    isNarrowed(API, { Effect: "Allow", Action: ["apigateway:POST"], Resource: [API], Condition: { StringEquals } }, environment);
  const tags = (prefix: string, project: string, environment: string) => ({
    [`${prefix}/project`]: project,
    [`${prefix}/environment`]: environment,
  });
  const PROJECT = "cognito-integration-demo";

  test.each<[what: string, expected: boolean, tags: Record<string, unknown>]>([
    ["that a resource has", true, tags("aws:ResourceTag", PROJECT, "prod")],
    ["that it gets as it is made", true, tags("aws:RequestTag", PROJECT, "prod")],
    ["of another project", false, tags("aws:ResourceTag", "another", "prod")],
    ["of who calls, which say nothing of the resource", false, tags("aws:PrincipalTag", PROJECT, "prod")],
    ["half of the resource, half of the request", false, { "aws:ResourceTag/project": PROJECT, "aws:RequestTag/environment": "prod" }],
    ["of two environments", false, { ...tags("aws:ResourceTag", PROJECT, "prod"), "aws:ResourceTag/environment": ["prod", "dev"] }],
    ["that are none", false, {}],
  ])("%s: %s", (_, expected, condition) => {
    expect(held(condition)).toBe(expected);
  });

  test("of the environment itself", () => {
    expect(held(tags("aws:ResourceTag", PROJECT, "prod"), environments.dev)).toBe(false);
  });
});

describe("held by the alias of a key", () => {
  const KEYS = "arn:aws:kms:eu-central-1:222222222222:key/*";
  test.each<[what: string, expected: boolean, condition: Statement["Condition"]]>([
    ["one alias", true, { "ForAnyValue:StringEquals": ALIAS }],
    ["what is none", false, { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "state" } }],
    ["what only ends as one", false, { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "no-alias/state" } }],
    ["one of several", false, { "ForAnyValue:StringEquals": { "kms:ResourceAliases": ["alias/state", "alias/other"] } }],
    ["another key's property", false, { "ForAnyValue:StringEquals": { "kms:RequestAlias": "alias/state" } }],
    ["no condition", false, undefined],
  ])("%s: %s", (_, expected, Condition) => {
    expect(isNarrowed(KEYS, { Effect: "Allow", Action: ["kms:Decrypt"], Resource: [KEYS], Condition }, environments.prod)).toBe(expected);
  });
});
