import type { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import type { RequestValidation } from "./request-validation";
import type { Scope } from "./resource-server";

/**
 * The methods of a route. `ANY` stands for all that have no route of their own on the same path.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-method-settings.html
 */
export const HTTP_METHODS = ["ANY", "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const;
export type HttpMethod = (typeof HTTP_METHODS)[number];

interface RouteBase {
  readonly method: HttpMethod;
  /** From the stage on, e.g. `/`, `/orders/{id}` or `/files/{proxy+}`. */
  readonly path: string;
  /** What answers: a {@link BackendFunction} or a page. */
  readonly target: RouteTarget;
  /** What the gateway asks of a request before it calls the target. Default: nothing. */
  readonly validate?: RequestValidation;
  /**
   * How many requests of all callers together the gateway lets through to this route, below what the environment lets every route have; the
   * others get 429. `requestsPerSecond` is the steady rate, `burst` how many may come at once above it. Default: the environment's.
   */
  readonly throttling?: Environment["throttling"];
}

/** A route that answers only callers with an access token. */
export interface AuthorizedRoute extends RouteBase {
  /**
   * OAuth scopes, one of which the access token must carry: OpenID Connect's, or those of a resource server of the user pool. There is at
   * least one: without scopes the gateway would accept ID tokens, which are made for the client and not for the API.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html
   */
  readonly scopes: readonly [Scope, ...Scope[]];
  readonly public?: never;
}

/** A route that answers everybody. */
export interface PublicRoute extends RouteBase {
  /** Why everybody may call it, in a sentence that a reviewer can judge. */
  readonly public: string;
  readonly scopes?: never;
}

export type Route = AuthorizedRoute | PublicRoute;

/** What a target needs to know to answer a method. */
export interface IntegratedMethod {
  /** Where the target puts its resources. */
  readonly scope: Construct;
  readonly api: ApiGatewayRestApi;
  readonly method: ApiGatewayMethod;
  readonly route: Pick<Route, "method" | "path">;
}

/** Something that can answer a route. */
export interface RouteTarget {
  /** Creates the integration between the method and this target, and whatever the two need. */
  integrate(method: IntegratedMethod): void;
}

/** A method and path as the ARN of a method has them: `ANY` and a parameter stand for any text. */
export function resourceArnPath({ method, path }: Pick<Route, "method" | "path">): string {
  return `${method === "ANY" ? "*" : method}${path.replace(/\{[^}]+\}/g, "*")}`;
}
