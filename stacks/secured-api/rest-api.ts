import { ApiGatewayAuthorizer } from "@cdktf/provider-aws/lib/api-gateway-authorizer";
import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayMethodSettings } from "@cdktf/provider-aws/lib/api-gateway-method-settings";
import { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { UserError } from "../../config/user-error";
import { declarePublic } from "./every-method-is-authorized";
import { Redeployment } from "./redeployment";
import { pathSegments, type Route } from "./route";
import type { UserDirectory } from "./user-directory";

export interface RestApiProps {
  readonly name: string;
  readonly stage: string;
  readonly throttling: Environment["throttling"];
  /** Whether the stage lives on the emulator, which reads an empty access log block back on every plan. */
  readonly onEmulator: boolean;
}

export interface SecuredWith {
  /** The authorizer's name. */
  readonly name: string;
  /** The request header that carries the access token. */
  readonly tokenHeader: string;
}

/** A resource of the API's tree: where what is below it goes, and its id. */
interface ResourceNode {
  readonly scope: Construct;
  readonly id: string;
}

/** A REST API whose routes answer only callers that a user pool has signed in, unless a route says why everybody may call it. */
export class RestApi extends Construct {
  readonly api: ApiGatewayRestApi;
  readonly stage: ApiGatewayStage;
  #authorizer?: ApiGatewayAuthorizer;
  /** The resources made so far, by path. */
  readonly #resources = new Map<string, ResourceNode>();

  constructor(scope: Construct, id: string, props: RestApiProps) {
    super(scope, id);

    this.api = new ApiGatewayRestApi(this, "rest-api", {
      name: props.name,
      endpointConfiguration: { types: ["REGIONAL"] }, // the default, EDGE, puts a CloudFront distribution of AWS's own in front
    });

    const deployment = new Redeployment(this, "deployment", this.api);

    this.stage = new ApiGatewayStage(this, "stage", {
      restApiId: this.api.id,
      deploymentId: deployment.id,
      stageName: props.stage,
      ...(props.onEmulator && { lifecycle: { ignoreChanges: ["access_log_settings"] } }),
    });

    new ApiGatewayMethodSettings(this, "limits", {
      restApiId: this.api.id,
      stageName: this.stage.stageName,
      methodPath: "*/*",
      settings: {
        throttlingRateLimit: props.throttling.requestsPerSecond,
        throttlingBurstLimit: props.throttling.burst,
        dataTraceEnabled: false, // it would write whole requests, tokens included, to the log
      },
    });
  }

  /**
   * Makes the users of a pool the only ones that routes answer. Call it before the first authorized route.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html
   */
  secureWith(users: UserDirectory, { name, tokenHeader }: SecuredWith): void {
    // No identity_validation_expression: it matches `aud`, which access tokens do not have, so every request would get 401.
    // No TTL: it does not apply to this type; the provider reads 300 back, and any other value would be a diff on every plan.
    this.#authorizer = new ApiGatewayAuthorizer(this, "authorizer", {
      restApiId: this.api.id,
      name,
      type: "COGNITO_USER_POOLS",
      providerArns: [users.pool.arn],
      identitySource: `method.request.header.${tokenHeader}`,
    });
  }

  /**
   * Adds a route: authorized by the user pool, unless `public` says why everybody may call it.
   *
   * @throws UserError when API Gateway would refuse the path, the route exists, it names no scope, or its reason to be public is empty
   */
  addRoute(route: Route): ApiGatewayMethod {
    const resource = this.#resourceFor(route.path);
    const name = `${route.method} ${route.path}`;
    if (resource.scope.node.tryFindChild(route.method)) {
      throw new UserError(`The route ${name} exists already. Change the one there is, or give the other a method or path of its own.`);
    }
    const scope = new Construct(resource.scope, route.method);
    const method = new ApiGatewayMethod(scope, "method", {
      restApiId: this.api.id,
      resourceId: resource.id,
      httpMethod: route.method,
      ...this.#authorization(route, name),
    });
    if (route.public !== undefined) {
      declarePublic(method, route.public);
    }
    route.target.integrate({ scope, api: this.api, method, route });
    return method;
  }

  #authorization(route: Route, name: string) {
    if (route.public !== undefined) {
      if (route.public.trim() === "") {
        throw new UserError(`The route ${name} is public without a reason. Say in "public" why everybody may call it, or give it scopes.`);
      }
      return { authorization: "NONE" };
    }
    if (!this.#authorizer) {
      throw new UserError(`The route ${name} needs an authorizer. Call api.secureWith(…) before api.addRoute(…).`);
    }
    // Types forbid both, JavaScript and casts do not.
    if (!Array.isArray(route.scopes) || route.scopes.length === 0) {
      throw new UserError(`The route ${name} names no scope. Without one the gateway would take ID tokens: name at least one in "scopes".`);
    }
    return {
      authorization: "COGNITO_USER_POOLS",
      authorizerId: this.#authorizer.id,
      authorizationScopes: [...route.scopes],
    };
  }

  /** The resource of a path, made with those of its prefixes unless they exist. */
  #resourceFor(path: string) {
    let prefix = "";
    let parent: ResourceNode = { scope: this, id: this.api.rootResourceId };
    for (const segment of pathSegments(path)) {
      this.#refuseSecondParameter(prefix, segment, path);
      prefix += `/${segment}`;
      let resource = this.#resources.get(prefix);
      if (!resource) {
        // With a colon, which no path has: a part named "stage" or "GET" must not meet the construct of that name.
        const scope = new Construct(parent.scope, `:${segment}`);
        const { id } = new ApiGatewayResource(scope, "resource", {
          restApiId: this.api.id,
          parentId: parent.id,
          pathPart: segment,
        });
        resource = { scope, id };
        this.#resources.set(prefix, resource);
      }
      parent = resource;
    }
    return parent;
  }

  /** @throws UserError when another route has another parameter at the same place: the gateway could not tell them apart */
  #refuseSecondParameter(prefix: string, segment: string, path: string): void {
    const isParameter = (text: string) => text.startsWith("{");
    const siblings = [...this.#resources.keys()].filter((other) => other.lastIndexOf("/") === prefix.length && other.startsWith(prefix));
    const parameter = siblings.map((sibling) => sibling.slice(prefix.length + 1)).find(isParameter);
    if (isParameter(segment) && parameter !== undefined && parameter !== segment) {
      throw new UserError(
        `The route's path "${path}" has the parameter ${segment} where another route has ${parameter}: API Gateway takes one parameter ` +
          `below "${prefix || "/"}". Give both the same name.`,
      );
    }
  }
}
