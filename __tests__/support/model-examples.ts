/** One resource of every type of an API's model, with every argument that the provider knows: types hold the list to that. */
import { ApiGatewayAuthorizer, type ApiGatewayAuthorizerConfig } from "@cdktf/provider-aws/lib/api-gateway-authorizer";
import { ApiGatewayGatewayResponse, type ApiGatewayGatewayResponseConfig } from "@cdktf/provider-aws/lib/api-gateway-gateway-response";
import { ApiGatewayIntegration, type ApiGatewayIntegrationConfig } from "@cdktf/provider-aws/lib/api-gateway-integration";
import {
  ApiGatewayIntegrationResponse,
  type ApiGatewayIntegrationResponseConfig,
} from "@cdktf/provider-aws/lib/api-gateway-integration-response";
import { ApiGatewayMethod, type ApiGatewayMethodConfig } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayMethodResponse, type ApiGatewayMethodResponseConfig } from "@cdktf/provider-aws/lib/api-gateway-method-response";
import { ApiGatewayModel, type ApiGatewayModelConfig } from "@cdktf/provider-aws/lib/api-gateway-model";
import { ApiGatewayRequestValidator, type ApiGatewayRequestValidatorConfig } from "@cdktf/provider-aws/lib/api-gateway-request-validator";
import { ApiGatewayResource, type ApiGatewayResourceConfig } from "@cdktf/provider-aws/lib/api-gateway-resource";
import { ApiGatewayRestApi, type ApiGatewayRestApiConfig } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayRestApiPolicy, type ApiGatewayRestApiPolicyConfig } from "@cdktf/provider-aws/lib/api-gateway-rest-api-policy";
import { ApiGatewayRestApiPut, type ApiGatewayRestApiPutConfig } from "@cdktf/provider-aws/lib/api-gateway-rest-api-put";
import { type TerraformMetaArguments, type TerraformResource, TerraformStack, Testing } from "cdktf";
import type { ModelResource } from "../../stacks/secured-api/redeployment";
import { synthesizedConfig } from "../../stacks/secured-api/synthesized-config";
import { without } from "./mutations";

/** Every argument that a resource of its own has, none left out. */
type Complete<Config> = Required<Omit<Config, keyof TerraformMetaArguments>>;

const DOCUMENT = JSON.stringify({ a: { b: [1, 2], c: "text" }, d: true });
const METHOD = { id: "id", restApiId: "api", resourceId: "resource", httpMethod: "GET" };

