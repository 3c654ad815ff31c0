import { UserError } from "../../../config/user-error";
import { AccessLog } from "../../../stacks/secured-api/access-log";
import type { RestApiProps } from "../../../stacks/secured-api/rest-api";
import type { Route } from "../../../stacks/secured-api/route";
import { skippedChecks } from "../../../stacks/skip-check";
import { ApiStack, TARGET } from "../../support/api-stack";
import { only, pathOf } from "../../support/synthesized";

type Observed = NonNullable<RestApiProps["observability"]>;

const GET = { method: "GET", target: TARGET, scopes: ["email"] } as const;

function securedStack(): ApiStack {
  const stack = new ApiStack();
  stack.api.secureWith(stack.users, { name: "authorizer", tokenHeader: "Token" });
  return stack;
}

/** Path of every resource of the API, by its address. */
function resourcePaths(stack: ApiStack): string[] {
  const json = stack.synthesized();
  return Object.keys(json.resource["aws_api_gateway_resource"]!)
    .map((name) => pathOf(json, name))
    .sort();
}

describe("addRoute refuses", () => {
  test.each<[what: string, routes: unknown[], message: string]>([
    [
      "a route that exists",
      [getAt("/"), getAt("/")],
      "The route GET / exists already. Change the one there is, or give the other a method or path of its own.",
    ],
    [
      "a route that exists, public this time",
      [getAt("/a/{id}"), { method: "GET", path: "/a/{id}", target: TARGET, public: "It is the front page." }],
      "The route GET /a/{id} exists already. Change the one there is, or give the other a method or path of its own.",
    ],
    [
      "an empty list of scopes",
      [{ ...getAt("/"), scopes: [] }],
      'The route GET / names no scope. Without one the gateway would take ID tokens: name at least one in "scopes".',
    ],
    [
      "neither scopes nor a reason",
      [{ method: "GET", path: "/", target: TARGET }],
      'The route GET / names no scope. Without one the gateway would take ID tokens: name at least one in "scopes".',
    ],
    [
      "scopes that are no list",
      [{ ...getAt("/"), scopes: "email" }],
      'The route GET / names no scope. Without one the gateway would take ID tokens: name at least one in "scopes".',
    ],
    ...["", " \n"].map((reason): [string, unknown[], string] => [
      `the reason ${JSON.stringify(reason)}`,
      [{ method: "GET", path: "/", target: TARGET, public: reason }],
      'The route GET / is public without a reason. Say in "public" why everybody may call it, or give it scopes.',
    ]),
    [
      "a second parameter at the same place",
      [getAt("/orders/{id}"), getAt("/orders/{order}/lines")],
      `The route's path "/orders/{order}/lines" has the parameter {order} where another route has {id}: API Gateway takes one parameter ` +
        `below "/orders". Give both the same name.`,
    ],
    [
      "a second parameter below the root",
      [getAt("/{id}"), getAt("/{proxy+}")],
      `The route's path "/{proxy+}" has the parameter {proxy+} where another route has {id}: API Gateway takes one parameter below "/". ` +
        `Give both the same name.`,
    ],
  ])("%s", (_, routes, message) => {
    const { api } = securedStack();
    const last = routes.pop() as Route;
    routes.forEach((route) => api.addRoute(route as Route));
    expect(() => api.addRoute(last)).toThrow(new UserError(message));
  });

  test("an authorized route before there is an authorizer", () => {
    expect(() => new ApiStack().api.addRoute(getAt("/"))).toThrow(
      new UserError("The route GET / needs an authorizer. Call api.secureWith(…) before api.addRoute(…)."),
    );
  });

  test("a path that API Gateway does not take, before anything is made", () => {
    const { api } = securedStack();
    const before = api.node.findAll().length;
    expect(() => api.addRoute(getAt("/orders/"))).toThrow('The route\'s path "/orders/" is not one that API Gateway takes');
    expect(api.node.findAll()).toHaveLength(before);
  });
});

