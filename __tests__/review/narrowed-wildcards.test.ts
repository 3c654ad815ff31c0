/** Which wildcards in a role's policy the guard lets through, and which it does not. */
import { environments } from "../../config/environments";
import { isNarrowed } from "../../review/guard/narrowed-wildcards";
import type { Statement } from "../../review/iam/policy-document";

const API = "arn:aws:apigateway:eu-central-1::/restapis/*";
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
  expect(isNarrowed(resource, statement, environments.prod)).toBe(expected);
});
