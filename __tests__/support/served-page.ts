import type { EnvironmentSettings } from "../../config/environment";
import { only, securedApi, synthesized, withStandardScopes } from "./synthesized";

/** What stands for the values that Terraform knows only after apply. */
const API_ID = "a1b2c3d4e5";
const CLIENT_ID = "client1";
const DOMAIN_PREFIX = "testdemo-0123456789ab";

export interface ServedPage {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The addresses that are printed after a deployment, with the standard scopes alone. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** The landing page of an environment with these settings, as the gateway serves it. */
export function servedPage(settings: Partial<EnvironmentSettings> = {}): ServedPage {
  const json = synthesized(securedApi(settings));
  const response = only(json, "aws_api_gateway_integration_response", "api_signed-in_GET_");
  const parameters = Object.entries(response["response_parameters"] as Record<string, string>);
  const templates = response["response_templates"] as Record<string, string>;
  return {
    html: applied(templates["application/json"]!),
    headers: Object.fromEntries(
      parameters.map(([name, value]) => [name.replace("method.response.header.", ""), /^'(.*)'$/.exec(applied(value))![1]!]),
    ),
    outputs: Object.fromEntries(
      Object.entries(json.output)
        .filter(([name]) => name.endsWith("_url"))
        .map(([name, { value }]) => [name, withStandardScopes(applied(value))]),
    ),
  };
}

/** A text as Terraform makes it of its expressions. Throws when it meets one that it does not know. */
function applied(text: string): string {
  const known = text
    .replace(/\$\{aws_api_gateway_rest_api\.[\w-]+\.id\}/g, API_ID)
    .replace(/\$\{aws_cognito_user_pool_client\.[\w-]+\.id\}/g, CLIENT_ID)
    .replace(/\$\{aws_cognito_user_pool_domain\.[\w-]+\.domain\}/g, DOMAIN_PREFIX)
    .replace(/\$\{urlencode\("([^"]*)"\)\}/g, (_, value: string) => encodeURIComponent(value));
  if (known.includes("${")) {
    throw new Error(`there is an expression that this test cannot apply: ${known}`);
  }
  return known;
}
