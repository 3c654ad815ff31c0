import type { Plan } from "../plan/plan";
import { isEmpty, isList, type PlannedValue, Unknown, valueAt } from "../plan/planned-value";
import { expectedValue } from "../plan/written-value";
import { configuredCallbacks, configuredLogouts } from "./configured-addresses";
import { type Breach, remaining, type Rule } from "./rule";

const CLIENT = "aws_cognito_user_pool_client";

export const noUnconfiguredGrant: Rule = {
  name: "no-unconfigured-grant",
  reason: "Which OAuth grant and scopes a client may use is set for each environment and known to who reads the configuration.",
  remedy:
    "Set it as `signIn.oauthGrant` or `signIn.scopes` of the environment in config/environments.ts. Scopes of your own need their resource server.",
  check: ({ plan, environment: { signIn } }) => [
    ...itemsBeyond(plan, ["allowed_oauth_flows"], () => [signIn.oauthGrant], "grant"),
    ...itemsBeyond(plan, ["allowed_oauth_scopes"], () => [...signIn.scopes, ...ownScopes(plan)], "OAuth scope"),
  ],
};

export const noUnconfiguredCallback: Rule = {
  name: "no-unconfigured-callback",
  reason: "Cognito sends tokens to whatever callback address is registered.",
  remedy: "Add the address to `signIn.callbackUrls` of the environment in config/environments.ts.",
  check: ({ plan, environment }) => [
    ...itemsBeyond(plan, ["callback_urls", "default_redirect_uri"], (api) => configuredCallbacks(environment, api), "callback address"),
    ...itemsBeyond(plan, ["logout_urls"], (api) => configuredLogouts(environment, api), "logout address"),
  ],
};

/** The scopes that the plan's resource servers declare. They open only the routes that name them, which the review shows. */
function ownScopes(plan: Plan): string[] {
  return remaining(plan, "aws_cognito_resource_server").flatMap(({ after }) => {
    const { identifier, scope } = after ?? {};
    const names = isList(scope) ? scope.map((_, index) => valueAt(scope, [index, "scope_name"])) : [];
    return typeof identifier === "string" ? names.flatMap((name) => (typeof name === "string" ? [`${identifier}/${name}`] : [])) : [];
  });
}

/** The items of clients' attributes that the configuration does not have. */
function itemsBeyond(plan: Plan, attributes: readonly string[], configured: (apiId: string) => readonly string[], name: string): Breach[] {
  const known = apiIds(plan).flatMap(configured);
  const allowed: ReadonlySet<PlannedValue> = new Set(known.length > 0 ? known : configured(""));
  return remaining(plan, CLIENT).flatMap((client) =>
    attributes.flatMap((attribute): Breach[] => {
      const { address } = client;
      const { value } = expectedValue(plan, client, [attribute]);
      if (value instanceof Unknown) {
        return plan.configuration.argumentsOf(address).includes(attribute)
          ? [{ address, what: { words: ["", `: ${attribute} is known only after the apply`], values: [address] } }]
          : []; // the provider's own choice, which is none
      }
      const items = isList(value) ? value : isEmpty(value) ? [] : [value];
      return items
        .filter((item) => !allowed.has(item))
        .map((item) => ({ address, what: { words: [`${name} `, " of ", " is not in the configuration"], values: [item, address] } }));
    }),
  );
}

/** The ids of the plan's REST APIs, and the expressions for them: addresses are put together from either. */
function apiIds(plan: Plan): string[] {
  return remaining(plan, "aws_api_gateway_rest_api").flatMap(({ address, after }) => {
    const id = after?.["id"];
    return [`\${${address}.id}`, ...(typeof id === "string" ? [id] : [])];
  });
}
