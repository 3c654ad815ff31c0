import type { Route } from "../../../stacks/secured-api/route";
import { ApiStack, TARGET } from "../../support/api-stack";
import { securedApi, synthesized, type TerraformJson } from "../../support/synthesized";

const HIGHEST = { requestsPerSecond: 50, burst: 100 };
const LOW = { requestsPerSecond: 0.5, burst: 2 };

type Limits = { readonly requestsPerSecond: number; readonly burst: number } | undefined;

/** The API with these routes and their limits. */
function withRoutes(routes: readonly (readonly [method: Route["method"], path: string, throttling?: Limits])[], props = {}): TerraformJson {
  const stack = new ApiStack({ throttling: HIGHEST, ...props }).secured();
  for (const [method, path, throttling] of routes) {
    stack.api.addRoute({ method, path, target: TARGET, scopes: ["email"], ...(throttling && { throttling }) });
  }
  return stack.synthesized();
}

const settingsOf = (json: TerraformJson): Record<string, unknown> =>
  Object.fromEntries(
    Object.values(json.resource["aws_api_gateway_method_settings"]!).map((config) => [String(config["method_path"]), config["settings"]]),
  );

// The keys of methodSettings in what GetStage answers.
test.each<[method: Route["method"], path: string, methodPath: string]>([
  ["GET", "/", "~1/GET"],
  ["POST", "/orders", "~1orders/POST"],
  ["DELETE", "/orders/{id}/lines", "~1orders~1{id}~1lines/DELETE"],
  ["HEAD", "/files/{proxy+}", "~1files~1{proxy+}/HEAD"],
])("the limits of %s %s are those of %s", (method, path, methodPath) => {
  const settings = settingsOf(withRoutes([[method, path, LOW]]));
  expect(Object.keys(settings)).toEqual(expect.arrayContaining(["*/*", methodPath]));
  expect(settings[methodPath]).toEqual({
    throttling_rate_limit: 0.5,
    throttling_burst_limit: 2,
    logging_level: "OFF",
    data_trace_enabled: false,
  });
});

test("a route without limits of its own has no settings of its own", () => {
  expect(Object.keys(settingsOf(withRoutes([["GET", "/orders"]])))).toEqual(["*/*"]);
});

test("a route's limits are written after those of all methods", () => {
  const all = Object.entries(withRoutes([["GET", "/orders", LOW]]).resource["aws_api_gateway_method_settings"]!);
  const [ofStage] = all.find(([, { method_path }]) => method_path === "*/*")!;
  const ofRoute = all.find(([, { method_path }]) => method_path !== "*/*")![1];
  expect(ofRoute["depends_on"]).toEqual([`aws_api_gateway_method_settings.${ofStage}`]);
});

test("limits wait for the stage, whose settings they are", () => {
  for (const config of Object.values(withRoutes([["GET", "/orders", LOW]]).resource["aws_api_gateway_method_settings"]!)) {
    expect(config["stage_name"]).toMatch(/^\$\{aws_api_gateway_stage\.\w+\.stage_name\}$/);
  }
});

test("settings of a method replace those of the stage, so they log what the stage does, and never whole requests", () => {
  const stack = securedApi({ observability: { executionLog: "ERROR" }, throttling: HIGHEST });
  stack.api.addRoute({ method: "GET", path: "/limited", target: stack.backend, scopes: ["email"], throttling: LOW });
  const { "*/*": ofStage, "~1limited/GET": ofRoute } = settingsOf(synthesized(stack)) as Record<string, Record<string, unknown>>;
  expect(ofStage).toMatchObject({ logging_level: "ERROR", data_trace_enabled: false });
  expect(ofRoute).toEqual({ ...ofStage, throttling_rate_limit: 0.5, throttling_burst_limit: 2 });
});

test("limits act without a deployment", () => {
  const deployment = (json: TerraformJson) => Object.values(json.resource["aws_api_gateway_deployment"]!)[0]!;
  const limited = withRoutes([["GET", "/orders", LOW]]);
  expect(deployment(limited)).toEqual(deployment(withRoutes([["GET", "/orders"]])));
  expect(JSON.stringify(deployment(limited))).not.toContain("method_settings");
});

test("the browser's question about a path keeps the stage's limits: it runs no function, and refused it would hide the 429", () => {
  const json = withRoutes([["POST", "/orders", LOW]], { allowedOrigin: "https://app.example.com" });
  expect(Object.keys(settingsOf(json)).sort()).toEqual(["*/*", "~1orders/POST"]);
});

test.each<[method: Route["method"], throttling: Limits, message: string]>([
  [
    "ANY",
    LOW,
    "limits of its own: API Gateway counts each method for itself and keeps no settings of ANY. Add a route for each method to limit.",
  ],
  [
    "GET",
    { ...LOW, requestsPerSecond: 0 },
    "throttling.requestsPerSecond 0: it must be more than 0, or the gateway refuses every request.",
  ],
  ["GET", { ...LOW, requestsPerSecond: -1 }, "throttling.requestsPerSecond -1: it must be more than 0"],
  ["GET", { ...LOW, requestsPerSecond: NaN }, "throttling.requestsPerSecond NaN: it must be more than 0"],
  ["GET", { ...LOW, burst: 0 }, "throttling.burst 0: it must be a whole number of requests from 1, or the gateway refuses every request."],
  ["GET", { ...LOW, burst: 1.5 }, "throttling.burst 1.5: it must be a whole number of requests from 1"],
  [
    "GET",
    { ...LOW, requestsPerSecond: 51 },
    "throttling.requestsPerSecond 51: the environment lets no route have more than 50. Lower it, or raise throttling.requestsPerSecond in " +
      "config/environments.ts.",
  ],
  [
    "GET",
    { ...LOW, requestsPerSecond: Infinity },
    "throttling.requestsPerSecond Infinity: the environment lets no route have more than 50.",
  ],
  ["GET", { ...LOW, burst: 101 }, "throttling.burst 101: the environment lets no route have more than 100."],
])("%s with %j stops synth", (method, throttling, message) => {
  expect(() => withRoutes([[method, "/orders", throttling]])).toThrow(`The route ${method} /orders has ${message}`);
});

test("limits as high as the environment's are taken", () => {
  expect(settingsOf(withRoutes([["GET", "/orders", HIGHEST]]))["~1orders/GET"]).toMatchObject({ throttling_rate_limit: 50 });
});
