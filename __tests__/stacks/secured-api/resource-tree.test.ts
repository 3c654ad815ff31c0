import { UserError } from "../../../config/user-error";
import type { Route } from "../../../stacks/secured-api/route";
import { ApiStack, TARGET } from "../../support/api-stack";

const getAt = (path: string): Route => ({ method: "GET", path, target: TARGET, scopes: ["email"] });

test("the quota counts the root and each part of a path once", () => {
  const stack = new ApiStack({ resourceQuota: 4 }).secured();
  ["/", "/a/b", "/a", "/a/b/c"].forEach((path) => stack.api.addRoute(getAt(path)));
  expect(Object.keys(stack.synthesized().resource["aws_api_gateway_resource"]!)).toHaveLength(3);
  expect(() => stack.api.addRoute(getAt("/d"))).toThrow(
    new UserError(
      `The route's path "/d" needs more than 4 resources (parts of paths, the root included), the quota of one REST API. Let one {proxy+} ` +
        `route stand for several, split the API, or have AWS raise the quota and state it in the setting resourceQuota.`,
    ),
  );
});

test("by default the quota is AWS's own: 300", () => {
  const { api } = new ApiStack().secured();
  Array.from({ length: 299 }, (_, index) => api.addRoute(getAt(`/r${index}`)));
  expect(() => api.addRoute(getAt("/one-more"))).toThrow('The route\'s path "/one-more" needs more than 300 resources');
});

test("a method that API Gateway does not know is refused", () => {
  const { api } = new ApiStack().secured();
  expect(() => api.addRoute({ ...getAt("/"), method: "TRACE" as "GET" })).toThrow(
    new UserError(
      "The route TRACE / has a method that API Gateway does not know: it takes ANY, GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS.",
    ),
  );
});

test("ANY and a method of its own stand side by side; ANY twice does not", () => {
  const { api } = new ApiStack().secured();
  api.addRoute({ ...getAt("/a"), method: "ANY" });
  api.addRoute(getAt("/a"));
  expect(() => api.addRoute({ ...getAt("/a"), method: "ANY" })).toThrow(
    new UserError("The route ANY /a exists already. Change the one there is, or give the other a method or path of its own."),
  );
});

describe("what API Gateway keeps for its health check", () => {
  test.each(["/ping", "/sping", "/ping/{id}"])("%s is refused where the API has a host name of its own", (path) => {
    const { api } = new ApiStack({ ownHostName: true }).secured();
    const reserved = path.split("/")[1];
    expect(() => api.addRoute(getAt(path))).toThrow(
      new UserError(
        `The route's path "${path}" begins with "/${reserved}", which API Gateway keeps for its own health check where the API has a host ` +
          `name of its own (customDomains.api): callers would not reach the route. Choose another, e.g. "/health".`,
      ),
    );
  });

  test.each(["/pings", "/orders/ping", "/Ping"])("%s is another path", (path) => {
    expect(() => new ApiStack({ ownHostName: true }).secured().api.addRoute(getAt(path))).not.toThrow();
  });

  test.each(["/ping", "/sping"])("%s is a path like any other under AWS's host name", (path) => {
    expect(() => new ApiStack().secured().api.addRoute(getAt(path))).not.toThrow();
  });
});
