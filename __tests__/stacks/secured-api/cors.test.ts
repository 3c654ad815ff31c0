import { UserError } from "../../../config/user-error";
import type { RestApiProps } from "../../../stacks/secured-api/rest-api";
import type { HttpMethod } from "../../../stacks/secured-api/route";
import { ApiStack, TARGET } from "../../support/api-stack";
import { securedApi, synthesized, type TerraformJson } from "../../support/synthesized";

const ORIGIN = "https://app.example.com";

function add(stack: ApiStack, method: HttpMethod, path: string, headers: readonly string[] = []): void {
  stack.api.addRoute({ method, path, target: TARGET, scopes: ["email"], validate: { headers } });
}

/** The headers of each preflight answer, by the address of its method. */
function preflights(json: TerraformJson): Record<string, unknown>[] {
  return Object.values(json.resource["aws_api_gateway_integration_response"] ?? {}).map(
    ({ response_parameters }) => response_parameters as Record<string, unknown>,
  );
}

test("without an origin there is no preflight, and no header", () => {
  const json = synthesized();
  const methods = Object.values(json.resource["aws_api_gateway_method"]!).map(({ http_method }) => http_method);
  expect(methods).toContain("GET");
  expect(methods).not.toContain("OPTIONS");
  expect(JSON.stringify(json)).not.toContain("Access-Control");
});

test("each resource with routes answers the browser's question by itself: the one origin, exactly its methods, the token's header", () => {
  const stack = new ApiStack({ allowedOrigin: ORIGIN }).secured();
  add(stack, "POST", "/orders", ["If-Match"]);
  add(stack, "GET", "/orders");
  add(stack, "GET", "/orders/{id}/lines");
  const json = stack.synthesized();
  const answer = (methods: string, headers: string) => ({
    "method.response.header.Access-Control-Allow-Origin": `'${ORIGIN}'`,
    "method.response.header.Access-Control-Allow-Methods": `'${methods}'`,
    "method.response.header.Access-Control-Allow-Headers": `'${headers}'`,
    "method.response.header.Access-Control-Max-Age": "'600'",
  });
  // "/orders/{id}" itself has no route, and so nothing to ask about.
  expect(preflights(json)).toEqual([answer("GET,POST", "Content-Type,If-Match,Token"), answer("GET", "Content-Type,Token")]);
  const open = Object.values(json.resource["aws_api_gateway_method"]!).filter(({ authorization }) => authorization === "NONE");
  expect(open.map(({ http_method }) => http_method)).toEqual(["OPTIONS", "OPTIONS"]);
});

test("ANY allows every method", () => {
  const stack = new ApiStack({ allowedOrigin: ORIGIN }).secured();
  add(stack, "ANY", "/{proxy+}");
  add(stack, "GET", "/{proxy+}");
  expect(preflights(stack.synthesized())).toEqual([
    expect.objectContaining({ "method.response.header.Access-Control-Allow-Methods": "'DELETE,GET,HEAD,PATCH,POST,PUT'" }),
  ]);
});

test("the gateway's refusals carry the header, whatever the reason, and the function learns the origin", () => {
  const json = synthesized(securedApi({ allowedOrigin: ORIGIN }));
  const responses = Object.values(json.resource["aws_api_gateway_gateway_response"]!);
  expect(responses.map(({ response_type }) => response_type).sort()).toEqual([
    "ACCESS_DENIED",
    "DEFAULT_4XX",
    "DEFAULT_5XX",
    "UNAUTHORIZED",
  ]);
  for (const { response_parameters } of responses) {
    expect(response_parameters).toMatchObject({ "gatewayresponse.header.Access-Control-Allow-Origin": `'${ORIGIN}'` });
  }
  for (const { environment } of Object.values(json.resource["aws_lambda_function"]!)) {
    expect(environment).toMatchObject({ variables: { ALLOWED_ORIGIN: ORIGIN } });
  }
  expect(JSON.stringify(json)).not.toMatch(/Access-Control-Allow-(?:Origin[^,]*\*|Credentials)/);
});

const EXACT =
  "it must be one exact origin, e.g. https://app.example.com: scheme, host and port in lower case, no path, no * and no slash at its end";
const HTTPS = "an origin is https, except http://localhost, http://127.0.0.1 and http://[::1]";

test.each([
  ["*", EXACT],
  ["", EXACT],
  ["null", EXACT],
  ["app.example.com", EXACT],
  ["https://*.example.com", EXACT],
  ["https://app.example.com/", EXACT],
  ["https://app.example.com/app", EXACT],
  ["https://app.example.com:443", EXACT],
  ["https://App.example.com", EXACT],
  ["https://app.example.com, https://other.example.com", EXACT],
  ["http://app.example.com", HTTPS],
  ["file:///app", EXACT],
])("the origin %j is refused", (allowedOrigin, fault) => {
  expect(() => new ApiStack({ allowedOrigin })).toThrow(
    new UserError(`The REST API api has the allowedOrigin "${allowedOrigin}": ${fault}.`),
  );
  expect(() => securedApi({ allowedOrigin })).toThrow(
    new UserError(`config/environments.ts: test.allowedOrigin is ${JSON.stringify(allowedOrigin)}: ${fault}.`),
  );
});

test.each([
  "https://app.example.com",
  "https://app.example.com:8443",
  "http://localhost:3000",
  "http://127.0.0.1:3000",
  "http://[::1]:3000",
])("the origin %s is taken", (allowedOrigin) => {
  expect(new ApiStack({ allowedOrigin }).api.allowedOrigin).toBe(allowedOrigin);
});

test.each(["before", "after"])("a route OPTIONS of its own is refused, %s the others of its path", (when) => {
  const stack = new ApiStack({ allowedOrigin: ORIGIN }).secured();
  if (when === "after") {
    add(stack, "GET", "/orders");
  }
  expect(() => {
    add(stack, "OPTIONS", "/orders");
  }).toThrow(
    new UserError("The route OPTIONS /orders is answered by the gateway itself, because allowedOrigin is set. Leave one of them out."),
  );
});

test.each(["*/*", "image/*", "png", "image/PNG", ""])("the binary media type %j is refused", (type) => {
  const props: Partial<RestApiProps> = { binaryMediaTypes: ["application/pdf", type] };
  expect(() => new ApiStack(props)).toThrow(
    new UserError(
      `The REST API api has the binary media type "${type}": it is written like image/png, in lower case. A wildcard would make the gateway's ` +
        `own answers, the landing page among them, unreadable. Name each type that travels as it is.`,
    ),
  );
});

test("binary media types are the API's", () => {
  const json = new ApiStack({ binaryMediaTypes: ["application/pdf", "image/png"] }).synthesized();
  expect(Object.values(json.resource["aws_api_gateway_rest_api"]!)).toEqual([
    expect.objectContaining({ binary_media_types: ["application/pdf", "image/png"] }),
  ]);
});