describe("addRoute", () => {
  test("makes one resource for each prefix, shared by the routes below it", () => {
    const stack = securedStack();
    const routes = ["/", "/orders", "/orders/{id}", "/orders/{id}/lines", "/orders/search", "/basket/items"];
    routes.forEach((path) => stack.api.addRoute(getAt(path)));
    expect(resourcePaths(stack)).toEqual(["/basket", "/basket/items", "/orders", "/orders/search", "/orders/{id}", "/orders/{id}/lines"]);
    expect(Object.keys(stack.synthesized().resource["aws_api_gateway_method"]!)).toHaveLength(routes.length);
  });

  test("takes several methods on one path", () => {
    const stack = securedStack();
    const methods = ["GET", "POST", "DELETE"] as const;
    methods.forEach((method) => stack.api.addRoute({ ...GET, method, path: "/orders" }));
    expect(resourcePaths(stack)).toEqual(["/orders"]);
    const made = Object.values(stack.synthesized().resource["aws_api_gateway_method"]!);
    expect(made.map((method) => method["http_method"]).sort()).toEqual([...methods].sort());
  });

  // Each would meet another construct, or cdktf's special name, if a path's part were a construct's id as it is.
  test.each([
    ["/stage", "/deployment", "/authorizer", "/limits", "/rest-api"],
    ["/orders", "/orders/GET", "/orders/resource", "/orders/GET/method"],
    ["/", "/Default", "/Resource"],
    ["/a.b", "/ab", "/a-b", "/a:b"],
    ["/{id}", "/id"],
  ])("tells paths like %s apart from its own constructs and from each other", (...paths) => {
    const stack = securedStack();
    paths.forEach((path) => stack.api.addRoute(getAt(path)));
    expect(Object.keys(stack.synthesized().resource["aws_api_gateway_method"]!)).toHaveLength(paths.length);
    expect(resourcePaths(stack)).toEqual(expect.arrayContaining(paths.filter((path) => path !== "/")));
  });

  test("requires the scopes of an authorized route and no authorizer of a public one", () => {
    const stack = securedStack();
    stack.api.addRoute({ ...GET, path: "/", scopes: ["email", "profile"] });
    stack.api.addRoute({ method: "GET", path: "/health", target: TARGET, public: "A load balancer asks, which cannot sign in." });
    const [authorizer] = Object.keys(stack.synthesized().resource["aws_api_gateway_authorizer"]!);
    const methods = Object.values(stack.synthesized().resource["aws_api_gateway_method"]!);
    expect(
      methods.map(({ authorization, authorizer_id, authorization_scopes }) => [authorization, authorizer_id, authorization_scopes]),
    ).toEqual([
      ["COGNITO_USER_POOLS", `\${aws_api_gateway_authorizer.${authorizer!}.id}`, ["email", "profile"]],
      ["NONE", undefined, undefined],
    ]);
  });
});

