import { ApiGatewayGatewayResponse } from "@cdktf/provider-aws/lib/api-gateway-gateway-response";
import { Construct } from "constructs";
import { gatewayResponseHeaders } from "./cors";
import type { RestApi } from "./rest-api";

export interface RefusalsProps {
  readonly api: RestApi;
  /** Where a refused caller can sign in. */
  readonly signInUrl: string;
}

/**
 * What the gateway answers when it lets a request not through: the reason, and where to sign in.
 *
 * It never redirects there: the login pages would silently issue another token that is refused for the same reason, in a loop.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export class Refusals extends Construct {
  constructor(scope: Construct, id: string, { api, signInUrl }: RefusalsProps) {
    super(scope, id);
    const headers = gatewayResponseHeaders(api.allowedOrigin);

    const refuse = (id: string, responseType: string, statusCode: string, error: string) =>
      new ApiGatewayGatewayResponse(this, id, {
        restApiId: api.api.id,
        responseType,
        statusCode,
        // A type that is customised inherits nothing from DEFAULT_4XX, so each has all headers.
        responseParameters: {
          "gatewayresponse.header.Cache-Control": "'no-store'",
          "gatewayresponse.header.WWW-Authenticate": `'Bearer error="${error}"'`,
          ...headers,
        },
        // The gateway puts the quotes around messageString itself.
        responseTemplates: { "application/json": `{"message":$context.error.messageString,"sign_in_url":"${signInUrl}"}` },
      });

    refuse("unauthorized", "UNAUTHORIZED", "401", "invalid_token");
    refuse("access-denied", "ACCESS_DENIED", "403", "insufficient_scope");

    if (api.allowedOrigin !== undefined) {
      // Without the headers a browser hides the answer, and a page could not tell a refusal from a network that is down.
      for (const responseType of ["DEFAULT_4XX", "DEFAULT_5XX"]) {
        new ApiGatewayGatewayResponse(this, responseType, {
          restApiId: api.api.id,
          responseType,
          responseParameters: headers,
          // The gateway's own text, which the provider would want to take away when it is not said.
          responseTemplates: { "application/json": '{"message":$context.error.messageString}' },
        });
      }
    }
  }
}
