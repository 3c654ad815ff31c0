/** Bad input to the local login pages: an error page or an OAuth error, never a redirect to an unregistered address, never a stack trace. */
import { request } from "node:http";
import { loopbackRequest, type LoopbackRequest, type LoopbackResponse, postedForm } from "../../local/loopback-request";
import { PlainBrowser } from "../support/plain-browser";
import { system } from "./deployed-system";
import { loginPagesUrl, pageUrl, signedUp } from "./people";

const { landingPageUrl } = system.smokeCheckTarget;

/** A page's address without one of its parameters. */
function without(name: string, path = "/login"): string {
  const url = new URL(pageUrl(path));
  url.searchParams.delete(name);
  return url.href;
}

function expectHeadersOfAPage({ headers, body }: LoopbackResponse): void {
  expect(headers).toMatchObject({ "cache-control": "no-store", "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" });
  expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; .*frame-ancestors 'none'$/);
  expect(body).toContain("Local stand-in for Amazon Cognito's login pages – for development only");
  expect(body).not.toMatch(/\n\s+at |node_modules|[a-z]Error\b/);
}

test.each(["/login", "/signup", "/confirmUser", "/forgotPassword", "/confirmForgotPassword"])(
  "%s is a page that lets nothing in and nothing out, but for the app's address",
  async (path) => {
    const answer = await loopbackRequest(pageUrl(path));
    expect(answer.status).toBe(200);
    expectHeadersOfAPage(answer);
    expect(answer.headers["content-security-policy"]).toContain(`form-action 'self' ${new URL(landingPageUrl).origin};`);
    expect(answer.headers["set-cookie"]).toEqual([expect.stringMatching(/^XSRF-TOKEN=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)]);
  },
);

describe.each(["/login", "/signup", "/confirmUser", "/forgotPassword", "/confirmForgotPassword", "/oauth2/authorize"])("%s", (path) => {
  test.each<[what: string, url: string]>([
    ["no client_id", without("client_id", path)],
    ["an unknown client_id", pageUrl(path, { client_id: "unknown" })],
    ["markup as client_id", pageUrl(path, { client_id: "<script>" })],
    ["two client_ids", `${pageUrl(path)}&client_id=another`],
    ["a redirect_uri that is not registered", pageUrl(path, { redirect_uri: "https://attacker.example/" })],
    ["a redirect_uri with a slash at the end", pageUrl(path, { redirect_uri: `${landingPageUrl}/` })],
    ["a redirect_uri that runs a script", pageUrl(path, { redirect_uri: "javascript:alert(1)" })],
  ])("%s: an error page and no redirect", async (_, url) => {
    const answer = await loopbackRequest(url);
    expect(answer).toMatchObject({ status: 400 });
    expect(answer.headers.location).toBeUndefined();
    expectHeadersOfAPage(answer);
    expect(answer.body).not.toContain("<script>");
  });

  test.each<[what: string, changes: Record<string, string>, error: string]>([
    ["an unknown scope", { scope: "openid admin" }, "invalid_scope"],
    ["a grant that the client is not allowed", { response_type: "code" }, "unauthorized_client"],
    ["a response_type that there is not", { response_type: "id_token" }, "invalid_request"],
  ])("%s: an error to the app, with its state", async (_, changes, error) => {
    const { status, headers } = await loopbackRequest(pageUrl(path, { ...changes, state: "kept" }));
    const location = new URL(headers.location!);
    expect({ status, address: `${location.origin}${location.pathname}`, hash: location.hash }).toEqual({
      status: 302,
      address: landingPageUrl,
      hash: "",
    });
    expect(Object.fromEntries(location.searchParams)).toEqual({ error, error_description: expect.any(String) as string, state: "kept" });
  });
});

test("without a redirect_uri, the client's default is used", async () => {
  expect(await loopbackRequest(without("redirect_uri"))).toMatchObject({ status: 200 });
});

