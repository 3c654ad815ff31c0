/** What an app may ask the login pages for: one row a request. */
import { AuthorizationError, checkAuthorizationRequest, UntrustedRequestError } from "../../../local/login-pages/authorization-request";
import type { AppClient } from "../../../local/login-pages/app-client";

const CALLBACK = "http://a1.execute-api.localhost:4566/demo/signed-in";
// checkov:skip=CKV_SECRET_6: the example of RFC 7636, appendix B
const CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

const client: AppClient = {
  id: "client",
  userPoolId: "pool",
  grants: ["code", "implicit"],
  scopes: ["openid", "email"],
  callbackUrls: [CALLBACK, "myapp://callback"],
  defaultRedirectUri: CALLBACK,
  logoutUrls: [],
};
const valid = { client_id: "client", response_type: "token", redirect_uri: CALLBACK };

function check(changes: Readonly<Record<string, string | undefined>> = {}, clientChanges: Partial<AppClient> = {}) {
  const parameters: Readonly<Record<string, string | undefined>> = { ...valid, ...changes };
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return checkAuthorizationRequest(new URLSearchParams(given), { ...client, ...clientChanges });
}

test.each<[what: string, changes: Record<string, string | undefined>, expected: object]>([
  ["the implicit grant", {}, { responseType: "token", redirectUri: CALLBACK }],
  ["the code grant", { response_type: "code" }, { responseType: "code" }],
  ["no scope means all of the client's", { scope: undefined }, { scope: "openid email" }],
  ["an empty scope means all of the client's", { scope: "" }, { scope: "openid email" }],
  ["openid alone", { scope: "openid" }, { scope: "openid" }],
  ["scopes in any order", { scope: "email openid" }, { scope: "email openid" }],
  ["no redirect_uri means the client's default", { redirect_uri: undefined }, { redirectUri: CALLBACK }],
  ["an app's own scheme", { redirect_uri: "myapp://callback" }, { redirectUri: "myapp://callback" }],
  ["state and nonce", { state: "a b&c", nonce: "n" }, { state: "a b&c", nonce: "n" }],
  ["a challenge", { response_type: "code", code_challenge: CHALLENGE, code_challenge_method: "S256" }, { codeChallenge: CHALLENGE }],
  ["a parameter that there is not", { display: "page" }, { responseType: "token" }],
])("accepted: %s", (_, changes, expected) => {
  expect(check(changes)).toMatchObject(expected);
});

test.each<[what: string, changes: Record<string, string | undefined>, clientChanges: Partial<AppClient>, message: RegExp]>([
  ["another address", { redirect_uri: "https://attacker.example/" }, {}, /redirect_mismatch/],
  ["a slash at the end", { redirect_uri: `${CALLBACK}/` }, {}, /redirect_mismatch/],
  ["no last character", { redirect_uri: CALLBACK.slice(0, -1) }, {}, /redirect_mismatch/],
  ["upper case", { redirect_uri: CALLBACK.toUpperCase() }, {}, /redirect_mismatch/],
  ["a query behind it", { redirect_uri: `${CALLBACK}?a=b` }, {}, /redirect_mismatch/],
  ["a fragment behind it", { redirect_uri: `${CALLBACK}#a` }, {}, /redirect_mismatch/],
  ["a user before the host", { redirect_uri: CALLBACK.replace("http://", "http://a@") }, {}, /redirect_mismatch/],
  ["an empty address", { redirect_uri: "" }, {}, /redirect_mismatch/],
  ["no address and no default", { redirect_uri: undefined }, { defaultRedirectUri: undefined }, /no default redirect URI/],
])("answered to nobody: redirect_uri is %s", (_, changes, clientChanges, message) => {
  expect(() => check(changes, clientChanges)).toThrow(UntrustedRequestError);
  expect(() => check(changes, clientChanges)).toThrow(message);
});

test.each<[what: string, changes: Record<string, string | undefined>, clientChanges: Partial<AppClient>, error: string]>([
  ["no response_type", { response_type: undefined }, {}, "invalid_request"],
  ["a response_type that Cognito has not", { response_type: "id_token" }, {}, "invalid_request"],
  ["token, and the client is not allowed implicit", {}, { grants: ["code"] }, "unauthorized_client"],
  ["code, and the client is not allowed code", { response_type: "code" }, { grants: ["implicit"] }, "unauthorized_client"],
  ["a client that may not use the pages", {}, { grants: [] }, "unauthorized_client"],
  ["an unknown scope", { scope: "openid admin" }, {}, "invalid_scope"],
  ["a scope in upper case", { scope: "OPENID" }, {}, "invalid_scope"],
  ["email without openid", { scope: "email" }, {}, "invalid_scope"],
  ["the method plain", { response_type: "code", code_challenge: CHALLENGE, code_challenge_method: "plain" }, {}, "invalid_request"],
  ["a challenge without a method, which OAuth reads as plain", { response_type: "code", code_challenge: CHALLENGE }, {}, "invalid_request"],
  ["a method without a challenge", { response_type: "code", code_challenge_method: "S256" }, {}, "invalid_request"],
  ["an empty challenge", { response_type: "code", code_challenge: "", code_challenge_method: "S256" }, {}, "invalid_request"],
])("answered to the app: %s", (_, changes, clientChanges, error) => {
  const attempt = () => check({ ...changes, state: "s" }, clientChanges);
  expect(attempt).toThrow(AuthorizationError);
  expect(attempt).toThrow(expect.objectContaining({ error, answerTo: { redirectUri: CALLBACK, state: "s" } }) as Error);
});

test("a parameter that is given twice is refused: two readers could read two values", () => {
  const twice = (name: string) => new URLSearchParams([...Object.entries({ ...valid, scope: "openid" }), [name, "another"]]);
  expect(() => checkAuthorizationRequest(twice("scope"), client)).toThrow(AuthorizationError);
  expect(() => checkAuthorizationRequest(twice("redirect_uri"), client)).toThrow(UntrustedRequestError);
});
