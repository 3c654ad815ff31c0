/** Sets of routes that API Gateway would take, made by fast-check. */
import fc from "fast-check";
import type { HttpMethod, Route } from "../../stacks/secured-api/route";
import { TARGET } from "./api-stack";

/** A route as data: two are the same when they are equal. */
export interface RouteData {
  readonly method: HttpMethod;
  readonly path: string;
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

/** One name for a parameter at each depth, so that no two meet at one place. */
const parts = fc
  .array(fc.oneof({ weight: 3, arbitrary: fixedPart }, { weight: 1, arbitrary: fc.constant("parameter") }), { maxLength: 5 })
  .map((names) => names.map((name, depth) => (name === "parameter" ? `{p${depth}}` : name)));

/** What the API lets every route have, and so the most that one can say of itself. */
export const MOST_REQUESTS = { requestsPerSecond: 50, burst: 100 };

export const limits = fc.option(fc.double({ min: 0.01, max: MOST_REQUESTS.requestsPerSecond, noNaN: true }), { nil: undefined });

const anyRoute: fc.Arbitrary<RouteData> = fc.record({
  method: fc.constantFrom<HttpMethod>("ANY", "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"),
  path: parts.map((names) => `/${names.join("/")}`),
  scopes: fc.subarray(["email", "orders/read", "orders/write"] as const),
  query: fc.subarray(["page", "text"]),
  hasBody: fc.boolean(),
  limit: limits,
});

/** The gateway limits no `ANY`. */
const route = anyRoute.map((made) => (made.method === "ANY" ? { ...made, limit: undefined } : made));

/** 1 to 12 routes, none twice. */
export const routeSets = fc.uniqueArray(route, { minLength: 1, maxLength: 12, selector: ({ method, path }) => `${method} ${path}` });

/** The route as code would have it. */
export function asRoute({ method, path, scopes: [first, ...others], query, hasBody, limit }: RouteData): Route {
  const body = { name: "Order", schema: { type: "object", required: ["item"] } };
  return {
    ...{ method, path, target: TARGET, validate: { query, ...(hasBody && { body }) } },
    ...(limit !== undefined && { throttling: { requestsPerSecond: limit, burst: 1 } }),
    ...(first === undefined ? { public: "A test may call it." } : { scopes: [first, ...others] }),
  };
}
