import { createHash } from "node:crypto";
import * as protocol from "../../../../stacks/secured-api/landing-page/page/protocol";
import type { Settings } from "../../../../stacks/secured-api/landing-page/page/settings";

const SETTINGS: Settings = {
  apiUrl: "https://api.example/demo",
  tokenHeader: "Token",
  oauthGrant: "implicit",
  clientId: "client-1",
  scope: "email openid",
  redirectUri: "https://api.example/demo/signed-in",
  authorizationEndpoint: "https://login.example/oauth2/authorize",
  tokenEndpoint: "https://login.example/oauth2/token",
  signOutUrl: "https://login.example/logout",
};

const PENDING: protocol.PendingRequest = { state: "s-1", nonce: "n-1", verifier: "v-1" };

function jwt(claims: object): string {
  return ["{}", JSON.stringify(claims), "signature"].map((part) => Buffer.from(part).toString("base64url")).join(".");
}

const ACCESS = jwt({ sub: "id-1", username: "user-1", exp: 2_000 });

describe("reading the response", () => {
  const tokens = { accessToken: "at", idToken: undefined, expiresIn: undefined };
  test.each<[string, { hash?: string; search?: string }, protocol.AuthorizationResponse]>([
    ["an address without a response", {}, { kind: "none" }],
    ["a fragment for people", { hash: "#top" }, { kind: "none" }],
    ["an access token", { hash: "#access_token=at" }, { kind: "token", state: undefined, tokens }],
    [
      "tokens, lifetime and state",
      { hash: "#id_token=it&access_token=at&token_type=Bearer&expires_in=3600&state=s" },
      { kind: "token", state: "s", tokens: { accessToken: "at", idToken: "it", expiresIn: 3600 } },
    ],
    ["a lifetime that is none", { hash: "#access_token=at&expires_in=soon" }, { kind: "token", state: undefined, tokens }],
    ["a lifetime that is over", { hash: "#access_token=at&expires_in=-5" }, { kind: "token", state: undefined, tokens }],
    ["an ID token alone", { hash: "#id_token=it&state=s" }, { kind: "none" }],
    ["an access token in the query, where servers would log it", { search: "?access_token=at" }, { kind: "none" }],
    ["a code", { search: "?code=c&state=s" }, { kind: "code", state: "s", code: "c" }],
    ["a code in the fragment", { hash: "#code=c" }, { kind: "none" }],
    ["an empty code", { search: "?code=" }, { kind: "none" }],
    ["two codes", { search: "?code=c&code=d" }, { kind: "none" }],
    ["two states", { search: "?code=c&state=s&state=t" }, { kind: "code", state: undefined, code: "c" }],
    [
      "an error in the query",
      { search: "?error=access_denied&error_description=Not+today&state=s" },
      { kind: "error", state: "s", error: "access_denied", description: "Not today" },
    ],
    [
      "an error in the fragment",
      { hash: "#error=server_error" },
      { kind: "error", state: undefined, error: "server_error", description: undefined },
    ],
    [
      "an error beside tokens",
      { hash: "#access_token=at", search: "?error=x" },
      { kind: "error", state: undefined, error: "x", description: undefined },
    ],
  ])("%s", (_, { hash = "", search = "" }, expected) => {
    expect(protocol.readResponse({ hash, search })).toEqual(expected);
  });
});

