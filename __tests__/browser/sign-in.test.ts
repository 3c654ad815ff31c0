/** Signing in and out on the landing page, with either grant. */
import { BODY, type Grant } from "../support/fake-services";
import { landingPageVisits } from "../support/landing-page-visits";
import { settled } from "../support/visitor";

const visit = landingPageVisits();

/** How often the API was called, and the page asked the login pages for a sign-in. */
const apiCalls = () => visit.services.requestsFor("/demo");
const signInRequests = () => visit.services.requestsFor("/oauth2/authorize");

describe.each<Grant>(["implicit", "code"])("with the grant %s", (grant) => {
  beforeEach(() => {
    visit.services.grant = grant;
  });

  test("the button signs in, and the page shows the function's answer, who is signed in and for how long", async () => {
    const page = await visit.visitor.open();
    expect(await settled(page)).toMatchObject({ title: "You are not signed in", buttons: ["Sign in"] });
    await page.getByRole("button", { name: "Sign in" }).click();

    expect(await settled(page)).toMatchObject({ title: "You are signed in", buttons: ["Call the API again", "Sign out"] });
    expect(await page.locator("pre").textContent()).toBe(BODY);
    expect(await page.getByText("Status 200").isVisible()).toBe(true);
    expect(await page.getByText("maria@example.com").isVisible()).toBe(true);
    expect(await page.locator("[id=time-left]").textContent()).toMatch(/^59 min \d+ s$|^1 h 0 min$/);
    expect(page.url()).toBe(visit.services.url());
    expect(apiCalls()).toHaveLength(1);
    expect(await page.evaluate("JSON.stringify({ ...sessionStorage, ...localStorage })")).toBe("{}");
  });

  test("the token is sent as it is, in the token header, and nothing of the browser's beside it", async () => {
    await visit.visitor.signIn();
    const headers = apiCalls()[0]!.headers;
    expect(visit.services.secrets).toContain(headers["token"]);
    expect(headers).not.toHaveProperty("cookie");
    expect(headers).not.toHaveProperty("authorization");
    expect(headers).not.toHaveProperty("referer");
  });

  test("the keyboard alone is enough", async () => {
    const page = await visit.visitor.open();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect((await settled(page)).title).toBe("You are signed in");
    const stops: string[] = [];
    for (let stop = 0; stop < 3; stop++) {
      await page.keyboard.press("Tab");
      stops.push(String(await page.evaluate("document.activeElement.textContent")));
    }
    expect(stops).toEqual([BODY, "Call the API again", "Sign out"]);
    await page.keyboard.press("Enter");
    expect((await settled(page)).title).toBe("You are not signed in");
  });

  test("the printed sign-in address ends at the function's answer: its response is dropped and asked for anew, once", async () => {
    const page = await visit.visitor.open(visit.services.url("sign_in_url"));
    expect((await settled(page)).title).toBe("You are signed in");
    expect(signInRequests()).toHaveLength(1);
    expect(apiCalls()).toHaveLength(1);
  });

  test("nobody can sign a reader in with a link of his own", async () => {
    const others = await visit.visitor.open(visit.services.url("sign_in_url"));
    await settled(others);
    const { headers } = apiCalls()[0]!;
    const link = grant === "code" ? "?code=stolen" : `#access_token=${String(headers["token"])}`;
    const page = await visit.visitor.open(`${visit.services.url()}${link}`);
    expect((await settled(page)).title).toBe("You are signed in");
    expect(apiCalls()[1]!.headers["token"]).not.toBe(headers["token"]);
  });

  test("a browser that forgets what it should keep does not send the page in circles", async () => {
    await visit.visitor.context.addInitScript({ content: "if (location.pathname === '/demo/signed-in') sessionStorage.clear()" });
    const page = await visit.visitor.open(visit.services.url("sign_in_url"));
    expect(await settled(page)).toMatchObject({ title: "This sign-in was not accepted", buttons: ["Sign in"] });
    expect(signInRequests()).toHaveLength(1);
    expect(apiCalls()).toHaveLength(0);
  });

  test.each<[string, (redirect: URL) => URL]>([
    [
      "another state",
      (redirect) =>
        changed(redirect, (parameters) => {
          parameters.set("state", "x");
        }),
    ],
    [
      "no state",
      (redirect) =>
        changed(redirect, (parameters) => {
          parameters.delete("state");
        }),
    ],
    [
      "two states",
      (redirect) =>
        changed(redirect, (parameters) => {
          parameters.append("state", parameters.get("state") ?? "");
        }),
    ],
  ])("a response to the page's own request with %s is refused", async (_, tamper) => {
    visit.services.tamper = tamper;
    const page = await visit.visitor.signIn();
    expect(await settled(page)).toMatchObject({ title: "This sign-in was not accepted", buttons: ["Sign in"] });
    expect((await settled(page)).text).toContain("(state)");
    expect(apiCalls()).toHaveLength(0);
    expect(signInRequests()).toHaveLength(1);

    visit.services.tamper = (redirect) => redirect;
    await page.getByRole("button", { name: "Sign in" }).click();
    expect((await settled(page)).title).toBe("You are signed in");
  });

  test.each<[what: string, change: () => void]>([
    ["an ID token with another nonce", () => (visit.services.nonce = "another")],
    ["an answer without an ID token, and so without a nonce", () => (visit.services.idTokens = false)],
  ])("%s is refused", async (_, change) => {
    change();
    const page = await visit.visitor.signIn();
    expect((await settled(page)).text).toContain("(nonce)");
    expect(apiCalls()).toHaveLength(0);
  });

  test("after a reload the page has no token, and offers to sign in", async () => {
    const page = await visit.visitor.signIn();
    await page.reload();
    expect(await settled(page)).toMatchObject({ title: "You are not signed in", buttons: ["Sign in"] });
    expect(await page.locator("pre").textContent()).toBe("");
  });

  test("signing out ends the login pages' session and returns; the back button shows nothing", async () => {
    const page = await visit.visitor.signIn();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    const [logout] = visit.services.requestsFor("/logout");
    expect(logout?.url).toBe(visit.services.url("sign_out_url"));
    await page.goBack();
    expect((await settled(page)).title).toBe("You are not signed in");
    expect(await page.content()).not.toContain("Liwanag");
  });

  test("a page that the browser kept as it was left shows nothing either", async () => {
    const page = await visit.visitor.signIn();
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    expect(await settled(page)).toMatchObject({ title: "You are not signed in", buttons: ["Sign in"] });
    expect(await page.content()).not.toMatch(/Liwanag|maria/);
  });

  test("two tabs sign in independently", async () => {
    const [first, second] = [await visit.visitor.open(), await visit.visitor.open()];
    await first.getByRole("button", { name: "Sign in" }).click();
    await second.getByRole("button", { name: "Sign in" }).click();
    expect((await settled(first)).title).toBe("You are signed in");
    expect((await settled(second)).title).toBe("You are signed in");
    await first.getByRole("button", { name: "Sign out" }).click();
    await first.getByRole("button", { name: "Sign in" }).waitFor();
    await second.getByRole("button", { name: "Call the API again" }).click();
    expect((await settled(second)).title).toBe("You are signed in");
  });
});

/** A redirect with its parameters changed, wherever the grant puts them. */
function changed(redirect: URL, change: (parameters: URLSearchParams) => void): URL {
  const part = redirect.hash ? "hash" : "search";
  const parameters = new URLSearchParams(redirect[part].slice(1));
  change(parameters);
  redirect[part] = parameters.toString();
  return redirect;
}