describe("the API", () => {
  const apiOf = (props: Partial<RestApiProps> = {}) =>
    only(new ApiStack(props).withPublicRoute().synthesized(), "aws_api_gateway_rest_api");

  test("is regional, and found under AWS's own host name unless there is one of the project's", () => {
    const endpoint_configuration = { types: ["REGIONAL"] };
    expect(apiOf()).toEqual({ name: "api", endpoint_configuration, disable_execute_api_endpoint: false, binary_media_types: [] });
    expect(apiOf({ ownHostName: true })).toMatchObject({ disable_execute_api_endpoint: true });
  });

  test.each([["image/png"], ["application/vnd.api+json", "font/woff2"], ["application/x-7z-compressed"]])(
    "takes the binary media types %s",
    (...binaryMediaTypes) => {
      expect(apiOf({ binaryMediaTypes })).toMatchObject({ binary_media_types: binaryMediaTypes });
    },
  );

  test.each(["image/png; q=1", " image/png", "/png", "image/", "image//png"])("refuses the binary media type %j", (type) => {
    expect(() => new ApiStack({ binaryMediaTypes: ["image/gif", type] })).toThrow(`The REST API api has the binary media type "${type}"`);
  });

  test("takes the tokens of its user pool, in the header that is named, and asks nothing of them that access tokens lack", () => {
    const authorizer = only(securedStack().withPublicRoute().synthesized(), "aws_api_gateway_authorizer");
    expect(authorizer).toEqual({
      name: "authorizer",
      type: "COGNITO_USER_POOLS",
      rest_api_id: expect.stringMatching(/^\$\{aws_api_gateway_rest_api\.\w+/) as unknown,
      provider_arns: [expect.stringMatching(/^\$\{aws_cognito_user_pool\.\w+\.arn\}$/)],
      identity_source: "method.request.header.Token",
    });
  });
});

describe("the stage", () => {
  const observed = (more: Partial<Observed>): Partial<RestApiProps> => ({
    observability: { tracing: false, executionLog: "OFF", accessLog: undefined, addExecutionLogGroup: () => undefined, ...more },
  });
  const stageOf = (stack: ApiStack) => only(stack.withPublicRoute().synthesized(), "aws_api_gateway_stage");
  const skipped = (stack: ApiStack) =>
    skippedChecks(stack)
      .filter(({ address }) => address.startsWith("aws_api_gateway_stage."))
      .map(({ check }) => check);
  const BARE = {
    rest_api_id: expect.stringMatching(/^\$\{aws_api_gateway_rest_api\./) as unknown,
    deployment_id: expect.stringMatching(/^\$\{aws_api_gateway_deployment\./) as unknown,
    stage_name: "demo",
  };

  test("neither traces nor logs unless it is asked to, and says to the policy's checks that this is meant", () => {
    for (const props of [{}, observed({})]) {
      const stack = new ApiStack(props);
      expect(stageOf(stack)).toEqual(BARE);
      expect(skipped(stack)).toEqual(expect.arrayContaining(["CKV_AWS_73", "CKV_AWS_76"]));
    }
  });

  test("traces", () => {
    const stack = new ApiStack(observed({ tracing: true }));
    expect(stageOf(stack)).toEqual({ ...BARE, xray_tracing_enabled: true });
    expect(skipped(stack)).not.toContain("CKV_AWS_73");
    expect(skipped(stack)).toContain("CKV_AWS_76");
  });

  test("logs a line for each request, on the emulator too", () => {
    for (const onEmulator of [false, true]) {
      const log = new AccessLog(new ApiStack(), "access-log", { name: "requests", retentionDays: 1, encryptionKeyArn: undefined });
      const stack = new ApiStack({ ...observed({ accessLog: log }), onEmulator });
      expect(stageOf(stack)).toEqual({
        ...BARE,
        access_log_settings: {
          destination_arn: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\..+\.arn\}$/) as unknown,
          format: log.format,
        },
      });
      expect(skipped(stack)).not.toContain("CKV_AWS_76");
      expect(skipped(stack)).toContain("CKV_AWS_73");
    }
  });

  test("passes over the empty block that the emulator reads back, and over nothing on AWS", () => {
    expect(stageOf(new ApiStack({ onEmulator: true }))).toEqual({ ...BARE, lifecycle: { ignore_changes: ["access_log_settings"] } });
  });

  test("logs no execution unless it is asked to", () => {
    const settings = (props: Partial<RestApiProps>) =>
      only(new ApiStack(props).withPublicRoute().synthesized(), "aws_api_gateway_method_settings")["settings"] as object;
    expect(settings({})).toHaveProperty("logging_level", "OFF");
    expect(settings(observed({ executionLog: "ERROR" }))).toHaveProperty("logging_level", "ERROR");
  });
});

function getAt(path: string): Route {
  return { ...GET, path };
}