describe("what comes next", () => {
  const tokens = (idToken?: string) => ({ accessToken: ACCESS, idToken, expiresIn: 60 });
  const token = (state?: string, idToken?: string): protocol.AuthorizationResponse => ({ kind: "token", state, tokens: tokens(idToken) });
  const code = (state?: string): protocol.AuthorizationResponse => ({ kind: "code", state, code: "c" });
  const error = (state?: string): protocol.AuthorizationResponse => ({ kind: "error", state, error: "e", description: "words" });
  const refuse = (reason: protocol.Refusal): protocol.NextStep => ({ step: "refuse", reason });
  const ours = jwt({ nonce: "n-1" });

  test.each<[string, Settings["oauthGrant"], protocol.AuthorizationResponse, protocol.PendingRequest | undefined, protocol.NextStep]>([
    ["nothing in the address", "implicit", { kind: "none" }, undefined, { step: "offer-sign-in" }],
    ["tokens with the request's state, but without an ID token", "implicit", token("s-1"), PENDING, refuse("wrong-nonce")],
    ["tokens with state and nonce", "implicit", token("s-1", ours), PENDING, { step: "call-api", tokens: tokens(ours) }],
    ["tokens with another state", "implicit", token("s-2"), PENDING, refuse("wrong-state")],
    ["tokens without a state", "implicit", token(), PENDING, refuse("wrong-state")],
    ["an ID token with another nonce", "implicit", token("s-1", jwt({ nonce: "n-2" })), PENDING, refuse("wrong-nonce")],
    ["an ID token without a nonce", "implicit", token("s-1", jwt({})), PENDING, refuse("wrong-nonce")],
    ["an ID token that is none", "implicit", token("s-1", "garbage"), PENDING, refuse("wrong-nonce")],
    ["tokens that nobody asked for", "implicit", token(), undefined, { step: "start-again" }],
    ["tokens with a state of somebody else's", "implicit", token("s-9"), undefined, { step: "start-again" }],
    ["tokens after a request that the page repeated", "implicit", token("again-x"), undefined, refuse("not-asked-for")],
    ["a code instead of tokens", "implicit", code("s-1"), PENDING, refuse("wrong-grant")],
    ["a code with the request's state", "code", code("s-1"), PENDING, { step: "exchange-code", code: "c", pending: PENDING }],
    ["a code with another state", "code", code("s-2"), PENDING, refuse("wrong-state")],
    ["a code without a state", "code", code(), PENDING, refuse("wrong-state")],
    ["a code that nobody asked for", "code", code("s-1"), undefined, { step: "start-again" }],
    ["a code after a request that the page repeated", "code", code("again-x"), undefined, refuse("not-asked-for")],
    ["tokens instead of a code", "code", token("s-1"), PENDING, refuse("wrong-grant")],
    ["tokens instead of a code, asked for by nobody", "code", token(), undefined, { step: "start-again" }],
    ["an error for the request", "implicit", error("s-1"), PENDING, { step: "show-error", error: "e", description: "words" }],
    ["an error without a state", "code", error(), PENDING, { step: "show-error", error: "e", description: "words" }],
    ["an error with another state", "code", error("s-2"), PENDING, refuse("wrong-state")],
    [
      "an error that nobody asked for: not its words",
      "code",
      error(),
      undefined,
      { step: "show-error", error: "e", description: undefined },
    ],
  ])("%s (%s)", (_, grant, response, pending, expected) => {
    expect(protocol.nextStep(grant, response, pending)).toEqual(expected);
  });
});

describe("the request to the login pages", () => {
  test("asks for tokens, with state and nonce, and nothing else", async () => {
    const { url, pending } = await protocol.authorizationRequest(SETTINGS);
    expect(url.split("?")[0]).toBe(SETTINGS.authorizationEndpoint);
    expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
      response_type: "token",
      client_id: "client-1",
      redirect_uri: "https://api.example/demo/signed-in",
      scope: "email openid",
      state: pending.state,
      nonce: pending.nonce,
    });
    expect(pending).toEqual({
      state: expect.stringMatching(/^[\w-]{43}$/) as unknown,
      nonce: expect.stringMatching(/^[\w-]{43}$/) as unknown,
    });
  });

  test("asks for a code with PKCE's challenge, and keeps the verifier", async () => {
    const { url, pending } = await protocol.authorizationRequest({ ...SETTINGS, oauthGrant: "code" });
    const parameters = new URL(url).searchParams;
    expect(parameters.get("response_type")).toBe("code");
    expect(parameters.get("code_challenge_method")).toBe("S256");
    expect(parameters.get("code_challenge")).toBe(createHash("sha256").update(pending.verifier!).digest("base64url"));
    expect(url).not.toContain(pending.verifier);
  });

  test("uses fresh values each time", async () => {
    const requests = await Promise.all(
      Array.from({ length: 20 }, () => protocol.authorizationRequest({ ...SETTINGS, oauthGrant: "code" })),
    );
    const values = requests.flatMap(({ pending }) => [pending.state, pending.nonce, pending.verifier]);
    expect(new Set(values).size).toBe(60);
  });

  test("that the page repeats is known by its state, even when everything else is forgotten", async () => {
    const { pending } = await protocol.authorizationRequest(SETTINGS, { startedAgain: true });
    const response = protocol.readResponse({ hash: `#access_token=x&state=${pending.state}`, search: "" });
    expect(protocol.nextStep("implicit", response, undefined)).toEqual({ step: "refuse", reason: "not-asked-for" });
  });

  test("PKCE's challenge is that of RFC 7636, appendix B", async () => {
    // checkov:skip=CKV_SECRET_6: the example of RFC 7636, appendix B
    expect(await protocol.codeChallenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")).toBe("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  });
});

