/** Sets of routes that API Gateway would take, made by fast-check. */
import fc from "fast-check";
import type { Construct } from "constructs";
import { BackendFunction } from "../../stacks/secured-api/backend-function";
import { type HttpMethod, HTTP_METHODS, type Route, type RouteTarget } from "../../stacks/secured-api/route";
import { TARGET } from "./api-stack";

/** What answers a route: the gateway itself, or a function. */
export type TargetName = "gateway" | "function";

/** A route as data: two are the same when they are equal. */
export interface RouteData {
  readonly method: HttpMethod;
  readonly path: string;
  readonly target: TargetName;
  /** The scopes that it requires; none for a public route. */
  readonly scopes: readonly ("email" | "orders/read" | "orders/write")[];
  readonly query: readonly string[];
  readonly hasBody: boolean;
  /** Requests a second, where the route has limits of its own. */
  readonly limit?: number | undefined;
}

// Names that other constructs have, or that differ only in signs that addresses leave out, are the difficult ones.
const fixedPart = fc.constantFrom(
  "orders",
  "lines",
  "a.b",
  "ab",
  "a-b",
  "a_b",
  "GET",
  "ANY",
  "stage",
  "resource",
  "method",
  "Default",
  "v1:batch",
);

/** One name for a parameter at each depth, so that no two meet at one place; where it is greedy, the path ends with it. */
const pathWith = (greedyDepths: readonly number[]) =>
  fc
    .array(fc.oneof({ weight: 3, arbitrary: fixedPart }, { weight: 1, arbitrary: fc.constant("parameter") }), { maxLength: 5 })
    .map((names) => names.map((name, depth) => (name === "parameter" ? `{p${depth}${greedyDepths.includes(depth) ? "+" : ""}}` : name)))
    .map((names) => names.slice(0, names.findIndex((name) => name.endsWith("+}")) + 1 || names.length))
    .map((names) => `/${names.join("/")}`);

/** What the API lets every route have, and so the most that one can say of itself. */
export const MOST_REQUESTS = { requestsPerSecond: 50, burst: 100 };

export const limits = fc.option(fc.double({ min: 0.01, max: MOST_REQUESTS.requestsPerSecond, noNaN: true }), { nil: undefined });

const routeWith = (greedyDepths: readonly number[]): fc.Arbitrary<RouteData> =>
  fc
    .record({
      method: fc.constantFrom(...HTTP_METHODS),
      path: pathWith(greedyDepths),
      target: fc.constantFrom<TargetName>("gateway", "function"),
      scopes: fc.subarray(["email", "orders/read", "orders/write"] as const),
      query: fc.subarray(["page", "text"]),
      hasBody: fc.boolean(),
      limit: limits,
    })
    .map((made) => (made.method === "ANY" ? { ...made, limit: undefined } : made)); // the gateway limits no `ANY`

/** 1 to 12 routes, none twice. */
export const routeSets = fc
  .subarray([0, 1, 2, 3, 4])
  .chain((greedyDepths) =>
    fc.uniqueArray(routeWith(greedyDepths), { minLength: 1, maxLength: 12, selector: ({ method, path }) => `${method} ${path}` }),
  );

/** What answers the routes of a stack. */
export function targetsIn(scope: Construct): Record<TargetName, RouteTarget> {
  return {
    gateway: TARGET,
    function: new BackendFunction(scope, "orders-function", {
      ...{ name: "orders", region: "eu-central-1", sourceFolder: "lambda-src", handler: "handler.lambda_handler", logRetentionDays: 30 },
    }),
  };
}

/** The route as code would have it. */
export function asRoute(
  { method, path, target, scopes: [first, ...others], query, hasBody, limit }: RouteData,
  targets: Record<TargetName, RouteTarget>,
): Route {
  const body = { name: "Order", schema: { type: "object", required: ["item"] } };
  return {
    ...{ method, path, target: targets[target], validate: { query, ...(hasBody && { body }) } },
    ...(limit !== undefined && { throttling: { requestsPerSecond: limit, burst: 1 } }),
    ...(first === undefined ? { public: "A test may call it." } : { scopes: [first, ...others] }),
  };
}
