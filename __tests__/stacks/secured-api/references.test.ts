import { synthesized } from "../../support/synthesized";

const { resource, output } = synthesized();

const API = "aws_api_gateway_rest_api.api_rest-api_FFFBAE81";
const DEPLOYMENT = "aws_api_gateway_deployment.api_deployment_3C116365";
const STAGE = "aws_api_gateway_stage.api_stage_9CA2AE48";
const LIMITS = "aws_api_gateway_method_settings.api_limits_FC691D0B";
const AUTHORIZER = "aws_api_gateway_authorizer.api_authorizer_85134A4D";
const GET = "aws_api_gateway_method.api_GET_method_6D324902";
const GET_INTEGRATION = "aws_api_gateway_integration.api_GET_integration_531AAA6F";
const PERMISSION = "aws_lambda_permission.api_GET_permission_86515907";
const PAGE = "aws_api_gateway_resource.api_signed-in_resource_332D3729";
const PAGE_METHOD = "aws_api_gateway_method.api_signed-in_GET_method_480CB6BE";
const FUNCTION = "aws_lambda_function.backend-function_65DEEF17";
const ROLE = "aws_iam_role.backend-function_role_BA8A1F33";
const POLICY = "aws_iam_role_policy.backend-function_writes-its-log_241000B6";
const POOL = "aws_cognito_user_pool.users_pool_87CF6C50";
const CLIENT = "aws_cognito_user_pool_client.sign-in_client_488D3CA6";
const DOMAIN = "aws_cognito_user_pool_domain.users_domain_7B71D320";

function at(address: string): Record<string, unknown> {
  const [type, name] = address.split(".");
  return resource[type!]![name!]!;
}

test.each<[address: string, argument: string, expression: string]>([
  [DEPLOYMENT, "rest_api_id", `${API}.id`],
  [STAGE, "rest_api_id", `${API}.id`],
  [STAGE, "deployment_id", `${DEPLOYMENT}.id`],
  [LIMITS, "rest_api_id", `${API}.id`],
  [LIMITS, "stage_name", `${STAGE}.stage_name`],

  [AUTHORIZER, "rest_api_id", `${API}.id`],
  [GET, "rest_api_id", `${API}.id`],
  [GET, "resource_id", `${API}.root_resource_id`],
  [GET, "authorizer_id", `${AUTHORIZER}.id`],
  [GET_INTEGRATION, "rest_api_id", `${API}.id`],
  [GET_INTEGRATION, "resource_id", `${GET}.resource_id`],
  [GET_INTEGRATION, "http_method", `${GET}.http_method`],
  [GET_INTEGRATION, "uri", `${FUNCTION}.invoke_arn`],
  [PERMISSION, "function_name", `${FUNCTION}.function_name`],

  [PAGE, "rest_api_id", `${API}.id`],
  [PAGE, "parent_id", `${API}.root_resource_id`],
  [PAGE_METHOD, "rest_api_id", `${API}.id`],
  [PAGE_METHOD, "resource_id", `${PAGE}.id`],

  [FUNCTION, "role", `${ROLE}.arn`],
  [POLICY, "role", `${ROLE}.name`],
  [CLIENT, "user_pool_id", `${POOL}.id`],
  [DOMAIN, "user_pool_id", `${POOL}.id`],
])("%s: %s", (address, argument, expression) => {
  expect(at(address)[argument]).toBe(`\${${expression}}`);
});

test("the authorizer asks the stack's own pool alone", () => {
  expect(at(AUTHORIZER)["provider_arns"]).toEqual([`\${${POOL}.arn}`]);
});

test("every expression refers to a resource of the stack", () => {
  const expressions = JSON.stringify([resource, output]).match(/\$\{[^}]*\}/g) ?? [];
  const addresses = new Set(expressions.flatMap((expression) => expression.match(/\baws_\w+\.[\w-]+/g) ?? []));
  expect(addresses.size).toBeGreaterThan(5);
  for (const address of addresses) {
    expect(at(address)).toBeDefined();
  }
});
