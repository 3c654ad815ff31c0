/** What holds for any set of valid routes. */
import fc from "fast-check";
import { rmSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { Testing } from "cdktf";
import { quietTools } from "../../../local/cdktf";
import type { RestApi, RestApiProps } from "../../../stacks/secured-api/rest-api";
import { ApiStack } from "../../support/api-stack";
import { asRoute, limits, MOST_REQUESTS, type RouteData, routeSets, type TargetName, targetsIn } from "../../support/generated-routes";
import { pathOf, type TerraformJson } from "../../support/synthesized";
import "../../support/terraform-matchers";

// The matchers run Terraform with this process's environment.
Object.assign(process.env, quietTools(process.env));

const ORIGIN = "https://app.example.com";

/** A stack with an API for each set of routes. */
function stackOf([first = [], ...others]: readonly (readonly RouteData[])[], props: Partial<RestApiProps> = {}): ApiStack {
  const stack = new ApiStack({ throttling: MOST_REQUESTS, ...props });
  stack.users.addResourceServer({ identifier: "orders", scopes: { read: "Read", write: "Write" } });
  const targets = targetsIn(stack);
  const add = (api: RestApi, routes: readonly RouteData[]) => {
    api.secureWith(stack.users, { name: "authorizer", tokenHeader: "Token" });
    routes.forEach((route) => api.addRoute(asRoute(route, targets)));
  };
  add(stack.api, first);
  others.forEach((routes, index) => {
    add(stack.addApi(`api-${index + 2}`, { throttling: MOST_REQUESTS, ...props }), routes);
  });
  return stack;
}

function synthesizedFrom(routes: readonly RouteData[], props: Partial<RestApiProps> = {}): TerraformJson {
  return stackOf([routes], props).synthesized(); // with the Aspects, which refuse what is open without a reason
}

const all = (json: TerraformJson, type: string) => Object.entries(json.resource[`aws_api_gateway_${type}`] ?? {});
const redeployment = (json: TerraformJson) => (all(json, "deployment")[0]![1]["triggers"] as { redeployment: string }).redeployment;

/** Method and path of every method, through the resources' parents, with the type of its integration. */
function methodsOf(json: TerraformJson): Map<string, Record<string, unknown>> {
  const integrations = new Map(all(json, "integration").map(([, { http_method, type }]) => [http_method, type]));
  return new Map(
    all(json, "method").map(([address, method]) => [
      `${String(method["http_method"])} ${pathOf(json, String(method["resource_id"]))}`,
      { ...method, integration_type: integrations.get(`\${aws_api_gateway_method.${address}.http_method}`) },
    ]),
  );
}

/** What a deployment's snapshot has of a route. Its limits are the stage's, and act without a deployment. */
const behaviour = ({ method, path, target, scopes, query, hasBody }: RouteData) =>
  JSON.stringify([method, path, target, [...scopes].sort(), [...query].sort(), hasBody]);

test("each route is a method at its path, with an authorizer or a declared reason, and the quota's resources are its prefixes", () => {
  fc.assert(
    fc.property(routeSets, fc.boolean(), (anyRoutes, cors) => {
      const routes = cors ? anyRoutes.filter(({ method }) => method !== "OPTIONS") : anyRoutes; // with CORS, the gateway answers OPTIONS itself
      const json = synthesizedFrom(routes, cors ? { allowedOrigin: ORIGIN } : {});
      const methods = methodsOf(json);
      const preflights = cors ? [...new Set(routes.map(({ path }) => `OPTIONS ${path}`))] : [];
      expect([...methods.keys()].sort()).toEqual([...routes.map(({ method, path }) => `${method} ${path}`), ...preflights].sort());

      for (const { method, path, target, scopes } of routes) {
        const made = methods.get(`${method} ${path}`)!;
        expect(made["authorization"]).toBe(scopes.length > 0 ? "COGNITO_USER_POOLS" : "NONE");
        expect(made["authorization_scopes"]).toEqual(scopes.length > 0 ? scopes : undefined);
        expect(typeof made["authorizer_id"]).toBe(scopes.length > 0 ? "string" : "undefined");
        expect(made["integration_type"]).toBe(target === "function" ? "AWS_PROXY" : "MOCK");
      }
      const limited = routes
        .filter(({ limit }) => limit !== undefined)
        .map(({ method, path }) => `${path.replaceAll("/", "~1")}/${method}`);
      expect(all(json, "method_settings").map(([, settings]) => settings["method_path"])).toEqual(
        expect.arrayContaining(["*/*", ...limited]),
      );
      expect(all(json, "method_settings")).toHaveLength(1 + limited.length);

      const prefixes = new Set(routes.flatMap(({ path }) => prefixesOf(path)));
      expect(all(json, "resource")).toHaveLength(prefixes.size);
      expect(all(json, "integration")).toHaveLength(methods.size);
      expect(permitted(json)).toEqual(new Set(routes.filter(({ target }) => target === "function").map(arnPath)));
      expect(all(json, "request_validator").length).toBeLessThanOrEqual(3);
      expect(all(json, "model").length).toBe(routes.some(({ hasBody }) => hasBody) ? 1 : 0);
    }),
    { numRuns: 60 },
  );
});

test("any sets of routes are valid Terraform, and several APIs have room in one stack", () => {
  fc.assert(
    fc.property(fc.array(routeSets, { minLength: 8, maxLength: 8 }), (sets) => {
      const folder = Testing.fullSynth(stackOf(sets));
      try {
        expect(folder).toBeValidTerraform();
      } finally {
        rmSync(folder, { recursive: true });
      }
    }),
    { numRuns: 1, endOnFailure: true }, // Terraform takes seconds, however many the routes
  );
});

test("a new deployment is due exactly when the routes differ, in whatever order they are written", () => {
  fc.assert(
    fc.property(
      routeSets.chain((routes) => fc.tuple(fc.constant(routes), fc.oneof(changedSet(routes), reordered(routes)))),
      ([before, after]) => {
        const same = isDeepStrictEqual(before.map(behaviour).sort(), after.map(behaviour).sort());
        expect(redeployment(synthesizedFrom(before)) === redeployment(synthesizedFrom(after))).toBe(same);
      },
    ),
    { numRuns: 60 },
  );
});

test("everything that is new is part of what a deployment is made for: CORS, validators, models", () => {
  const route: RouteData = { method: "POST", path: "/orders", target: "gateway", scopes: ["email"], query: [], hasBody: false };
  const hashes = [
    synthesizedFrom([route]),
    synthesizedFrom([route], { allowedOrigin: ORIGIN }),
    synthesizedFrom([route], { allowedOrigin: "https://other.example.com" }),
    synthesizedFrom([{ ...route, query: ["page"] }]),
    synthesizedFrom([{ ...route, hasBody: true }]),
    synthesizedFrom([{ ...route, scopes: ["orders/read"] }]),
    synthesizedFrom([{ ...route, method: "ANY" }]),
    synthesizedFrom([{ ...route, target: "function" }]),
  ].map(redeployment);
  expect(new Set(hashes).size).toBe(hashes.length);

  const json = synthesizedFrom([{ ...route, query: ["page"], hasBody: true }], { allowedOrigin: ORIGIN });
  const { replace_triggered_by } = all(json, "deployment")[0]![1]["lifecycle"] as { replace_triggered_by: string[] };
  for (const type of ["model", "request_validator", "method", "method_response", "integration", "integration_response", "resource"]) {
    const addresses = all(json, type).map(([name]) => `aws_api_gateway_${type}.${name}`);
    expect(addresses.length).toBeGreaterThan(0);
    expect(replace_triggered_by).toEqual(expect.arrayContaining(addresses));
  }
});

/** What follows the stage in the ARN of a route's method: `ANY` and a parameter stand for any text. */
function arnPath({ method, path }: RouteData): string {
  const parts = path.split("/").map((part) => (part.startsWith("{") ? "*" : part));
  return `${method === "ANY" ? "*" : method}${parts.join("/")}`;
}

/** The methods that may call the function, as {@link arnPath} writes them. */
function permitted(json: TerraformJson): Set<string> {
  const arns = Object.values(json.resource["aws_lambda_permission"] ?? {}).map(({ source_arn }) => String(source_arn));
  return new Set(arns.map((arn) => arn.replace(/^\$\{aws_api_gateway_rest_api\.[^}]+\.execution_arn\}\/\*\//, "")));
}

function prefixesOf(path: string): string[] {
  const segments = path.split("/").filter(Boolean);
  return segments.map((_, index) => segments.slice(0, index + 1).join("/"));
}

/** The routes in another order: the same API. */
function reordered(routes: readonly RouteData[]): fc.Arbitrary<RouteData[]> {
  return fc.shuffledSubarray([...routes], { minLength: routes.length });
}

/** The routes with one of them left out, or with one of its properties changed; perhaps to what it was. */
function changedSet(routes: readonly RouteData[]): fc.Arbitrary<RouteData[]> {
  const changes = fc.record({
    target: fc.constantFrom<TargetName>("gateway", "function"),
    scopes: fc.subarray(["email", "orders/read", "orders/write"] as const),
    query: fc.subarray(["page", "text"]),
    hasBody: fc.boolean(),
    limit: limits,
  });
  const index = fc.nat({ max: routes.length - 1 });
  return fc.oneof(
    fc.tuple(index, changes).map(([at, change]) => routes.map((route, i) => (i === at ? changed(route, change) : route))),
    index.map((at) => routes.filter((_, i) => i !== at)),
  );
}

function changed(route: RouteData, change: Partial<RouteData>): RouteData {
  return { ...route, ...change, ...(route.method === "ANY" && { limit: undefined }) };
}