describe("the token endpoint", () => {
  test("is asked as RFC 6749 and 7636 say", () => {
    expect(Object.fromEntries(protocol.tokenRequest(SETTINGS, "c-1", PENDING))).toEqual({
      grant_type: "authorization_code",
      client_id: "client-1",
      redirect_uri: "https://api.example/demo/signed-in",
      code: "c-1",
      code_verifier: "v-1",
    });
  });

  test.each<[string, string, ReturnType<typeof protocol.readTokenResponse>]>([
    [
      "tokens",
      '{"access_token":"at","id_token":"it","refresh_token":"rt","expires_in":300,"token_type":"Bearer"}',
      { tokens: { accessToken: "at", idToken: "it", expiresIn: 300 } },
    ],
    ["an access token alone", '{"access_token":"at"}', { tokens: { accessToken: "at", idToken: undefined, expiresIn: undefined } }],
    ["an error", '{"error":"invalid_grant"}', { error: "invalid_grant" }],
    ["an access token that is no text", '{"access_token":7}', { error: undefined }],
    ["an empty access token", '{"access_token":""}', { error: undefined }],
    ["a page of a proxy", "<h1>Bad gateway</h1>", { error: undefined }],
    ["null", "null", { error: undefined }],
  ])("answers %s", (_, body, expected) => {
    expect(protocol.readTokenResponse(body)).toEqual(expected);
  });
});

test.each<[string, string | null, protocol.PendingRequest | undefined]>([
  ["a request with a verifier", JSON.stringify(PENDING), PENDING],
  ["a request without one", '{"state":"s","nonce":"n"}', { state: "s", nonce: "n" }],
  ["nothing", null, undefined],
  ["no JSON", "{", undefined],
  ["JSON of something else", "[]", undefined],
  ["a request without a nonce", '{"state":"s"}', undefined],
  ["a state that is no text", '{"state":1,"nonce":"n"}', undefined],
])("what was kept: %s", (_, kept, expected) => {
  expect(protocol.readPendingRequest(kept)).toEqual(expected);
});

const tokens = (idToken: string | undefined, accessToken = ACCESS, expiresIn?: number) => ({ accessToken, idToken, expiresIn });

test.each<[string, protocol.Tokens, string | undefined]>([
  ["the ID token's e-mail address", tokens(jwt({ email: "zoë@example.com" })), "zoë@example.com"],
  ["the access token's user name, without an ID token", tokens(undefined), "user-1"],
  ["the user name, where the ID token has no address", tokens(jwt({ email: "" })), "user-1"],
  ["the subject, where there is no user name", tokens(undefined, jwt({ sub: "id-1" })), "id-1"],
  ["nobody known, where the token is no JWT", tokens("x", "opaque"), undefined],
])("who is signed in: %s", (_, given, expected) => {
  expect(protocol.personOf(given)).toBe(expected);
});

test.each<[string, protocol.Tokens, number | undefined]>([
  ["its lifetime from now", tokens(undefined, ACCESS, 300), 1_300_000],
  ["its claim exp, where no lifetime came with it", tokens(undefined), 2_000_000],
  ["not known, where neither is there", tokens(undefined, jwt({})), undefined],
])("when the sign-in ends: %s", (_, given, expected) => {
  expect(protocol.endOf(given, 1_000_000)).toBe(expected);
});

test.each([
  ["claims in UTF-8 and base64url", jwt({ email: "ÿþ>?@例え" }), { email: "ÿþ>?@例え" }],
  ["no JWT", "opaque", {}],
  ["a payload that is no base64", "a.%%%.c", {}],
  ["a payload that is no JSON", `a.${btoa("nothing")}.c`, {}],
  ["a payload that is no object", `a.${btoa("7")}.c`, {}],
])("claims of a token: %s", (_, token, expected) => {
  expect(protocol.claimsOf(token)).toEqual(expected);
});
