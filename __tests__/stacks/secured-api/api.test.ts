import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { Testing } from "cdktf";
import { only, securedApi, synthesized, type TerraformJson } from "../../support/synthesized";
import "../../support/terraform-matchers";

const json = synthesized();

/** The one resource of a type whose arguments include these. */
function find(of: TerraformJson, type: string, wanted: Record<string, unknown>): Record<string, unknown> {
  const found = Object.values(of.resource[type]!).filter((config) =>
    Object.entries(wanted).every(([name, value]) => config[name] === value),
  );
  expect(found).toHaveLength(1);
  return found[0]!;
}

test("the API is regional and has no OpenAPI body", () => {
  expect(Testing.synth(securedApi())).toHaveResource(ApiGatewayRestApi);
  expect(only(json, "aws_api_gateway_rest_api")).toEqual({
    name: "cognito-integration-demo",
    endpoint_configuration: { types: ["REGIONAL"] },
    disable_execute_api_endpoint: false,
    binary_media_types: [],
  });
});

test("the environment's binary media types are the API's", () => {
  const binaryMediaTypes = ["image/png", "font/woff2"];
  expect(only(synthesized(securedApi({ binaryMediaTypes })), "aws_api_gateway_rest_api")["binary_media_types"]).toEqual(binaryMediaTypes);
});

test("the authorizer reads access tokens of the pool from one header, and sets nothing that would refuse them", () => {
  expect(only(json, "aws_api_gateway_authorizer")).toEqual({
    rest_api_id: "${aws_api_gateway_rest_api.api_rest-api_FFFBAE81.id}",
    name: "Authorizerdemo",
    type: "COGNITO_USER_POOLS",
    provider_arns: ["${aws_cognito_user_pool.users_pool_87CF6C50.arn}"],
    identity_source: "method.request.header.Token",
  });
});

test("two methods: GET on the root for scope email, and the landing page for everybody", () => {
  expect(only(json, "aws_api_gateway_method", "api_GET_")).toMatchObject({
    resource_id: "${aws_api_gateway_rest_api.api_rest-api_FFFBAE81.root_resource_id}",
    http_method: "GET",
    authorization: "COGNITO_USER_POOLS",
    authorization_scopes: ["email"],
  });
  expect(only(json, "aws_api_gateway_method", "api_signed-in_GET_")).toEqual({
    rest_api_id: "${aws_api_gateway_rest_api.api_rest-api_FFFBAE81.id}",
    resource_id: "${aws_api_gateway_resource.api_signed-in_resource_332D3729.id}",
    http_method: "GET",
    authorization: "NONE",
  });
  expect(only(json, "aws_api_gateway_resource", "api_signed-in_")["path_part"]).toBe("signed-in");
});

test("GET on the root is answered by the function, as a proxy", () => {
  expect(only(json, "aws_api_gateway_integration", "api_GET_")).toEqual({
    rest_api_id: "${aws_api_gateway_rest_api.api_rest-api_FFFBAE81.id}",
    resource_id: "${aws_api_gateway_method.api_GET_method_6D324902.resource_id}",
    http_method: "${aws_api_gateway_method.api_GET_method_6D324902.http_method}",
    type: "AWS_PROXY",
    integration_http_method: "POST",
    uri: "${aws_lambda_function.backend-function_65DEEF17.invoke_arn}",
  });
});

test("the landing page comes from the gateway itself, whatever the browser accepts", () => {
  expect(only(json, "aws_api_gateway_integration", "api_signed-in_")["request_templates"]).toEqual({
    "application/json": '{"statusCode":200}',
  });
  const { response_templates, response_parameters, status_code } = only(json, "aws_api_gateway_integration_response", "api_signed-in_GET_");
  expect(Object.keys(response_templates as object)).toEqual(["application/json"]);
  expect(response_parameters).toMatchObject({
    "method.response.header.Content-Type": "'text/html; charset=utf-8'",
    "method.response.header.Cache-Control": "'no-store'",
    "method.response.header.Content-Security-Policy": expect.stringMatching(/^'default-src 'none'; .*;'$/) as string,
  });
  const { response_parameters: declared, status_code: declaredStatus } = only(
    json,
    "aws_api_gateway_method_response",
    "api_signed-in_GET_",
  );
  expect(declared).toEqual(Object.fromEntries(Object.keys(response_parameters as object).map((name) => [name, true])));
  expect([status_code, declaredStatus]).toEqual([
    "${aws_api_gateway_method_response.api_signed-in_GET_method-response_C2324B29.status_code}",
    "200",
  ]);
});

test.each([
  ["UNAUTHORIZED", "401", "invalid_token"],
  ["ACCESS_DENIED", "403", "insufficient_scope"],
])("the gateway's answer %s is JSON that says why and where to sign in, and is kept by no cache", (response_type, status_code, error) => {
  const signInUrl = json.output["sign_in_url"]!.value;
  expect(find(json, "aws_api_gateway_gateway_response", { response_type })).toEqual({
    rest_api_id: "${aws_api_gateway_rest_api.api_rest-api_FFFBAE81.id}",
    response_type,
    status_code,
    response_parameters: {
      "gatewayresponse.header.Cache-Control": "'no-store'",
      "gatewayresponse.header.WWW-Authenticate": `'Bearer error="${error}"'`,
    },
    response_templates: { "application/json": `{"message":$context.error.messageString,"sign_in_url":"${signInUrl}"}` },
  });
});

test("the stage serves the deployment, throttled as a whole, and writes no request to the log", () => {
  expect(only(json, "aws_api_gateway_stage")).toEqual({
    rest_api_id: "${aws_api_gateway_rest_api.api_rest-api_FFFBAE81.id}",
    deployment_id: "${aws_api_gateway_deployment.api_deployment_3C116365.id}",
    stage_name: "demo",
  });
  expect(only(json, "aws_api_gateway_method_settings", "api_limits_")).toMatchObject({
    method_path: "*/*",
    settings: { throttling_rate_limit: 50, throttling_burst_limit: 100, data_trace_enabled: false },
  });
});

test("names, header, stage and throttling are the environment's", () => {
  const other = synthesized(
    securedApi({
      names: { api: "orders", authorizer: "Guard" },
      tokenHeader: "X-Token",
      stage: "v1",
      throttling: { requestsPerSecond: 0.5, burst: 1 },
    }),
  );
  expect(only(other, "aws_api_gateway_rest_api")["name"]).toBe("orders");
  expect(only(other, "aws_api_gateway_authorizer")).toMatchObject({ name: "Guard", identity_source: "method.request.header.X-Token" });
  expect(only(other, "aws_api_gateway_stage")["stage_name"]).toBe("v1");
  expect(only(other, "aws_api_gateway_method_settings", "api_limits_")["settings"]).toMatchObject({
    throttling_rate_limit: 0.5,
    throttling_burst_limit: 1,
  });
  expect(other.output["invoke_url"]!.value).toMatch(/\.amazonaws\.com\/v1$/);
});
