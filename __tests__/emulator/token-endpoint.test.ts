/** What the login pages' token endpoint gives for a code, and what for anything else. */
import { createHash } from "node:crypto";
import { AdminUserGlobalSignOutCommand } from "@aws-sdk/client-cognito-identity-provider";
import { loopbackRequest, postedForm } from "../../local/loopback-request";
import { PlainBrowser } from "../support/plain-browser";
import { cognito, system } from "./deployed-system";
import { codeClient, loginPagesUrl, pageUrl, type Person, signedUp } from "./people";

const { clientId, landingPageUrl } = system.smokeCheckTarget;
const VERIFIER = "a-code-verifier-of-at-least-forty-three-characters";
const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");

describe("a code", () => {
  let client: string;
  let person: Person;
  let code: string;

  beforeAll(async () => {
    client = await codeClient();
    person = await signedUp();
  });

  beforeEach(async () => {
    const browser = new PlainBrowser();
    await browser.open(
      pageUrl("/login", { client_id: client, response_type: "code", code_challenge: CHALLENGE, code_challenge_method: "S256" }),
    );
    await browser.submit(person);
    code = browser.arrival.query.get("code")!;
  });

  const exchange = (changes: Readonly<Record<string, string>> = {}) =>
    loopbackRequest(
      `${loginPagesUrl}/oauth2/token`,
      postedForm({
        grant_type: "authorization_code",
        client_id: client,
        redirect_uri: landingPageUrl,
        code,
        code_verifier: VERIFIER,
        ...changes,
      }),
    );

  test("gives tokens once, to any origin", async () => {
    const first = await exchange();
    expect(first).toMatchObject({ status: 200, headers: { "access-control-allow-origin": "*", "cache-control": "no-store" } });
    expect(Object.keys(JSON.parse(first.body) as object).sort()).toEqual([
      "access_token",
      "expires_in",
      "id_token",
      "refresh_token",
      "token_type",
    ]);
    expect(await exchange()).toMatchObject({ status: 400, body: '{"error":"invalid_grant"}' });
  });

  test("gives a refresh token that gives new tokens", async () => {
    const { refresh_token } = JSON.parse((await exchange()).body) as { refresh_token: string };
    const refresh = (fields: Readonly<Record<string, string>>) =>
      loopbackRequest(`${loginPagesUrl}/oauth2/token`, postedForm({ grant_type: "refresh_token", client_id: client, ...fields }));
    const answer = await refresh({ refresh_token });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toHaveProperty("access_token");
    expect(await refresh({ refresh_token: "of-nobody" })).toMatchObject({ status: 400, body: '{"error":"invalid_grant"}' });
  });

  test("gives a refresh token that ends with a global sign-out, while the access token opens the API until its own end", async () => {
    const { access_token, refresh_token } = JSON.parse((await exchange()).body) as { access_token: string; refresh_token: string };
    const user = { UserPoolId: system.outputs["user_pool_id"]!, Username: person.username };
    await cognito.send(new AdminUserGlobalSignOutCommand(user));
    const refresh = postedForm({ grant_type: "refresh_token", client_id: client, refresh_token });
    expect(await loopbackRequest(`${loginPagesUrl}/oauth2/token`, refresh)).toMatchObject({
      status: 400,
      body: '{"error":"invalid_grant"}',
    });
    expect(await loopbackRequest(system.smokeCheckTarget.invokeUrl, { headers: { Token: access_token } })).toMatchObject({ status: 200 });
  });

  test.each<[what: string, changes: () => Record<string, string>, error: string]>([
    ["a wrong verifier", () => ({ code_verifier: `${VERIFIER}x` }), "invalid_grant"],
    ["no verifier", () => ({ code_verifier: "" }), "invalid_grant"],
    ["the challenge as verifier", () => ({ code_verifier: CHALLENGE }), "invalid_grant"],
    ["another redirect_uri", () => ({ redirect_uri: system.smokeCheckTarget.invokeUrl }), "invalid_grant"],
    ["a code that was never given", () => ({ code: "of-nobody" }), "invalid_grant"],
    ["no code", () => ({ code: "" }), "invalid_grant"],
    ["an unknown client", () => ({ client_id: "unknown" }), "invalid_client"],
    ["no client", () => ({ client_id: "" }), "invalid_client"],
    ["a client that is not allowed the grant", () => ({ client_id: clientId }), "unauthorized_client"],
    ["another grant", () => ({ grant_type: "password" }), "unsupported_grant_type"],
  ])("gives nothing for %s", async (_, changes, error) => {
    expect(await exchange(changes())).toMatchObject({ status: 400, body: JSON.stringify({ error }) });
  });

  test.each(["client_id", "code", "grant_type", "redirect_uri"])("gives nothing for a %s that is there twice", async (name) => {
    const form = postedForm({
      grant_type: "authorization_code",
      client_id: client,
      redirect_uri: landingPageUrl,
      code,
      code_verifier: VERIFIER,
    });
    const twice = { ...form, body: `${form.body!}&${name}=another` };
    expect(await loopbackRequest(`${loginPagesUrl}/oauth2/token`, twice)).toMatchObject({
      status: 400,
      body: '{"error":"invalid_request"}',
    });
  });

  test("gives nothing to another client of the same user pool", async () => {
    expect(await exchange({ client_id: await codeClient() })).toMatchObject({ status: 400, body: '{"error":"invalid_grant"}' });
  });

  test("is not given for the challenge method plain", async () => {
    const url = pageUrl("/login", { client_id: client, response_type: "code", code_challenge: VERIFIER, code_challenge_method: "plain" });
    const location = new URL((await loopbackRequest(url)).headers.location!);
    expect(location.searchParams.get("error")).toBe("invalid_request");
  });

  test("can be exchanged by a page of any origin: the browser's question is answered", async () => {
    const answer = await loopbackRequest(`${loginPagesUrl}/oauth2/token`, {
      method: "OPTIONS",
      headers: { origin: "https://app.example", "access-control-request-method": "POST", "access-control-request-headers": "content-type" },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({ "access-control-allow-origin": "*", "access-control-allow-methods": "POST" });
  });
});
