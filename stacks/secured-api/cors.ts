/**
 * Answers for pages of one other origin (CORS). The origin is exact: the gateway's headers are fixed texts, and `*` would let any page read
 * what it calls with a token.
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
 */
import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { ApiGatewayIntegrationResponse } from "@cdktf/provider-aws/lib/api-gateway-integration-response";
import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayMethodResponse } from "@cdktf/provider-aws/lib/api-gateway-method-response";
import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { Construct } from "constructs";
import { declarePublic } from "./every-method-is-authorized";
import type { ResourceNode } from "./resource-tree";
import { skipChecksOfMethod } from "./skipped-checks";

/** How long a browser may keep the answer to a preflight request. Long saves requests, short makes a change arrive soon. */
const PREFLIGHT_SECONDS = 600;

const REASON =
  "A browser asks before it sends the token (CORS preflight), and cannot send the token with the question. The answer is a fixed text of " +
  "the gateway: it runs no function.";

/** The methods that `ANY` stands for. */
const ANY_METHODS = ["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"];

export interface Preflight {
  readonly api: ApiGatewayRestApi;
  readonly resource: ResourceNode;
  readonly allowedOrigin: string;
  /** The headers that a page may send, and the methods that it may use: comma-separated, may be lazy. */
  readonly allowHeaders: string;
  readonly allowMethods: string;
}

/** Makes the gateway answer the browser's question about a resource by itself: OPTIONS, without a token, without a function. */
export function addPreflight({ api, resource, allowedOrigin, allowHeaders, allowMethods }: Preflight): void {
  const scope = new Construct(resource.scope, "OPTIONS");
  const method = new ApiGatewayMethod(scope, "method", {
    restApiId: api.id,
    resourceId: resource.id,
    httpMethod: "OPTIONS",
    authorization: "NONE",
  });
  declarePublic(method, REASON);
  skipChecksOfMethod(method, { method: "OPTIONS", public: REASON });
  const { resourceId, httpMethod } = method;
  const ofMethod = { restApiId: api.id, resourceId, httpMethod };

  const integration = new ApiGatewayIntegration(scope, "integration", {
    ...ofMethod,
    type: "MOCK",
    requestTemplates: { "application/json": '{"statusCode":204}' },
    // The provider sends a default that MOCK does not keep, and would show a diff on every plan.
    lifecycle: { ignoreChanges: ["integration_http_method"] },
  });
  const headers = {
    "Access-Control-Allow-Origin": allowedOrigin,
    "Access-Control-Allow-Headers": allowHeaders,
    "Access-Control-Allow-Methods": allowMethods,
    "Access-Control-Max-Age": String(PREFLIGHT_SECONDS),
  };
  const methodResponse = new ApiGatewayMethodResponse(scope, "method-response", {
    ...ofMethod,
    statusCode: "204",
    responseParameters: Object.fromEntries(Object.keys(headers).map((name) => [`method.response.header.${name}`, true])),
  });
  new ApiGatewayIntegrationResponse(scope, "integration-response", {
    ...ofMethod,
    statusCode: methodResponse.statusCode,
    responseParameters: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]),
    ),
    dependsOn: [integration],
  });
}

/** The methods of a resource's routes as Access-Control-Allow-Methods lists them. */
export function allowedMethods(routeMethods: Iterable<string>): string {
  const methods = [...routeMethods].flatMap((method) => (method === "ANY" ? ANY_METHODS : [method]));
  return [...new Set(methods)].sort().join(",");
}

/** What every answer of the gateway's own needs, so that a page of the origin can read why it was refused. */
export function gatewayResponseHeaders(allowedOrigin: string | undefined): Record<string, string> {
  return allowedOrigin === undefined
    ? {}
    : {
        "gatewayresponse.header.Access-Control-Allow-Origin": `'${allowedOrigin}'`,
        "gatewayresponse.header.Access-Control-Expose-Headers": "'WWW-Authenticate'",
      };
}
