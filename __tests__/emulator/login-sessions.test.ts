/** A browser that has signed in: what its session answers, and what ends it. */
import { system } from "./deployed-system";
import type { PlainBrowser } from "../support/plain-browser";
import { browserAt, claims, codeClient, loginPagesUrl, newestCode, pageUrl, type Person, signedIn, signedUp } from "./people";

const { landingPageUrl } = system.smokeCheckTarget;

describe("a browser's session", () => {
  let person: Person;
  let browser: PlainBrowser;

  beforeEach(async () => {
    person = await signedUp();
    browser = await signedIn(person);
  });

  test("answers another request without a password, with that request's own state and nonce", async () => {
    await browser.open(pageUrl("/oauth2/authorize", { state: "second", nonce: "second-nonce" }));
    expect(browser.arrival.fragment.get("state")).toBe("second");
    expect(claims(browser.arrival.fragment.get("id_token"))["nonce"]).toBe("second-nonce");
  });

  test("answers another app client of the user pool, with that one's tokens", async () => {
    const other = await codeClient({ AllowedOAuthFlows: ["implicit"] });
    await browser.open(pageUrl("/oauth2/authorize", { client_id: other }));
    expect(claims(browser.arrival.fragment.get("access_token"))["client_id"]).toBe(other);
  });

  test("lets the login page offer to go on", async () => {
    await browser.open(pageUrl("/login", { state: "kept" }));
    const [, link] = /<a href="(\/oauth2\/authorize[^"]*)">Continue as/.exec(browser.answer.body) ?? [];
    await browser.open(`${loginPagesUrl}${link!.replaceAll("&amp;", "&")}`);
    expect(browser.arrival.fragment.get("state")).toBe("kept");
  });

  test("is of no use to prompt=login, and is all that prompt=none wants", async () => {
    await browser.open(pageUrl("/oauth2/authorize", { prompt: "login" }));
    expect(browser.title).toBe("Sign in");
    expect(browser.answer.body).not.toContain("Continue as");
    await browser.open(pageUrl("/oauth2/authorize", { prompt: "none" }));
    expect(browser.arrival.fragment.has("access_token")).toBe(true);
  });

  test("ends when the password is changed elsewhere", async () => {
    const elsewhere = await browserAt("/forgotPassword");
    await elsewhere.submit({ username: person.username });
    // checkov:skip=CKV_SECRET_6: the password of a person whom the test makes up
    await elsewhere.submit({ username: person.username, code: await newestCode(person), password: "Another-1-password" });
    await browser.open(pageUrl("/oauth2/authorize"));
    expect(browser.title).toBe("Sign in");
  });

  test("ends with signing out, which returns to the registered address", async () => {
    await browser.open(system.outputs["sign_out_url"]!);
    expect(browser.answer).toMatchObject({ status: 302, headers: { location: landingPageUrl } });
    await browser.open(pageUrl("/oauth2/authorize"));
    expect(browser.title).toBe("Sign in");
  });

  test("ends with signing out to sign in again", async () => {
    await browser.open(pageUrl("/logout"));
    expect(browser.form.action).toMatch(/^\/login\?/);
    expect(browser.answer.body).not.toContain("Continue as");
  });

  test("does not hold the password in its cookies", () => {
    expect([...browser.cookies.keys()].sort()).toEqual(["XSRF-TOKEN", "cognito"]);
    for (const value of browser.cookies.values()) {
      expect(`${value} ${Buffer.from(value, "base64url").toString()}`).not.toContain(person.password);
    }
  });
});

test("without a session, prompt=none answers login_required", async () => {
  const { arrival } = await browserAt("/oauth2/authorize", { prompt: "none", state: "s" });
  expect(Object.fromEntries(arrival.query)).toMatchObject({ error: "login_required", state: "s" });
});
