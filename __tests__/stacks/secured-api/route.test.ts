import { pathSegments, resourceArnPath } from "../../../stacks/secured-api/route";

test.each([
  ["/", []],
  ["/orders", ["orders"]],
  ["/orders/{id}", ["orders", "{id}"]],
  ["/files/{proxy+}", ["files", "{proxy+}"]],
  ["/v1.0/~me/a_b-c", ["v1.0", "~me", "a_b-c"]],
])("the path %s has the parts %j", (path, segments) => {
  expect(pathSegments(path)).toEqual(segments);
});

test.each(["", "orders", "/orders/", "//", "/a b", "/a:b", "/a?b=c", "/ä", "/{}", "/{id", "/id}", "/{a b}", "/x{id}", "/{proxy+}/x"])(
  'the path "%s" is refused',
  (path) => {
    expect(() => pathSegments(path)).toThrow(
      new Error(
        `The route's path "${path}" is not one that API Gateway takes: it begins with "/", does not end with one, and its parts are ` +
          `letters, digits and . _ ~ - or a parameter in braces, e.g. "/orders/{id}"; a parameter for many parts, e.g. {proxy+}, is the last.`,
      ),
    );
  },
);

test.each([
  ["/", "/"],
  ["/orders", "/orders"],
  ["/orders/{id}/lines/{line}", "/orders/*/lines/*"],
  ["/files/{proxy+}", "/files/*"],
])("the path %s is %s in an ARN", (path, arnPath) => {
  expect(resourceArnPath(path)).toBe(arnPath);
});
