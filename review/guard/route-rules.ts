import { routesOf } from "../access";
import { isEmpty, valueAt } from "../plan/planned-value";
import { text } from "../text";
import { type Breach, type Judged, remaining, type Rule } from "./rule";

export const noUndeclaredPublicRoute: Rule = {
  name: "no-undeclared-public-route",
  reason: "Only people signed in may call the API; a route for everybody is a decision, not an oversight.",
  remedy: "Give the route scopes (`api.addRoute({ …, scopes: […] })`), or declare it in review/guard/public-routes.ts.",
  check: (judged) => [...openRoutes(judged), ...functionUrls(judged), ...importedMethods(judged)],
};

function openRoutes({ plan, publicRoutes }: Judged): Breach[] {
  return routesOf(plan, "after").flatMap((route): Breach[] => {
    const { address, name, caller, pathIsKnown, authorization } = route;
    switch (caller) {
      case "access token":
        return [];
      case "everybody":
        return pathIsKnown && publicRoutes.has(name) ? [] : [{ address, what: text`${name} answers everybody` }];
      case "ID token":
        return [{ address, what: text`${name} requires no scope, so it takes ID tokens of whatever scope` }];
      case "other":
        return [{ address, what: text`${name} is not authorized by the user pool but by ${authorization}` }];
      case "known after apply":
        return [{ address, what: text`${name}: whom it answers is known only after the apply` }];
    }
  });
}

function functionUrls({ plan }: Judged): Breach[] {
  return remaining(plan, "aws_lambda_function_url")
    .filter(({ after }) => after?.["authorization_type"] !== "AWS_IAM")
    .map(({ address }) => ({ address, what: text`${address} is a URL at which everybody may call the function past the API` }));
}

/** A body in OpenAPI brings methods that are not in the plan. One that is computed and not written is what AWS makes of the resources. */
function importedMethods({ plan }: Judged): Breach[] {
  return remaining(plan, "aws_api_gateway_rest_api")
    .filter((api) => plan.configuration.argumentsOf(api.address).includes("body") || !isEmpty(valueAt(api.after, ["body"])))
    .map(({ address }) => ({ address, what: text`${address} has an OpenAPI body, whose methods the plan does not show` }));
}
