/** Who gets an answer from the API, and who does not: one row a request, with the number of times that the function ran. */
import { createSign, generateKeyPairSync } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import {
  AdminInitiateAuthCommand,
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  CreateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { loopbackRequest } from "../../local/loopback-request";
import { signIn, signUp, type Tokens } from "../../local/smoke-check";
import { cognito, functionRuns, system } from "./deployed-system";

const person = { email: "access@example.com", password: "Access-1-secret-of-a-test" };
const target = system.smokeCheckTarget;

/** An app client like the stack's own, but for what a row of the table needs different. */
async function otherClient(settings: Partial<CreateUserPoolClientCommandInput>): Promise<string> {
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId: system.outputs["user_pool_id"]!,
      ClientName: "another",
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["implicit"],
      AllowedOAuthScopes: ["openid", "email"],
      CallbackURLs: [target.landingPageUrl],
      SupportedIdentityProviders: ["COGNITO"],
      ...settings,
    }),
  );
  return UserPoolClient!.ClientId!;
}

interface Claims {
  [claim: string]: unknown;
}

const decode = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString()) as Claims;
const encode = (part: Claims) => Buffer.from(JSON.stringify(part)).toString("base64url");

/** The token with other claims or another header, under its old signature. */
function edited(token: string, { header = {}, claims = {} }: { header?: Claims; claims?: Claims }): string {
  const [h, c, signature] = token.split(".") as [string, string, string];
  return [encode({ ...decode(h), ...header }), encode({ ...decode(c), ...claims }), signature].join(".");
}

/** The same header and claims, signed by a key that the pool does not have. */
function signedByAnotherKey(token: string): string {
  const unsigned = token.slice(0, token.lastIndexOf("."));
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return `${unsigned}.${createSign("RSA-SHA256").update(unsigned).sign(privateKey, "base64url")}`;
}

function withoutAlgorithm(token: string): string {
  const [, claims] = token.split(".") as [string, string];
  return `${encode({ alg: "none" })}.${claims}.`;
}

let tokens: Tokens;
const others: Record<"expired" | "otherPool" | "noEmailScope" | "passwordApi", string> = {
  expired: "",
  otherPool: "",
  noEmailScope: "",
  passwordApi: "",
};

beforeAll(async () => {
  await signUp(target, person);
  tokens = await signIn(target, person);

  const withoutEmail = await otherClient({ AllowedOAuthScopes: ["openid"] });
  others.noEmailScope = (await signIn({ ...target, clientId: withoutEmail }, person)).access;

  const withPassword = await otherClient({ ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH"] });
  const { AuthenticationResult } = await cognito.send(
    new AdminInitiateAuthCommand({
      UserPoolId: system.outputs["user_pool_id"]!,
      ClientId: withPassword,
      AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: person.email, PASSWORD: person.password },
    }),
  );
  others.passwordApi = AuthenticationResult!.AccessToken!;

  const { UserPool } = await cognito.send(
    new CreateUserPoolCommand({ PoolName: "another", UsernameAttributes: ["email"], AutoVerifiedAttributes: ["email"] }),
  );
  const stranger = { ...target, clientId: await otherClient({ UserPoolId: UserPool!.Id! }) };
  await signUp(stranger, person);
  others.otherPool = (await signIn(stranger, person)).access;
});

test("a short-lived token opens the API before it ends", async () => {
  const shortLived = await otherClient({ AccessTokenValidity: 6, TokenValidityUnits: { AccessToken: "seconds" } });
  others.expired = (await signIn({ ...target, clientId: shortLived }, person)).access;
  expect(await loopbackRequest(target.invokeUrl, { headers: { Token: others.expired } })).toMatchObject({ status: 200 });
  await sleep(7_000); // for the rows of the table that need it ended
});

interface Call {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
}

test.each<[what: string, call: () => Call, status: number, runs: number]>([
  ["no token", () => ({}), 401, 0],
  ["an empty token", () => ({ headers: { Token: "" } }), 401, 0],
  ["a token that is none", () => ({ headers: { Token: "garbage" } }), 401, 0],
  ["an ID token instead of an access token", () => ({ headers: { Token: tokens.id } }), 401, 0],
  ["an access token in the wrong header", () => ({ headers: { Authorization: tokens.access } }), 401, 0],
  ["an access token in the query string", () => ({ path: `?Token=${tokens.access}` }), 401, 0],
  ["an access token in a cookie", () => ({ headers: { Cookie: `Token=${tokens.access}` } }), 401, 0],
  ["a tampered signature", () => ({ headers: { Token: `${tokens.access.slice(0, -6)}AAAAAA` } }), 401, 0],
  ["an edited claim", () => ({ headers: { Token: edited(tokens.access, { claims: { scope: "email openid admin" } }) } }), 401, 0],
  ["a prolonged token", () => ({ headers: { Token: edited(others.expired, { claims: { exp: 4_000_000_000 } }) } }), 401, 0],
  ["the algorithm none", () => ({ headers: { Token: withoutAlgorithm(tokens.access) } }), 401, 0],
  [
    "the algorithm none under the old signature",
    () => ({ headers: { Token: edited(tokens.access, { header: { alg: "none" } }) } }),
    401,
    0,
  ],
  ["a token signed by another key", () => ({ headers: { Token: signedByAnotherKey(tokens.access) } }), 401, 0],
  ["an expired token", () => ({ headers: { Token: others.expired } }), 401, 0],
  ["a token of another user pool", () => ({ headers: { Token: others.otherPool } }), 401, 0],
  ["a token without the scope email", () => ({ headers: { Token: others.noEmailScope } }), 401, 0],
  ["a token of the password API", () => ({ headers: { Token: others.passwordApi } }), 401, 0],
  ["another method", () => ({ method: "POST", headers: { Token: tokens.access } }), 403, 0],
  ["an unknown path", () => ({ path: "/admin", headers: { Token: tokens.access } }), 403, 0],
  ["the landing page, which is public and runs nothing", () => ({ path: "/signed-in" }), 200, 0],
  ["an access token with scope email", () => ({ headers: { Token: tokens.access } }), 200, 1],
  ["the same after the word Bearer", () => ({ headers: { Token: `Bearer ${tokens.access}` } }), 200, 1],
  ["the same with the header in lower case", () => ({ headers: { token: tokens.access } }), 200, 1],
  ["the same with a slash after the stage", () => ({ path: "/", headers: { Token: tokens.access } }), 200, 1],
])("%s", async (_, call, status, runs) => {
  const { method = "GET", path = "", headers = {} } = call();
  const before = await functionRuns();
  const answer = await loopbackRequest(`${target.invokeUrl}${path}`, { method, headers });
  expect({ status: answer.status, runs: (await functionRuns()) - before }).toEqual({ status, runs });
});

test("a caller who is let through gets the tutorial's answer", async () => {
  const answer = await loopbackRequest(target.invokeUrl, { headers: { Token: tokens.access } });
  expect(answer.body).toBe('"Hello from Liwanag Backend!"');
});

test("a caller who is refused learns where to sign in", async () => {
  const { status, headers, body } = await loopbackRequest(target.invokeUrl);
  expect(status).toBe(401);
  expect(JSON.parse(body)).toEqual({ message: "Unauthorized", sign_in_url: system.outputs["sign_in_url"] });
  expect(headers).toMatchObject({ "www-authenticate": expect.stringMatching(/^Bearer /) as unknown, "cache-control": "no-store" });
});
