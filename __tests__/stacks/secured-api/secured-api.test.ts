import { securedApi, synthesized, type TerraformJson, withStandardScopes } from "../../support/synthesized";

const API = "${aws_api_gateway_rest_api.api_rest-api_FFFBAE81.id}";
const CLIENT = "${aws_cognito_user_pool_client.sign-in_client_488D3CA6.id}";
const LOGIN_PAGES = "https://${aws_cognito_user_pool_domain.users_domain_7B71D320.domain}.auth.eu-central-1.amazoncognito.com";
const INVOKE_URL = `https://${API}.execute-api.eu-central-1.amazonaws.com/demo`;
const REDIRECT = `\${urlencode("${INVOKE_URL}/signed-in")}`;

const json = synthesized();

function outputs(of: TerraformJson): Record<string, string> {
  return Object.fromEntries(Object.entries(of.output).map(([name, { value }]) => [name, withStandardScopes(value)]));
}

// Whoever changes an address adds a `moved` block: Terraform would destroy the resource and create another one in its place.
// What a team adds beside them is of these types: routes, functions and scopes (docs/routes.md).
const OF_A_TEAM =
  /^aws_(api_gateway_(integration|integration_response|method|method_response|method_settings|model|request_validator|resource)|cloudwatch_log_group|cognito_resource_server|iam_role|iam_role_policy|lambda_\w+)\./;

test("the tutorial's resources are at these addresses in the state, and beside them there are only routes, functions and scopes", () => {
  const addresses = Object.entries(json.resource).flatMap(([type, resources]) => Object.keys(resources).map((name) => `${type}.${name}`));
  const ofTheTutorial = [
    "aws_api_gateway_authorizer.api_authorizer_85134A4D",
    "aws_api_gateway_deployment.api_deployment_3C116365",
    "aws_api_gateway_gateway_response.refusals_access-denied_C39FADD4",
    "aws_api_gateway_gateway_response.refusals_unauthorized_2F7D2350",
    "aws_api_gateway_integration.api_GET_integration_531AAA6F",
    "aws_api_gateway_integration.api_signed-in_GET_integration_3BD63030",
    "aws_api_gateway_integration_response.api_signed-in_GET_integration-response_A6D6B152",
    "aws_api_gateway_method.api_GET_method_6D324902",
    "aws_api_gateway_method.api_signed-in_GET_method_480CB6BE",
    "aws_api_gateway_method_response.api_signed-in_GET_method-response_C2324B29",
    "aws_api_gateway_method_settings.api_limits_FC691D0B",
    "aws_api_gateway_resource.api_signed-in_resource_332D3729",
    "aws_api_gateway_rest_api.api_rest-api_FFFBAE81",
    "aws_api_gateway_stage.api_stage_9CA2AE48",
    "aws_cloudwatch_log_group.backend-function_log-group_0CCF503A",
    "aws_cognito_user_pool.users_pool_87CF6C50",
    "aws_cognito_user_pool_client.sign-in_client_488D3CA6",
    "aws_cognito_user_pool_domain.users_domain_7B71D320",
    "aws_iam_role.backend-function_role_BA8A1F33",
    "aws_iam_role_policy.backend-function_writes-its-log_241000B6",
    "aws_lambda_function.backend-function_65DEEF17",
    "aws_lambda_permission.api_GET_permission_86515907",
  ];
  expect(addresses).toEqual(expect.arrayContaining(ofTheTutorial));
  expect(addresses.filter((address) => !ofTheTutorial.includes(address) && !OF_A_TEAM.test(address))).toEqual([]);
});

test("the outputs, in AWS's own form", () => {
  expect(outputs(json)).toEqual({
    invoke_url: INVOKE_URL,
    landing_page_url: `${INVOKE_URL}/signed-in`,
    sign_in_url: `${LOGIN_PAGES}/login?client_id=${CLIENT}&response_type=token&scope=email+openid&redirect_uri=${REDIRECT}`,
    sign_out_url: `${LOGIN_PAGES}/logout?client_id=${CLIENT}&logout_uri=${REDIRECT}`,
    user_pool_id: "${aws_cognito_user_pool.users_pool_87CF6C50.id}",
    user_pool_client_id: CLIENT,
    rest_api_id: API,
    function_name: "${aws_lambda_function.backend-function_65DEEF17.function_name}",
  });
  for (const { description } of Object.values(json.output)) {
    expect(description).toMatch(/^[A-Z].{10,}/);
  }
});

test("the sign-in address of the grant code, which has the same sign-out address", () => {
  const { sign_in_url, sign_out_url } = outputs(
    synthesized(securedApi({ signIn: { oauthGrant: "code", scopes: ["openid", "email", "profile"] } })),
  );
  expect(sign_in_url).toBe(
    `${LOGIN_PAGES}/login?client_id=${CLIENT}&response_type=code&scope=email+openid+profile&redirect_uri=${REDIRECT}`,
  );
  expect(sign_out_url).toBe(outputs(json)["sign_out_url"]);
});

test("the state lies in S3, one file for each environment and stack, under a native lock", () => {
  expect(json.terraform).toEqual({
    backend: {
      s3: {
        allowed_account_ids: ["111111111111"],
        bucket: "cognito-integration-demo-state-111111111111-eu-central-1",
        key: "test/secured-api.tfstate",
        region: "eu-central-1",
        use_lockfile: true,
      },
    },
    required_providers: { aws: { source: "aws", version: "5.100.0" } },
    required_version: ">= 1.10.0",
  });
});

test("the provider takes one account only and tags everything; the settings' tags cannot hide the default ones", () => {
  const { provider } = synthesized(securedApi({ tags: { owner: "team", project: "other" } }));
  expect(provider).toEqual({
    aws: [
      {
        region: "eu-central-1",
        allowed_account_ids: ["111111111111"],
        default_tags: [
          {
            tags: {
              owner: "team",
              project: "cognito-integration-demo",
              environment: "test",
              stack: "secured-api",
              "managed-by": "terraform",
              repository: "cognito-integration-demo",
            },
          },
        ],
      },
    ],
  });
});

test("nothing is looked up: no data source, no variable, no module", () => {
  expect(Object.keys(json).sort()).toEqual(["output", "provider", "resource", "terraform"]);
});
