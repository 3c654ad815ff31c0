import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayRestApiPut } from "@cdktf/provider-aws/lib/api-gateway-rest-api-put";
import { type IAspect, TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";
import { UserError } from "../../config/user-error";
import { synthesizedConfig } from "./synthesized-config";

const publicMethods = new WeakMap<IConstruct, string>();

/** Declares that a method answers everybody, and why. Only a public route does so (see {@link RestApi.addRoute}). */
export function declarePublic(method: ApiGatewayMethod, reason: string): void {
  publicMethods.set(method, reason);
}

/**
 * Stops synth when a method would answer somebody who is not signed in, unless a public route declared it.
 *
 * It looks at what Terraform will get, overrides included, and does not ask who made the method: a method created past
 * {@link RestApi.addRoute} is held to the same rule.
 */
export class EveryMethodIsAuthorized implements IAspect {
  visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node)) {
      return;
    }
    // By Terraform's type and not by class: a plain TerraformResource can be a method too.
    switch (node.terraformResourceType) {
      case ApiGatewayMethod.tfResourceType:
        refuseOpenMethod(node);
        break;
      case ApiGatewayRestApi.tfResourceType:
      case ApiGatewayRestApiPut.tfResourceType:
        refuseImportedMethods(node);
    }
  }
}

function refuseOpenMethod(method: TerraformResource): void {
  const { authorization, authorizer_id, http_method, authorization_scopes } = synthesizedConfig(method);
  const isPublic = publicMethods.has(method);
  if (isPublic && authorization === "NONE") {
    return;
  }
  const refuse = (what: string) => {
    throw new UserError(
      `${method.node.path}: the method ${String(http_method)} ${what}, so it would answer callers who are not signed in. Add it with ` +
        `api.addRoute({ …, scopes: […] }), or declare why everybody may call it: api.addRoute({ …, public: "<why>" }).`,
    );
  };
  if (authorization !== "COGNITO_USER_POOLS") {
    refuse(`has authorization ${JSON.stringify(authorization)}`);
  }
  if (typeof authorizer_id !== "string" || authorizer_id === "") {
    refuse("names no authorizer");
  }
  if (!Array.isArray(authorization_scopes) || authorization_scopes.length === 0) {
    refuse("requires no scope and would take ID tokens");
  }
}

/** An OpenAPI body brings methods that no construct stands for, and that nobody could check here. */
function refuseImportedMethods(api: TerraformResource): void {
  if (synthesizedConfig(api)["body"] !== undefined) {
    throw new UserError(
      `${api.node.path}: the REST API has an OpenAPI body, whose methods cannot be checked for an authorizer. Add the routes with api.addRoute.`,
    );
  }
}
