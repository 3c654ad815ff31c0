import { UserError } from "../../config/user-error";

const SEGMENT = /^(?:[a-zA-Z0-9._:-]+|\{[a-zA-Z0-9._-]+\+?\})$/;

/**
 * The parts of a route's path; none for `/`.
 *
 * @throws UserError when API Gateway would refuse the path
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export function pathSegments(path: string): string[] {
  if (path === "/") {
    return [];
  }
  const segments = path.split("/").slice(1);
  const greedyBeforeTheEnd = segments.slice(0, -1).some((segment) => segment.endsWith("+}"));
  if (!path.startsWith("/") || greedyBeforeTheEnd || !segments.every((segment) => SEGMENT.test(segment))) {
    throw new UserError(
      `The route's path "${path}" is not one that API Gateway takes: it begins with "/", does not end with one, and its parts are ` +
        `letters, digits and . _ : - or a parameter in braces, e.g. "/orders/{id}"; a parameter for many parts, e.g. {proxy+}, is the last.`,
    );
  }
  const names = pathParameters(path);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new UserError(
      `The route's path "${path}" has the parameter {${twice}} twice: the function could read only one of them. Give each a name of its own.`,
    );
  }
  return segments;
}

/** The names of a path's parameters, without braces and plus sign. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name]) => name ?? "");
}
