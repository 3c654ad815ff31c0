import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { ApiGatewayIntegrationResponse } from "@cdktf/provider-aws/lib/api-gateway-integration-response";
import { ApiGatewayMethodResponse } from "@cdktf/provider-aws/lib/api-gateway-method-response";
import type { IntegratedMethod, RouteTarget } from "../route";
import type { SignInClient } from "../sign-in-client";
import { builtPage, fill } from "./built-page";
import { refuseOversize, refuseSpecialsInSetting } from "./gateway-template";
import type { Settings } from "./page/settings";

export interface LandingPageProps {
  /** The address that the page calls with the access token. */
  readonly apiUrl: string;
  /** The header that carries the access token. */
  readonly tokenHeader: string;
  /** The app client that the page signs in with. */
  readonly signIn: SignInClient;
}

/**
 * Ends the sign-in: takes the access token from the address or exchanges a code for it, calls the API with it and shows the answer.
 *
 * The page is one file without a dependency. Its policy allows exactly its own script and style, by their hashes, and no connection but
 * to the API and, with the grant `code`, to the token endpoint.
 */
export class LandingPage implements RouteTarget {
  constructor(private readonly props: LandingPageProps) {}

  /** Serves the page from the gateway itself: a MOCK integration whose response template is the page. */
  integrate({ scope, api, method }: IntegratedMethod): void {
    const { resourceId, httpMethod } = method;
    const integration = new ApiGatewayIntegration(scope, "integration", {
      restApiId: api.id,
      resourceId,
      httpMethod,
      type: "MOCK",
      requestTemplates: { "application/json": '{"statusCode":200}' },
      // The provider sends a default that MOCK does not keep, and would show a diff on every plan.
      lifecycle: { ignoreChanges: ["integration_http_method"] },
    });

    const headers = this.#headers();
    const methodResponse = new ApiGatewayMethodResponse(scope, "method-response", {
      restApiId: api.id,
      resourceId,
      httpMethod,
      statusCode: "200",
      responseParameters: Object.fromEntries(Object.keys(headers).map((name) => [`method.response.header.${name}`, true])),
    });
    new ApiGatewayIntegrationResponse(scope, "integration-response", {
      restApiId: api.id,
      resourceId,
      httpMethod,
      statusCode: methodResponse.statusCode,
      responseParameters: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]),
      ),
      // Under application/json, whatever the page is: the one template there is serves every Accept header.
      responseTemplates: { "application/json": this.#html() },
      dependsOn: [integration],
    });
  }

  #headers() {
    return {
      "Content-Type": "text/html; charset=utf-8",
      // It ends with a semicolon because emulators strip a quote at the end of a value.
      "Content-Security-Policy": `${this.#policy()} frame-ancestors 'none';`,
      "Cache-Control": "no-store",
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
      // Says what frame-ancestors says, which a policy in a <meta> tag cannot.
      "X-Frame-Options": "DENY",
    };
  }

  /** The part of the policy that holds in a header and in a `<meta>` tag alike. */
  #policy(): string {
    const { scriptSource, styleSource } = builtPage();
    const { oauthGrant, tokenEndpoint } = this.props.signIn;
    const connections = oauthGrant === "code" ? `'self' ${tokenEndpoint}` : "'self'";
    return (
      `default-src 'none'; script-src ${scriptSource}; style-src ${styleSource}; connect-src ${connections}; ` +
      `base-uri 'none'; form-action 'none';`
    );
  }

  #html(): string {
    const { apiUrl, tokenHeader, signIn } = this.props;
    const settings: Settings = {
      apiUrl,
      tokenHeader,
      oauthGrant: signIn.oauthGrant,
      clientId: signIn.client.id,
      scope: signIn.scope,
      redirectUri: signIn.landingPageUrl,
      authorizationEndpoint: signIn.authorizationEndpoint,
      tokenEndpoint: signIn.tokenEndpoint,
      signOutUrl: signIn.signOutUrl,
    };
    const tags = Object.entries(settings).map(([name, value]: [string, string]) => {
      refuseSpecialsInSetting(name, value);
      return `<meta name="${name}" content="${escapeAttribute(value)}">`;
    });
    const html = fill(builtPage().html, { contentSecurityPolicy: this.#policy(), settings: tags.join("\n    ") });
    refuseOversize("stacks/secured-api/landing-page", html);
    return html;
  }
}

/** Text as an attribute's value in double quotes. What stands for a Terraform expression has none of these characters. */
function escapeAttribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
