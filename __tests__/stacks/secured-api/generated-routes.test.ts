/** What holds for any set of valid routes. */
import fc from "fast-check";
import { isDeepStrictEqual } from "node:util";
import { ApiStack } from "../../support/api-stack";
import { asRoute, limits, MOST_REQUESTS, type RouteData, routeSets } from "../../support/generated-routes";
import type { TerraformJson } from "../../support/synthesized";

const ORIGIN = "https://app.example.com";

function synthesizedFrom(routes: readonly RouteData[], { allowedOrigin }: { allowedOrigin?: string } = {}): TerraformJson {
  const stack = new ApiStack({ allowedOrigin, throttling: MOST_REQUESTS }).secured();
  stack.users.addResourceServer({ identifier: "orders", scopes: { read: "Read", write: "Write" } });
  routes.forEach((route) => stack.api.addRoute(asRoute(route)));
  return stack.synthesized(); // with the Aspects, which refuse what is open without a reason
}

const all = (json: TerraformJson, type: string) => Object.entries(json.resource[`aws_api_gateway_${type}`] ?? {});
const redeployment = (json: TerraformJson) => (all(json, "deployment")[0]![1]["triggers"] as { redeployment: string }).redeployment;

/** Method and path of every method, through the resources' parents. */
function methodsOf(json: TerraformJson): Map<string, Record<string, unknown>> {
  const resources = json.resource["aws_api_gateway_resource"] ?? {};
  const pathOf = (id: unknown): string => {
    const [, address] = /^\$\{aws_api_gateway_resource\.(.+)\.id\}$/.exec(String(id)) ?? [];
    return address === undefined ? "" : `${pathOf(resources[address]!["parent_id"])}/${String(resources[address]!["path_part"])}`;
  };
  return new Map(
    all(json, "method").map(([, method]) => [`${String(method["http_method"])} ${pathOf(method["resource_id"]) || "/"}`, method] as const),
  );
}

/** What a deployment's snapshot has of a route. Its limits are the stage's, and act without a deployment. */
const behaviour = ({ method, path, scopes, query, hasBody }: RouteData) =>
  JSON.stringify([method, path, [...scopes].sort(), [...query].sort(), hasBody]);

test("each route is a method at its path, with an authorizer or a declared reason, and the quota's resources are its prefixes", () => {
  fc.assert(
    fc.property(routeSets, fc.boolean(), (routes, cors) => {
      const json = synthesizedFrom(routes, cors ? { allowedOrigin: ORIGIN } : {});
      const methods = methodsOf(json);
      const preflights = cors ? [...new Set(routes.map(({ path }) => `OPTIONS ${path}`))] : [];
      expect([...methods.keys()].sort()).toEqual([...routes.map(({ method, path }) => `${method} ${path}`), ...preflights].sort());

      for (const { method, path, scopes } of routes) {
        const made = methods.get(`${method} ${path}`)!;
        expect(made["authorization"]).toBe(scopes.length > 0 ? "COGNITO_USER_POOLS" : "NONE");
        expect(made["authorization_scopes"]).toEqual(scopes.length > 0 ? scopes : undefined);
        expect(typeof made["authorizer_id"]).toBe(scopes.length > 0 ? "string" : "undefined");
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
      expect(all(json, "request_validator").length).toBeLessThanOrEqual(3);
      expect(all(json, "model").length).toBe(routes.some(({ hasBody }) => hasBody) ? 1 : 0);
    }),
    { numRuns: 60 },
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
  const route: RouteData = { method: "POST", path: "/orders", scopes: ["email"], query: [], hasBody: false };
  const hashes = [
    synthesizedFrom([route]),
    synthesizedFrom([route], { allowedOrigin: ORIGIN }),
    synthesizedFrom([route], { allowedOrigin: "https://other.example.com" }),
    synthesizedFrom([{ ...route, query: ["page"] }]),
    synthesizedFrom([{ ...route, hasBody: true }]),
    synthesizedFrom([{ ...route, scopes: ["orders/read"] }]),
    synthesizedFrom([{ ...route, method: "ANY" }]),
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