const authorizer: Complete<ApiGatewayAuthorizerConfig> = {
  id: "id",
  restApiId: "api",
  name: "authorizer",
  type: "COGNITO_USER_POOLS",
  providerArns: ["arn:1", "arn:2"],
  identitySource: "method.request.header.Token",
  identityValidationExpression: ".+",
  authorizerCredentials: "role",
  authorizerResultTtlInSeconds: 300,
  authorizerUri: "uri",
};
const gatewayResponse: Complete<ApiGatewayGatewayResponseConfig> = {
  id: "id",
  restApiId: "api",
  responseType: "UNAUTHORIZED",
  statusCode: "401",
  responseParameters: { "gatewayresponse.header.A": "'a'", "gatewayresponse.header.B": "'b'" },
  responseTemplates: { "application/json": "{}" },
};
const integration: Complete<ApiGatewayIntegrationConfig> = {
  ...METHOD,
  type: "HTTP",
  integrationHttpMethod: "POST",
  uri: "https://backend.example",
  connectionId: "link",
  connectionType: "VPC_LINK",
  contentHandling: "CONVERT_TO_TEXT",
  credentials: "role",
  cacheKeyParameters: ["method.request.path.a", "method.request.path.b"],
  cacheNamespace: "namespace",
  passthroughBehavior: "NEVER",
  requestParameters: { "integration.request.header.A": "'a'" },
  requestTemplates: { "application/json": "{}" },
  timeoutMilliseconds: 29_000,
  tlsConfig: { insecureSkipVerification: false },
};
const integrationResponse: Complete<ApiGatewayIntegrationResponseConfig> = {
  ...METHOD,
  statusCode: "200",
  contentHandling: "CONVERT_TO_TEXT",
  selectionPattern: ".*",
  responseParameters: { "method.response.header.A": "'a'" },
  responseTemplates: { "application/json": "{}" },
};
const method: Complete<ApiGatewayMethodConfig> = {
  ...METHOD,
  authorization: "COGNITO_USER_POOLS",
  authorizerId: "authorizer",
  authorizationScopes: ["email", "openid"],
  apiKeyRequired: false,
  operationName: "operation",
  requestModels: { "application/json": "model" },
  requestParameters: { "method.request.header.A": true },
  requestValidatorId: "validator",
};
const methodResponse: Complete<ApiGatewayMethodResponseConfig> = {
  ...METHOD,
  statusCode: "200",
  responseModels: { "application/json": "model" },
  responseParameters: { "method.response.header.A": true },
};
const model: Complete<ApiGatewayModelConfig> = {
  id: "id",
  restApiId: "api",
  name: "model",
  contentType: "application/json",
  description: "description",
  schema: DOCUMENT,
};
const requestValidator: Complete<ApiGatewayRequestValidatorConfig> = {
  id: "id",
  restApiId: "api",
  name: "validator",
  validateRequestBody: true,
  validateRequestParameters: false,
};
const resource: Complete<ApiGatewayResourceConfig> = { id: "id", restApiId: "api", parentId: "parent", pathPart: "orders" };
const policy: Complete<ApiGatewayRestApiPolicyConfig> = { id: "id", restApiId: "api", policy: DOCUMENT };
const put: Omit<Complete<ApiGatewayRestApiPutConfig>, "timeouts"> = {
  restApiId: "api",
  body: DOCUMENT,
  failOnWarnings: true,
  parameters: { basepath: "prepend" },
  triggers: { a: "1" },
};
const restApi: Complete<ApiGatewayRestApiConfig> = {
  id: "id",
  name: "api",
  description: "description",
  apiKeySource: "HEADER",
  binaryMediaTypes: ["image/png", "image/jpeg"],
  body: DOCUMENT,
  disableExecuteApiEndpoint: false,
  failOnWarnings: true,
  minimumCompressionSize: "1024",
  parameters: { basepath: "prepend" },
  policy: DOCUMENT,
  putRestApiMode: "merge",
  tags: { owner: "team" },
  tagsAll: { owner: "team" },
  endpointConfiguration: { types: ["PRIVATE"], vpcEndpointIds: ["vpce-1", "vpce-2"], ipAddressType: "ipv4" },
};

/** An example of every type, the REST API's own among them. */
export function modelExamples(): ModelResource[] {
  const stack = new TerraformStack(Testing.app(), "examples");
  const examples: TerraformResource[] = [
    new ApiGatewayAuthorizer(stack, "authorizer", authorizer),
    new ApiGatewayGatewayResponse(stack, "gateway-response", gatewayResponse),
    new ApiGatewayIntegration(stack, "integration", integration),
    new ApiGatewayIntegrationResponse(stack, "integration-response", integrationResponse),
    new ApiGatewayMethod(stack, "method", method),
    new ApiGatewayMethodResponse(stack, "method-response", methodResponse),
    new ApiGatewayModel(stack, "model", model),
    new ApiGatewayRequestValidator(stack, "request-validator", requestValidator),
    new ApiGatewayResource(stack, "resource", resource),
    new ApiGatewayRestApiPolicy(stack, "policy", policy),
    new ApiGatewayRestApiPut(stack, "put", put),
    new ApiGatewayRestApi(stack, "rest-api", restApi),
  ];
  return examples.map((example) => ({ type: example.terraformResourceType, config: without(synthesizedConfig(example), "//") }));
}
