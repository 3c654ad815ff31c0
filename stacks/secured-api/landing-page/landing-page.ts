import { createHash } from "node:crypto";
import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { ApiGatewayIntegrationResponse } from "@cdktf/provider-aws/lib/api-gateway-integration-response";
import { ApiGatewayMethodResponse } from "@cdktf/provider-aws/lib/api-gateway-method-response";
import type { IntegratedMethod, RouteTarget } from "../route";

export interface LandingPageProps {
  /** The address that the page calls with the access token. */
  readonly apiUrl: string;
  /** The header that carries the access token. */
  readonly tokenHeader: string;
}

/** Ends the sign-in: takes the access token from the URL's fragment, calls the API with it and shows the answer. */
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
    const hash = createHash("sha256").update(SCRIPT).digest("base64");
    return {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": `default-src 'none'; script-src 'sha256-${hash}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';`,
      "Cache-Control": "no-store",
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
    };
  }

  #html(): string {
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="api-url" content="${this.props.apiUrl}">
<meta name="token-header" content="${this.props.tokenHeader}">
<title>Signed in</title>
</head>
<body>
<h1>Signed in</h1>
<p id="answer" role="status">Calling the API …</p>
<script>${SCRIPT}</script>
</body>
</html>
`;
  }
}

// The gateway reads the page as a Velocity template, so it contains neither of Velocity's two special characters.
const SCRIPT = `
"use strict";
const answer = document.getElementById("answer");
const setting = (name) => document.querySelector("meta[name=" + name + "]").content;
const token = new URLSearchParams(location.hash.slice(1)).get("access_token");
history.replaceState(null, "", location.pathname);
if (token === null) {
  answer.textContent = "There is no access token in the address. Open the sign-in address.";
} else {
  fetch(setting("api-url"), { headers: { [setting("token-header")]: token } })
    .then(async (response) => { answer.textContent = response.status + " " + (await response.text()); })
    .catch(() => { answer.textContent = "The API could not be reached."; });
}
`;
