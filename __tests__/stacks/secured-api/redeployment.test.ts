import { ApiGatewayGatewayResponse } from "@cdktf/provider-aws/lib/api-gateway-gateway-response";
import { ApiGatewayModel } from "@cdktf/provider-aws/lib/api-gateway-model";
import { MODEL_TYPES, REST_API_MODEL_ARGUMENTS, redeploymentHash } from "../../../stacks/secured-api/redeployment";
import { ApiStack, TARGET } from "../../support/api-stack";
import { another, changed, leafPaths, without } from "../../support/mutations";
import { only, securedApi, synthesized, type TerraformJson } from "../../support/synthesized";

const REST_API = "aws_api_gateway_rest_api";

interface Deployment {
  readonly triggers: { readonly redeployment: string };
  readonly lifecycle: { readonly create_before_destroy: boolean; readonly replace_triggered_by: readonly string[] };
}

function deployment(json: TerraformJson, name = "api_deployment_3C116365"): Deployment {
  return json.resource["aws_api_gateway_deployment"]![name] as unknown as Deployment;
}

/** The model's resources in a stack with one API. */
function model(json: TerraformJson) {
  return Object.entries(json.resource)
    .filter(([type]) => MODEL_TYPES.has(type) || type === REST_API)
    .flatMap(([type, resources]) => Object.entries(resources).map(([name, config]) => ({ type, name, config })));
}

describe("of the secured API", () => {
  const json = synthesized();
  const resources = model(json);

  test("hashes what Terraform gets, and is made before the old one is removed", () => {
    expect(deployment(json).triggers).toEqual({ redeployment: redeploymentHash(resources) });
    expect(deployment(json).lifecycle.create_before_destroy).toBe(true);
  });

  test("is replaced when a resource of the model is, and by nothing else", () => {
    const api = Object.keys(json.resource[REST_API]!)[0]!;
    const addresses = resources.filter(({ type }) => type !== REST_API).map(({ type, name }) => `${type}.${name}`);
    expect(deployment(json).lifecycle.replace_triggered_by).toEqual([
      ...REST_API_MODEL_ARGUMENTS.map((argument) => `${REST_API}.${api}.${argument}`),
      ...addresses.sort(),
    ]);
  });

  const attributes = resources
    .filter(({ type }) => type !== REST_API)
    .flatMap(({ type, name, config }) =>
      leafPaths(without(config, "lifecycle", "depends_on")).map((path) => [`${type}.${name}`, path.join("."), path] as const),
    );

  test.each(attributes)("is due when %s has another %s, or none", (address, _, path) => {
    const mutate = (change: (leaf: unknown) => unknown) =>
      resources.map((resource) =>
        `${resource.type}.${resource.name}` === address ? { ...resource, config: changed(resource.config, path, change) } : resource,
      );
    expect(redeploymentHash(mutate(another))).not.toBe(redeploymentHash(resources));
    expect(redeploymentHash(mutate(() => undefined))).not.toBe(redeploymentHash(resources));
  });

  test.each([
    ["the API's name", { names: { api: "other" } }],
    ["the function's name", { names: { function: "other" } }],
    ["the throttling", { throttling: { requestsPerSecond: 1 } }],
    ["the log's retention", { logRetentionDays: 1 }],
    ["the token's lifetime", { signIn: { accessTokenMinutes: 5 } }],
    ["the tags", { tags: { owner: "team" } }],
    ["the deletion protection", { throwAway: true }],
  ] as const)("is not due for a change of %s", (_, settings) => {
    expect(deployment(synthesized(securedApi(settings)))).toEqual(deployment(json));
  });

  test.each([
    ["the header", { tokenHeader: "X-Token" }],
    ["the authorizer's name", { names: { authorizer: "other" } }],
    ["the grant, which the refusals' sign-in address names", { signIn: { oauthGrant: "code" } }],
    ["the stage, which the landing page calls", { stage: "v1" }],
  ] as const)("is due for a change of %s", (_, settings) => {
    expect(deployment(synthesized(securedApi(settings))).triggers).not.toEqual(deployment(json).triggers);
  });
});

describe("of any stack", () => {
  function authorizedStack() {
    const stack = new ApiStack();
    return { stack, method: stack.withAuthorizedRoute() };
  }

  const before = deployment(authorizedStack().stack.synthesized());

  test("sees a resource that was made past the constructs, wherever it is", () => {
    const { stack } = authorizedStack();
    new ApiGatewayGatewayResponse(stack, "raw", { restApiId: stack.api.api.id, responseType: "DEFAULT_5XX" });
    const after = deployment(stack.synthesized());
    expect(after.triggers).not.toEqual(before.triggers);
    expect(after.lifecycle.replace_triggered_by).toContain("aws_api_gateway_gateway_response.raw");
  });

  test("sees an override of a resource of the model", () => {
    const { stack, method } = authorizedStack();
    method.addOverride("request_parameters", { "method.request.header.Accept": true });
    expect(deployment(stack.synthesized()).triggers).not.toEqual(before.triggers);
  });

  test("sees an override of the API", () => {
    const { stack } = authorizedStack();
    stack.api.api.addOverride("minimum_compression_size", "1024");
    expect(deployment(stack.synthesized()).triggers).not.toEqual(before.triggers);
  });

  test("sees a route that was added after it", () => {
    const { stack } = authorizedStack();
    stack.api.addRoute({ method: "GET", path: "/orders", target: TARGET, scopes: ["email"] });
    const after = deployment(stack.synthesized());
    expect(after.triggers).not.toEqual(before.triggers);
    expect(after.lifecycle.replace_triggered_by).toHaveLength(before.lifecycle.replace_triggered_by.length + 3);
  });

  test("does not see another API of the stack, nor that API this one", () => {
    const { stack } = authorizedStack();
    const other = stack.addApi("other");
    other.addRoute({ method: "GET", path: "/", target: TARGET, public: "It is the front page." });
    new ApiGatewayModel(stack, "model", { restApiId: other.api.id, name: "model", contentType: "application/json" });
    const json = stack.synthesized();
    expect(deployment(json)).toEqual(before);

    const name = Object.keys(json.resource["aws_api_gateway_deployment"]!).find((key) => key.startsWith("other_"));
    const seen = deployment(json, name).lifecycle.replace_triggered_by.slice(REST_API_MODEL_ARGUMENTS.length);
    expect(seen).toEqual([
      expect.stringMatching(/^aws_api_gateway_integration\.other_GET_/),
      expect.stringMatching(/^aws_api_gateway_method\.other_GET_/),
      "aws_api_gateway_model.model",
    ]);
  });

  test("stays the same when nothing changes", () => {
    expect(deployment(authorizedStack().stack.synthesized())).toEqual(before);
    expect(only(authorizedStack().stack.synthesized(), "aws_api_gateway_deployment")["rest_api_id"]).toMatch(
      /^\$\{aws_api_gateway_rest_api\./,
    );
  });
});
