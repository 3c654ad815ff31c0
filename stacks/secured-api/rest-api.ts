import { ApiGatewayAuthorizer } from "@cdktf/provider-aws/lib/api-gateway-authorizer";
import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { faultInBinaryMediaType, faultInOrigin } from "../../config/aws-rules";
import type { Environment } from "../../config/environment";
import { UserError } from "../../config/user-error";
import { addPreflight, allowedMethods } from "./cors";
import { declarePublic } from "./every-method-is-authorized";
import type { Observability } from "./observability";
import { Redeployment } from "./redeployment";
import { RequestValidators } from "./request-validation";
import { DEFAULT_RESOURCE_QUOTA, type ResourceNode, ResourceTree } from "./resource-tree";
import { HTTP_METHODS, type Route } from "./route";
import { skipChecksOfMethod, skipChecksOfStage } from "./skipped-checks";
import { StageSettings } from "./stage-settings";
import type { UserDirectory } from "./user-directory";

export interface RestApiProps {
  readonly name: string;
  readonly stage: string;
  /** The limits of each route that says none of its own, and the highest that one can say. */
  readonly throttling: Environment["throttling"];
  /** Its logs and traces. Default: none. */
  readonly observability?: Pick<Observability, "accessLog" | "executionLog" | "addExecutionLogGroup" | "tracing">;
  /** Whether callers use a host name of the project's own, and so must not find the API under AWS's. Default: no. */
  readonly ownHostName?: boolean;
  /** Whether the stage lives on the emulator, which reads an empty access log block back on every plan. */
  readonly onEmulator: boolean;
  /** The one other origin whose pages may call the API, e.g. `https://app.example.com`. Default: none, only its own pages may. */
  readonly allowedOrigin?: string | undefined;
  /**
   * The media types that travel as they are, e.g. `image/png`; functions get and give them in base64. Default: all bodies are text.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html
   */
  readonly binaryMediaTypes?: readonly string[];
  /** How many resources the account's quota lets the API have. Default 300, AWS's own. */
  readonly resourceQuota?: number;
}

export interface SecuredWith {
  /** The authorizer's name. */
  readonly name: string;
  /** The request header that carries the access token. */
  readonly tokenHeader: string;
}

/** Who may call authorized routes, and how they show it. */
interface Security extends SecuredWith {
  readonly users: UserDirectory;
  readonly authorizer: ApiGatewayAuthorizer;
}

/** A REST API whose routes answer only callers that a user pool has signed in, unless a route says why everybody may call it. */
export class RestApi extends Construct {
  readonly api: ApiGatewayRestApi;
  readonly stage: ApiGatewayStage;
  /** The one other origin whose pages may call the API. */
  readonly allowedOrigin: string | undefined;
  readonly #resources: ResourceTree;
  readonly #settings: StageSettings;
  /** The routes so far, by resource and method. */
  readonly #routes = new Map<ResourceNode, Map<string, Route>>();
  #security?: Security;
  #validators?: RequestValidators;

  constructor(scope: Construct, id: string, props: RestApiProps) {
    super(scope, id);
    this.allowedOrigin = props.allowedOrigin;
    refuseWhatApiGatewayRefuses(props);

    const { tracing = false, accessLog, executionLog = "OFF" } = props.observability ?? {};

    // What is off or empty is written out: the provider takes what is missing for what AWS has, so that nothing would be switched off.
    this.api = new ApiGatewayRestApi(this, "rest-api", {
      name: props.name,
      disableExecuteApiEndpoint: props.ownHostName ?? false,
      endpointConfiguration: { types: ["REGIONAL"] }, // the default, EDGE, puts a CloudFront distribution of AWS's own in front
      binaryMediaTypes: [...(props.binaryMediaTypes ?? [])],
    });
    this.#resources = new ResourceTree(this, this.api, props.resourceQuota ?? DEFAULT_RESOURCE_QUOTA, props.ownHostName);

    const deployment = new Redeployment(this, "deployment", this.api);

    this.stage = new ApiGatewayStage(this, "stage", {
      restApiId: this.api.id,
      deploymentId: deployment.id,
      stageName: props.stage,
      ...(tracing && { xrayTracingEnabled: true }),
      ...(accessLog
        ? { accessLogSettings: { destinationArn: accessLog.logGroup.arn, format: accessLog.format } }
        : props.onEmulator && { lifecycle: { ignoreChanges: ["access_log_settings"] } }),
    });
    skipChecksOfStage(this.stage, { accessLog: accessLog !== undefined, tracing });

    this.#settings = new StageSettings(this, {
      api: this.api,
      stage: this.stage,
      throttling: props.throttling,
      executionLog,
      executionLogGroup: props.observability?.addExecutionLogGroup(this.api.id),
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
    const authorizer = new ApiGatewayAuthorizer(this, "authorizer", {
      restApiId: this.api.id,
      name,
      type: "COGNITO_USER_POOLS",
      providerArns: [users.pool.arn],
      identitySource: `method.request.header.${tokenHeader}`,
    });
    this.#security = { users, name, tokenHeader, authorizer };
  }

