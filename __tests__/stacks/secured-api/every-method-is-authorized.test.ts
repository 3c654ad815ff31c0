import { ApiGatewayMethod, type ApiGatewayMethodConfig } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayRestApiPut } from "@cdktf/provider-aws/lib/api-gateway-rest-api-put";
import { TerraformResource } from "cdktf";
import { UserError } from "../../../config/user-error";
import { ApiStack, TARGET } from "../../support/api-stack";

const AUTHORIZED = { authorization: "COGNITO_USER_POOLS", authorizerId: "a1b2c3", authorizationScopes: ["email"] };

function refusal(path: string, httpMethod: string, what: string): UserError {
  return new UserError(
    `${path}: the method ${httpMethod} ${what}, so it would answer callers who are not signed in. Add it with ` +
      `api.addRoute({ …, scopes: […] }), or declare why everybody may call it: api.addRoute({ …, public: "<why>" }).`,
  );
}

/** A method made past addRoute. */
function rawMethod(stack: ApiStack, config: Omit<ApiGatewayMethodConfig, "restApiId" | "resourceId" | "httpMethod">): ApiGatewayMethod {
  const { id, rootResourceId } = stack.api.api;
  return new ApiGatewayMethod(stack, "raw", { restApiId: id, resourceId: rootResourceId, httpMethod: "POST", ...config });
}

describe("a method made past addRoute is refused", () => {
  test.each<[what: string, config: Parameters<typeof rawMethod>[1], complaint: string]>([
    ["with authorization NONE", { authorization: "NONE" }, 'has authorization "NONE"'],
    ["with authorization AWS_IAM", { ...AUTHORIZED, authorization: "AWS_IAM" }, 'has authorization "AWS_IAM"'],
    ["with authorization CUSTOM", { ...AUTHORIZED, authorization: "CUSTOM" }, 'has authorization "CUSTOM"'],
    ["with no authorizer", { authorization: "COGNITO_USER_POOLS", authorizationScopes: ["email"] }, "names no authorizer"],
    ["with an empty authorizer", { ...AUTHORIZED, authorizerId: "" }, "names no authorizer"],
    ["with no scopes", { authorization: "COGNITO_USER_POOLS", authorizerId: "a1b2c3" }, "requires no scope and would take ID tokens"],
    ["with empty scopes", { ...AUTHORIZED, authorizationScopes: [] }, "requires no scope and would take ID tokens"],
  ])("%s", (_, config, complaint) => {
    const stack = new ApiStack();
    rawMethod(stack, config);
    expect(() => stack.synthesized()).toThrow(refusal("test/raw", "POST", complaint));
  });

  test("as a plain resource of Terraform", () => {
    const stack = new ApiStack();
    const plain = new TerraformResource(stack, "plain", { terraformResourceType: "aws_api_gateway_method" });
    plain.addOverride("http_method", "PUT");
    plain.addOverride("authorization", "NONE");
    expect(() => stack.synthesized()).toThrow(refusal("test/plain", "PUT", 'has authorization "NONE"'));
  });

  test("in another API of the stack", () => {
    const stack = new ApiStack();
    const { id, rootResourceId } = new ApiGatewayRestApi(stack, "other", { name: "other" });
    new ApiGatewayMethod(stack, "open", { restApiId: id, resourceId: rootResourceId, httpMethod: "ANY", authorization: "NONE" });
    expect(() => stack.synthesized()).toThrow(refusal("test/open", "ANY", 'has authorization "NONE"'));
  });
});

describe("an override that opens an authorized route is refused", () => {
  test.each<[argument: string, value: unknown, complaint: string]>([
    ["authorization", "NONE", 'has authorization "NONE"'],
    ["authorization", undefined, "has authorization undefined"],
    ["authorizer_id", "", "names no authorizer"],
    ["authorizer_id", undefined, "names no authorizer"],
    ["authorization_scopes", undefined, "requires no scope and would take ID tokens"],
  ])("of %s with %j", (argument, value, complaint) => {
    const stack = new ApiStack();
    const method = stack.withAuthorizedRoute();
    method.addOverride(argument, value);
    expect(() => stack.synthesized()).toThrow(refusal("test/api/GET/method", "GET", complaint));
  });
});

describe("methods that no construct stands for are refused", () => {
  const refused = (path: string) =>
    new UserError(
      `${path}: the REST API has an OpenAPI body, whose methods cannot be checked for an authorizer. Add the routes with api.addRoute.`,
    );

  test("of an OpenAPI body", () => {
    const stack = new ApiStack();
    stack.api.api.body = JSON.stringify({ openapi: "3.0.1", paths: {} });
    expect(() => stack.synthesized()).toThrow(refused("test/api/rest-api"));
  });

  test("of an OpenAPI body put over the API", () => {
    const stack = new ApiStack();
    new ApiGatewayRestApiPut(stack, "put", { restApiId: stack.api.api.id, body: JSON.stringify({ openapi: "3.0.1", paths: {} }) });
    expect(() => stack.synthesized()).toThrow(refused("test/put"));
  });
});

describe("accepted is", () => {
  test("an authorized route", () => {
    const stack = new ApiStack();
    stack.withAuthorizedRoute();
    expect(Object.keys(stack.synthesized().resource["aws_api_gateway_method"]!)).toHaveLength(1);
  });

  test("a method made past addRoute that is authorized", () => {
    const stack = new ApiStack();
    rawMethod(stack, AUTHORIZED);
    expect(Object.keys(stack.synthesized().resource["aws_api_gateway_method"]!)).toEqual(["raw"]);
  });

  test("a public route that says why, and only with authorization NONE", () => {
    const stack = new ApiStack();
    const method = stack.api.addRoute({ method: "GET", path: "/", target: TARGET, public: "It is the front page." });
    expect(Object.values(stack.synthesized().resource["aws_api_gateway_method"]!)).toEqual([
      expect.objectContaining({ authorization: "NONE" }),
    ]);
    method.authorization = "CUSTOM";
    expect(() => stack.synthesized()).toThrow(refusal("test/api/GET/method", "GET", 'has authorization "CUSTOM"'));
  });
});