test.each(["/login", "/signup", "/confirmUser", "/forgotPassword", "/confirmForgotPassword"])(
  "%s refuses a form that was not shown in this browser",
  async (path) => {
    const shown = new PlainBrowser();
    await shown.open(pageUrl(path));
    const fields = { username: "a@example.com", password: "Good-1-password", code: "123456" };
    const cookie = `XSRF-TOKEN=${shown.cookies.get("XSRF-TOKEN")!}`;
    const attempts: LoopbackRequest[] = [
      postedForm(fields), // neither token nor cookie
      postedForm({ ...fields, _csrf: shown.form.formToken }), // the token alone
      { ...postedForm(fields), headers: { ...postedForm(fields).headers, cookie } }, // the cookie alone
      { ...postedForm({ ...fields, _csrf: shown.form.formToken }), headers: { cookie: "XSRF-TOKEN=of-another-browser" } },
      { method: "POST", headers: { "content-type": "application/json", cookie }, body: JSON.stringify(fields) },
      { method: "POST" },
    ];
    for (const attempt of attempts) {
      const answer = await loopbackRequest(pageUrl(path), attempt);
      expect(answer.status).toBe(403);
      expectHeadersOfAPage(answer);
    }
  },
);

test.each<[method: string, path: string, allow: string]>([
  ["PUT", "/login", "GET, HEAD, POST"],
  ["DELETE", "/signup", "GET, HEAD, POST"],
  ["POST", "/oauth2/authorize", "GET, HEAD"],
  ["POST", "/logout", "GET, HEAD"],
  ["POST", "/mailbox", "GET, HEAD"],
  ["GET", "/oauth2/token", "POST"],
])("%s %s is not allowed", async (method, path, allow) => {
  const answer = await loopbackRequest(pageUrl(path), { method });
  expect(answer).toMatchObject({ status: 405, headers: { allow } });
  expectHeadersOfAPage(answer);
});

test.each(["/login", "/oauth2/token"])("%s refuses a body that no form has", async (path) => {
  const answer = await loopbackRequest(pageUrl(path), postedForm({ username: "a".repeat(17 * 1024) }));
  expect(answer.status).toBe(413);
  expectHeadersOfAPage(answer);
});

/** Sends a path as it is written: a URL parser would resolve its dots. */
function rawStatus(path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { host, port } = new URL(loginPagesUrl);
    request({ host: "127.0.0.1", port, path, headers: { host }, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once("error", reject)
      .end();
  });
}

test.each([
  "/",
  "/../../../../etc/passwd",
  "/..%2f..%2f..%2fetc/passwd",
  "/%2e%2e/%2e%2e/etc/passwd",
  "/login/../../package.json",
  "/login/..%5c..%5cpackage.json",
  "/mailbox/%00",
  "//attacker.example/",
  "/_ministack/reset",
])("there is nothing at %s", async (path) => {
  expect(await rawStatus(path)).toBe(404);
});

describe("/logout", () => {
  test.each<[what: string, url: string]>([
    ["an address that is not registered", pageUrl("/logout", { logout_uri: "https://attacker.example/" })],
    ["a callback URL that is no sign-out URL", pageUrl("/logout", { logout_uri: system.smokeCheckTarget.invokeUrl })],
    ["no address", without("redirect_uri", "/logout")],
    ["an unknown client", pageUrl("/logout", { client_id: "unknown", logout_uri: landingPageUrl })],
    ["a redirect_uri that is not registered", pageUrl("/logout", { redirect_uri: "https://attacker.example/" })],
  ])("%s: an error page, and the session stays", async (_, url) => {
    const browser = new PlainBrowser();
    await browser.open(pageUrl("/login"));
    await browser.submit(await signedUp());
    const answer = await browser.open(url);
    expect(answer.status).toBe(400);
    expect(answer.headers.location).toBeUndefined();
    await browser.open(pageUrl("/oauth2/authorize"));
    expect(browser.arrival.fragment.has("access_token")).toBe(true);
  });
});
