import { UserError } from "../../../config/user-error";
import { ApiStack, TARGET } from "../../support/api-stack";
import { only, securedApi, synthesized } from "../../support/synthesized";

test("a resource server's scopes have typed names, which routes require", () => {
  const stack = new ApiStack().secured();
  const { scopes } = stack.users.addResourceServer({ identifier: "orders", scopes: { read: "Read orders", write: "Change orders" } });
  const read: "orders/read" = scopes.read;
  stack.api.addRoute({ method: "GET", path: "/", target: TARGET, scopes: [read, "email"] });
  const json = stack.synthesized();
  expect(only(json, "aws_cognito_resource_server")).toMatchObject({
    identifier: "orders",
    scope: [
      { scope_name: "read", scope_description: "Read orders" },
      { scope_name: "write", scope_description: "Change orders" },
    ],
  });
  expect(only(json, "aws_api_gateway_method")).toMatchObject({ authorization_scopes: ["orders/read", "email"] });
});

test("the app client may ask for them, after they exist, and the sign-in address asks for them", () => {
  const stack = securedApi();
  stack.users.addResourceServer({ identifier: "https://orders.example.com", scopes: { "read:all": "Read all orders" } });
  const json = synthesized(stack);
  const [address, server] = Object.entries(json.resource["aws_cognito_resource_server"]!).find(([name]) => name.includes("example"))!;
  expect(only(json, "aws_cognito_user_pool_client")["allowed_oauth_scopes"]).toEqual(
    expect.arrayContaining(["openid", "email", `\${aws_cognito_resource_server.${address}.identifier}/read:all`]),
  );
  expect(json.output["sign_in_url"]!.value).toMatch(/&scope=email\+https%3A%2F%2Forders.example.com%2Fread%3Aall\+openid[+&]/);
  expect(server["name"]).toBe("https-//orders.example.com".replace(/\//g, "-"));
});

const scopesOf = (amount: number) => Object.fromEntries(Array.from({ length: amount }, (_, index) => [`s${index}`, "A scope"]));

test.each<[identifier: string, scopes: Record<string, string>, fault: string]>([
  ["", { read: "Read" }, "has an identifier that cannot be used: it has 1 to 256 letters, digits and : / . _ ~ @ + = , -. Correct it."],
  [
    "my orders",
    { read: "Read" },
    "has an identifier that cannot be used: it has 1 to 256 letters, digits and : / . _ ~ @ + = , -. Correct it.",
  ],
  ["orders", {}, "has 0 scopes: Cognito takes 1 to 100. Split it into several resource servers."],
  ["orders", scopesOf(101), "has 101 scopes: Cognito takes 1 to 100. Split it into several resource servers."],
  ["orders", { "a/b": "Read" }, 'has the scope "a/b": it has 1 to 256 letters, digits and : . _ ~ @ + = , -. Correct it.'],
  ["orders", { read: "" }, 'describes the scope "read" in 0 characters: Cognito takes 1 to 256. Say what it allows.'],
])("the resource server %j with the scopes %j is refused", (identifier, scopes, fault) => {
  expect(() => new ApiStack().users.addResourceServer({ identifier, scopes })).toThrow(
    new UserError(`The resource server "${identifier}" ${fault}`),
  );
});

test("an identifier that is taken is refused", () => {
  const { users } = new ApiStack();
  users.addResourceServer({ identifier: "orders", scopes: { read: "Read" } });
  expect(() => users.addResourceServer({ identifier: "orders", scopes: { write: "Write" } })).toThrow(
    new UserError('The resource server "orders" exists already. Add the scopes to the one there is.'),
  );
});

test.each([["orders/raed"], ["orders"], ["aws.cognito.signin.user.admin"]])(
  "a route that requires the scope %s, which nobody declared",
  (scope) => {
    const stack = new ApiStack().secured();
    stack.users.addResourceServer({ identifier: "orders", scopes: { read: "Read" } });
    expect(() => stack.api.addRoute({ method: "GET", path: "/", target: TARGET, scopes: ["email", scope as "email"] })).toThrow(
      new UserError(
        `The route GET / requires the scope "${scope}", which no token can carry: the user pool has openid, email, phone, profile, orders/read. ` +
          `Correct it, or declare it with users.addResourceServer(…) before the route.`,
      ),
    );
  },
);
