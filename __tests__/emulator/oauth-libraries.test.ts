/** Libraries that know nothing of this project sign in through the login pages, call the API, and accept the tokens. */
import { CognitoJwtVerifier } from "aws-jwt-verify";
import type { Jwks } from "aws-jwt-verify/jwk";
import * as openid from "openid-client";
import { loopbackRequest } from "../../local/loopback-request";
import { PlainBrowser } from "../support/plain-browser";
import { system } from "./deployed-system";
import { codeClient, loginPagesUrl, pageUrl, type Person, signedUp } from "./people";

const { invokeUrl, landingPageUrl, clientId, emulatorUrl, region } = system.smokeCheckTarget;
const userPoolId = system.outputs["user_pool_id"]!;
const keysUrl = `${emulatorUrl}/${userPoolId}/.well-known/jwks.json`;

let person: Person;

beforeAll(async () => {
  person = await signedUp();
});

test("openid-client signs in with code and PKCE, checks state, nonce and signature, and the access token opens the API", async () => {
  const server: openid.ServerMetadata = {
    issuer: `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`,
    authorization_endpoint: `${loginPagesUrl}/oauth2/authorize`,
    token_endpoint: `${loginPagesUrl}/oauth2/token`,
    jwks_uri: keysUrl,
  };
  const config = new openid.Configuration(server, await codeClient(), undefined, openid.None());
  openid.allowInsecureRequests(config); // eslint-disable-line @typescript-eslint/no-deprecated -- marked so to be noticed; this is loopback
  openid.enableNonRepudiationChecks(config); // checks the ID token's signature also where the token came over a channel of its own

  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  const expectedState = openid.randomState();
  const expectedNonce = openid.randomNonce();
  const authorizationUrl = openid.buildAuthorizationUrl(config, {
    redirect_uri: landingPageUrl,
    scope: "openid email",
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
    state: expectedState,
    nonce: expectedNonce,
  });

  const browser = new PlainBrowser();
  await browser.open(authorizationUrl.href);
  await browser.submit(person);
  const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true };
  const tokens = await openid.authorizationCodeGrant(config, new URL(browser.answer.headers.location!), checks);

  expect(tokens.claims()).toMatchObject({ email: person.username, nonce: expectedNonce });
  expect(await loopbackRequest(invokeUrl, { headers: { Token: tokens.access_token } })).toMatchObject({ status: 200 });

  const refreshed = await openid.refreshTokenGrant(config, tokens.refresh_token!);
  expect(await loopbackRequest(invokeUrl, { headers: { Token: refreshed.access_token } })).toMatchObject({ status: 200 });
});

describe("aws-jwt-verify, with the user pool's keys", () => {
  const verifier = CognitoJwtVerifier.create({ userPoolId, clientId });
  let fragment: URLSearchParams;

  beforeAll(async () => {
    verifier.cacheJwks(JSON.parse((await loopbackRequest(keysUrl)).body) as Jwks);
    const browser = new PlainBrowser();
    await browser.open(pageUrl("/login"));
    await browser.submit(person);
    ({ fragment } = browser.arrival);
  });

  test("accepts the access token, with its scopes", async () => {
    const claims = await verifier.verify(fragment.get("access_token")!, { tokenUse: "access", scope: ["email"] });
    expect(claims.client_id).toBe(clientId);
  });

  test("accepts the ID token", async () => {
    const claims = await verifier.verify(fragment.get("id_token")!, { tokenUse: "id" });
    expect(claims["email"]).toBe(person.username);
  });

  test.each<[what: string, token: () => string, tokenUse: "access" | "id", message: RegExp]>([
    ["a tampered token", () => `${fragment.get("access_token")!.slice(0, -6)}AAAAAA`, "access", /Invalid signature/],
    ["an ID token as access token", () => fragment.get("id_token")!, "access", /Token use not allowed/],
  ])("refuses %s", async (_, token, tokenUse, message) => {
    await expect(verifier.verify(token(), { tokenUse })).rejects.toThrow(message);
  });
});
