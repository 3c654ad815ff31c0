/** What a team adds to the stack, and the roles of GitHub Actions: functions by their names, and what these may do. */
import type { EnvironmentSettings } from "../../../config/environment";
import { loadEnvironments } from "../../../config/load-environments";
import { githubRoleStatements } from "../../../stacks/github-access";
import { actionName } from "../../../stacks/github-access/statement";
import { secret } from "../../../stacks/secured-api";
import type { FunctionOptions } from "../../../stacks/secured-api/function-options";
import { SETTINGS } from "../../support/settings";
import { securedApi, synthesized } from "../../support/synthesized";

type Github = NonNullable<EnvironmentSettings["github"]>;

const GITHUB = {
  planSubjects: ["repo:octo-org/octo-repo:pull_request"],
  deploySubjects: ["repo:octo-org/octo-repo:environment:test"],
} satisfies Github;
const CODE = { sourceFolder: "lambda-src", handler: "handler.lambda_handler" };
const TABLE = "arn:aws:dynamodb:eu-central-1:111111111111:table/orders";
const READ_TABLE = { actions: ["dynamodb:GetItem"], resources: [TABLE] };

/** The stack with a further function. */
function withFunction(options: FunctionOptions, github: Github | null = GITHUB) {
  const stack = securedApi(github ? { github } : {});
  stack.addFunction("sample", { ...CODE, ...options });
  return stack;
}

/** Whether a role may take an action on a resource, its conditions aside. */
function mayDo(purpose: "read" | "deploy", action: string, resource: string): boolean {
  const { test: environment } = loadEnvironments({ test: { ...SETTINGS, github: GITHUB } });
  return githubRoleStatements(purpose, environment).some(
    ({ actions, resources }) =>
      actions.map(actionName).includes(action) &&
      resources.some((pattern) => {
        const [begin = "", end] = pattern.split("*");
        return end === undefined ? pattern === resource : resource.startsWith(begin) && resource.endsWith(end);
      }),
  );
}

test("a further function's role carries the boundary, and the names of all that it brings are those that the deploy role may make", () => {
  const json = synthesized(withFunction({ reservedConcurrency: 5 }));
  for (const role of Object.values(json.resource["aws_iam_role"]!)) {
    expect(role["permissions_boundary"]).toBe("arn:aws:iam::111111111111:policy/cognito-integration-demo-test-function-boundary");
    expect(mayDo("deploy", "iam:CreateRole", `arn:aws:iam::111111111111:role/${String(role["name"])}`)).toBe(true);
  }
  for (const made of Object.values(json.resource["aws_lambda_function"]!)) {
    const arn = `arn:aws:lambda:eu-central-1:111111111111:function:${String(made["function_name"])}`;
    expect(mayDo("deploy", "lambda:CreateFunction", arn)).toBe(true);
    expect(mayDo("read", "lambda:GetFunction", arn)).toBe(true);
  }
  for (const group of Object.values(json.resource["aws_cloudwatch_log_group"]!)) {
    const arn = `arn:aws:logs:eu-central-1:111111111111:log-group:${String(group["name"])}`;
    expect(mayDo("deploy", "logs:CreateLogGroup", arn)).toBe(true);
  }
});

test.each([
  ["lambda:UpdateFunctionCode", "arn:aws:lambda:eu-central-1:111111111111:function:testingsample"],
  ["lambda:UpdateFunctionCode", "arn:aws:lambda:eu-west-1:111111111111:function:testing-sample"],
  ["iam:PutRolePolicy", "arn:aws:iam::111111111111:role/testing-sample-eu-west-1"],
  ["iam:PutRolePolicy", "arn:aws:iam::111111111111:role/testing-sample"],
  ["iam:PassRole", "arn:aws:iam::111111111111:role/cognito-integration-demo-test-deploy"],
  ["logs:DeleteLogGroup", "arn:aws:logs:eu-central-1:111111111111:log-group:/aws/lambda/testingsample"],
])("the deploy role has no %s on %s", (action, resource) => {
  expect(mayDo("deploy", action, resource)).toBe(false);
});

describe("what a function may do beyond its logs and traces", () => {
  const beyond = (what: string) =>
    `The function testing-sample needs ${what}, which the permissions boundary of its role does not allow. Add it to github.functionBoundary in ` +
    "config/environments.ts, and have a person deploy the stack github-access first.";
  const statement = { actions: ["dynamodb:GetItem"], resources: [TABLE] } as const;

  test.each<[what: string, options: FunctionOptions, message: string]>([
    ["a statement", { statements: [statement] }, beyond(`dynamodb:GetItem on ${TABLE}`)],
    [
      "a secret",
      { environment: { DB_PASSWORD: secret({ ssmParameter: "/orders/db" }) } },
      beyond("ssm:GetParameter on arn:aws:ssm:eu-central-1:111111111111:parameter/orders/db"),
    ],
    [
      "a dead-letter queue",
      { asynchronous: { deadLetterQueueArn: "arn:aws:sqs:eu-central-1:111111111111:lost" } },
      beyond("sqs:SendMessage on arn:aws:sqs:eu-central-1:111111111111:lost"),
    ],
    [
      "an ARN that is known after an apply",
      { statements: [{ actions: ["dynamodb:GetItem"], resources: ["${aws_dynamodb_table.orders.arn}"] }] },
      beyond("dynamodb:GetItem"),
    ],
  ])("stops synth where the boundary does not allow it: %s", (_, options, message) => {
    expect(() => withFunction(options)).toThrow(new Error(message));
    expect(() => withFunction(options, null)).not.toThrow();
  });

  test.each<[what: string, statements: FunctionOptions["statements"], functionBoundary: Github["functionBoundary"]]>([
    ["the same", [statement], [READ_TABLE]],
    ["it for an ARN that is known after an apply", [{ ...statement, resources: ["${aws_dynamodb_table.orders.arn}"] }], [READ_TABLE]],
    ["more actions", [statement], [{ ...READ_TABLE, actions: ["dynamodb:Query", "dynamodb:GetItem"] }]],
    ["all resources that begin so", [statement], [{ ...READ_TABLE, resources: [TABLE.replace("orders", "*")] }]],
  ])("is taken where github.functionBoundary has %s", (_, statements, functionBoundary) => {
    expect(() => withFunction({ statements: statements! }, { ...GITHUB, functionBoundary: functionBoundary! })).not.toThrow();
  });

  test.each<[what: string, functionBoundary: NonNullable<Github["functionBoundary"]>[number]]>([
    ["another action", { ...READ_TABLE, actions: ["dynamodb:PutItem"] }],
    ["another table", { ...READ_TABLE, resources: [`${TABLE}-of-others`] }],
    ["tables that begin otherwise", { ...READ_TABLE, resources: [`${TABLE}-*`] }],
  ])("is not taken where it has %s", (_, functionBoundary) => {
    expect(() => withFunction({ statements: [statement] }, { ...GITHUB, functionBoundary: [functionBoundary] })).toThrow(
      "permissions boundary",
    );
  });
});
