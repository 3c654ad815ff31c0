import { UserError } from "../../../config/user-error";
import { resourceArnPath } from "../../../stacks/secured-api/route";
import { pathSegments } from "../../../stacks/secured-api/route-path";

test.each([
  ["/", []],
  ["/orders", ["orders"]],
  ["/orders/{id}", ["orders", "{id}"]],
  ["/files/{proxy+}", ["files", "{proxy+}"]],
  ["/v1.0/orders:batch/a_b-c", ["v1.0", "orders:batch", "a_b-c"]],
])("the path %s has the parts %j", (path, segments) => {
  expect(pathSegments(path)).toEqual(segments);
});

test.each(["", "orders", "/orders/", "//", "/a b", "/~a", "/a?b=c", "/ä", "/{}", "/{id", "/id}", "/{a b}", "/x{id}", "/{proxy+}/x"])(
  'the path "%s" is refused',
  (path) => {
    expect(() => pathSegments(path)).toThrow(
      new Error(
        `The route's path "${path}" is not one that API Gateway takes: it begins with "/", does not end with one, and its parts are ` +
          `letters, digits and . _ : - or a parameter in braces, e.g. "/orders/{id}"; a parameter for many parts, e.g. {proxy+}, is the last.`,
      ),
    );
  },
);

test("a parameter's name twice in a path is refused", () => {
  expect(() => pathSegments("/orders/{id}/lines/{id}")).toThrow(
    new UserError(
      `The route's path "/orders/{id}/lines/{id}" has the parameter {id} twice: the function could read only one of them. Give each a name of its own.`,
    ),
  );
});

test.each([
  ["GET", "/", "GET/"],
  ["POST", "/orders", "POST/orders"],
  ["PUT", "/orders/{id}/lines/{line}", "PUT/orders/*/lines/*"],
  ["ANY", "/files/{proxy+}", "*/files/*"],
] as const)("%s %s is %s in an ARN", (method, path, arnPath) => {
  expect(resourceArnPath({ method, path })).toBe(arnPath);
});