  /**
   * Adds a route: authorized by the user pool, unless `public` says why everybody may call it.
   *
   * A method of its own goes before `ANY` on the same path, a fixed part of a path before a parameter, and that before `{proxy+}`.
   *
   * @throws UserError when API Gateway would refuse the path, the route exists, it names no scope or one that nobody declared, its reason to
   * be public is empty, its validation is not one that the gateway can do, or its limits are none or above the stage's
   */
  addRoute(route: Route): ApiGatewayMethod {
    const name = `${route.method} ${route.path}`;
    if (!HTTP_METHODS.includes(route.method)) {
      throw new UserError(`The route ${name} has a method that API Gateway does not know: it takes ${HTTP_METHODS.join(", ")}.`);
    }
    const resource = this.#resources.resourceAt(route.path);
    const routes = this.#routes.get(resource) ?? new Map<string, Route>();
    if (routes.has(route.method)) {
      throw new UserError(`The route ${name} exists already. Change the one there is, or give the other a method or path of its own.`);
    }
    if (route.method === "OPTIONS" && this.allowedOrigin !== undefined) {
      throw new UserError(`The route ${name} is answered by the gateway itself, because allowedOrigin is set. Leave one of them out.`);
    }
    const authorization = this.#authorization(route, name);
    this.#validators ??= new RequestValidators(this, "request-validation", this.api);
    const validation = this.#validators.methodArguments(route);

    const scope = new Construct(resource.scope, route.method);
    const method = new ApiGatewayMethod(scope, "method", {
      restApiId: this.api.id,
      resourceId: resource.id,
      httpMethod: route.method,
      ...authorization,
      ...validation,
    });
    if (route.public !== undefined) {
      declarePublic(method, route.public);
    }
    skipChecksOfMethod(method, route);
    this.#settings.limit(scope, route);
    route.target.integrate({ scope, api: this.api, method, route });

    if (!this.#routes.has(resource)) {
      this.#routes.set(resource, routes);
      this.#addPreflight(resource, routes);
    }
    routes.set(route.method, route);
    return method;
  }

  #authorization(route: Route, name: string) {
    if (route.public !== undefined) {
      if (route.public.trim() === "") {
        throw new UserError(`The route ${name} is public without a reason. Say in "public" why everybody may call it, or give it scopes.`);
      }
      return { authorization: "NONE" };
    }
    if (!this.#security) {
      throw new UserError(`The route ${name} needs an authorizer. Call api.secureWith(…) before api.addRoute(…).`);
    }
    // Types forbid both, JavaScript and casts do not.
    if (!Array.isArray(route.scopes) || route.scopes.length === 0) {
      throw new UserError(`The route ${name} names no scope. Without one the gateway would take ID tokens: name at least one in "scopes".`);
    }
    const known = this.#security.users.scopes;
    const unknown = route.scopes.find((scope) => !known.includes(scope));
    if (unknown !== undefined) {
      throw new UserError(
        `The route ${name} requires the scope "${unknown}", which no token can carry: the user pool has ${known.join(", ")}. Correct it, or ` +
          `declare it with users.addResourceServer(…) before the route.`,
      );
    }
    return {
      authorization: "COGNITO_USER_POOLS",
      authorizerId: this.#security.authorizer.id,
      authorizationScopes: [...route.scopes],
    };
  }

  /** Its texts are lazy: more routes may come, and the token's header may be set after a public route. */
  #addPreflight(resource: ResourceNode, routes: ReadonlyMap<string, Route>): void {
    if (this.allowedOrigin === undefined) {
      return;
    }
    const headers = () => [...routes.values()].flatMap(({ validate }) => validate?.headers ?? []);
    addPreflight({
      api: this.api,
      resource,
      allowedOrigin: this.allowedOrigin,
      allowHeaders: Lazy.stringValue({
        produce: () => [...new Set(["Content-Type", this.#security?.tokenHeader ?? [], headers()].flat())].sort().join(","),
      }),
      allowMethods: Lazy.stringValue({ produce: () => allowedMethods(routes.keys()) }),
    });
  }
}

function refuseWhatApiGatewayRefuses({ name, allowedOrigin, binaryMediaTypes = [] }: RestApiProps): void {
  const fault = allowedOrigin === undefined ? undefined : faultInOrigin(allowedOrigin);
  if (fault) {
    throw new UserError(`The REST API ${name} has the allowedOrigin "${allowedOrigin ?? ""}": ${fault}.`);
  }
  for (const type of binaryMediaTypes) {
    const faultInType = faultInBinaryMediaType(type);
    if (faultInType) {
      throw new UserError(`The REST API ${name} has the binary media type "${type}": ${faultInType}.`);
    }
  }
}
