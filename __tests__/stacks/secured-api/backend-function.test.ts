import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { Testing } from "cdktf";
import { only, securedApi, synthesized } from "../../support/synthesized";
import "../../support/terraform-matchers";

const json = synthesized();
const LOG_GROUP = "aws_cloudwatch_log_group.backend-function_log-group_0CCF503A";

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
}

/** Every IAM document of the stack: whatever argument of whatever resource holds JSON with statements. */
function policyDocuments(): { readonly Version: string; readonly Statement: readonly Statement[] }[] {
  const strings = Object.values(json.resource).flatMap(Object.values).flatMap(Object.values);
  return strings
    .filter((value): value is string => typeof value === "string" && value.includes('"Statement"'))
    .map((value) => JSON.parse(value) as { Version: string; Statement: Statement[] });
}

test("the function has the tutorial's name and handler and the smallest size", () => {
  expect(Testing.synth(securedApi())).toHaveResourceWithProperties(LambdaFunction, {
    function_name: "testing",
    handler: "handler.lambda_handler",
    runtime: "python3.13",
    architectures: ["arm64"],
    memory_size: 128,
    timeout: 5,
  });
});

test("the function takes its code from a zip named after its content, whose hash Lambda reports", () => {
  const { filename, source_code_hash } = only(json, "aws_lambda_function", "backend-function_");
  const sha256 = Buffer.from(String(source_code_hash), "base64");
  expect(sha256).toHaveLength(32);
  const name = sha256.toString("hex").slice(0, 16);
  expect(filename).toBe(`assets/backend-function_code_7F583511/${name}/${name}.zip`);
});

test("the log group exists before the function, with a retention, and so does the right to write to it", () => {
  expect(only(json, "aws_cloudwatch_log_group", "backend-function_")).toEqual({ name: "/aws/lambda/testing", retention_in_days: 30 });
  expect(only(json, "aws_lambda_function", "backend-function_")["depends_on"]).toEqual([
    LOG_GROUP,
    "aws_iam_role_policy.backend-function_writes-its-log_241000B6",
  ]);
});

test("only Lambda takes the role, and the role does nothing but write the function's log", () => {
  const { assume_role_policy, ...role } = only(json, "aws_iam_role", "backend-function_");
  expect(role).toEqual({ name: "testing-eu-central-1", description: "What the function testing may do: write its own log" });
  expect(JSON.parse(String(assume_role_policy))).toEqual({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
  });
  expect(JSON.parse(String(only(json, "aws_iam_role_policy", "backend-function_")["policy"]))).toEqual({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: `\${${LOG_GROUP}.arn}:*` }],
  });
});

test("no IAM document has a wildcard, but for the streams of a function's own log group", () => {
  const statements = policyDocuments().flatMap((document) => document.Statement);
  expect(statements.length).toBeGreaterThanOrEqual(2);
  for (const { Action, Resource } of statements) {
    for (const action of [Action].flat()) {
      expect(action).not.toContain("*");
    }
    for (const resource of [Resource ?? []].flat()) {
      expect(resource.replace(/^\$\{aws_cloudwatch_log_group\.[\w-]+-function_log-group_\w+\.arn\}:\*$/, "")).not.toContain("*");
    }
  }
});

test("API Gateway may call the function for GET on the root, from any stage of this API, and for nothing else", () => {
  expect(only(json, "aws_lambda_permission", "api_GET_")).toEqual({
    action: "lambda:InvokeFunction",
    function_name: "${aws_lambda_function.backend-function_65DEEF17.function_name}",
    principal: "apigateway.amazonaws.com",
    source_arn: "${aws_api_gateway_rest_api.api_rest-api_FFFBAE81.execution_arn}/*/GET/",
  });
});

test("name, Region and retention are the environment's", () => {
  const other = synthesized(securedApi({ names: { function: "hello" }, region: "eu-west-1", logRetentionDays: 365 }));
  expect(only(other, "aws_lambda_function", "backend-function_")["function_name"]).toBe("hello");
  expect(only(other, "aws_iam_role", "backend-function_")["name"]).toBe("hello-eu-west-1");
  expect(only(other, "aws_cloudwatch_log_group", "backend-function_")).toEqual({ name: "/aws/lambda/hello", retention_in_days: 365 });
});
