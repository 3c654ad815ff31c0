/** What a person meets on the landing page: signing in with either grant, every failure with its way on, and signing out. */
import type { Browser, BrowserContextOptions } from "playwright-core";
import { launchBrowser } from "../support/browser";
import { BODY, FakeServices, type Grant } from "../support/fake-services";
import { settled, Visitor } from "../support/visitor";

let browser: Browser;
let services: FakeServices;
let visitor: Visitor;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  services = await FakeServices.start();
  await arrive();
});
// Whatever a test does: no token is left behind anywhere, and nothing breaks the page's policy or its script.
afterEach(async () => {
  const traces = await visitor.traces();
  const faults = visitor.console.filter((line) => /^error:|policy/i.test(line));
  await visitor.leave();
  await services.stop();
  expect([...traces, ...faults]).toEqual([]);
});

async function arrive(options: BrowserContextOptions = {}): Promise<void> {
  visitor = await Visitor.arrive(browser, services, options);
}

/** How often the API was called, and the page asked the login pages for a sign-in. */
const apiCalls = () => services.requestsFor("/demo");
const signInRequests = () => services.requestsFor("/oauth2/authorize");

describe.each<Grant>(["implicit", "code"])("with the grant %s", (grant) => {
  beforeEach(() => {
    services.grant = grant;
  });

  test("the button signs in, and the page shows the function's answer, who is signed in and for how long", async () => {
    const page = await visitor.open();
    expect(await settled(page)).toMatchObject({ title: "You are not signed in", buttons: ["Sign in"] });
    await page.getByRole("button", { name: "Sign in" }).click();

    expect(await settled(page)).toMatchObject({ title: "You are signed in", buttons: ["Call the API again", "Sign out"] });
    expect(await page.locator("pre").textContent()).toBe(BODY);
    expect(await page.getByText("Status 200").isVisible()).toBe(true);
    expect(await page.getByText("maria@example.com").isVisible()).toBe(true);
    expect(await page.locator("[id=time-left]").textContent()).toMatch(/^59 min \d+ s$|^1 h 0 min$/);
    expect(page.url()).toBe(services.url());
    expect(apiCalls()).toHaveLength(1);
    expect(await page.evaluate("JSON.stringify({ ...sessionStorage, ...localStorage })")).toBe("{}");
  });

  test("the token is sent as it is, in the token header, and nothing of the browser's beside it", async () => {
    await visitor.signIn();
    const [{ headers } = { headers: {} }] = apiCalls();
    expect(services.secrets).toContain(headers["token"]);
    expect(headers).not.toHaveProperty("cookie");
    expect(headers).not.toHaveProperty("authorization");
    expect(headers).not.toHaveProperty("referer");
  });

  test("the keyboard alone is enough", async () => {
    const page = await visitor.open();
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
    const page = await visitor.open(services.url("sign_in_url"));
    expect((await settled(page)).title).toBe("You are signed in");
    expect(signInRequests()).toHaveLength(1);
    expect(apiCalls()).toHaveLength(1);
  });

  test("nobody can sign a reader in with a link of his own", async () => {
    const others = await visitor.open(services.url("sign_in_url"));
    await settled(others);
    const { headers } = apiCalls()[0]!;
    const link = grant === "code" ? "?code=stolen" : `#access_token=${String(headers["token"])}`;
    const page = await visitor.open(`${services.url()}${link}`);
    expect((await settled(page)).title).toBe("You are signed in");
    expect(apiCalls()[1]!.headers["token"]).not.toBe(headers["token"]);
  });

  test("a browser that forgets what it should keep does not send the page in circles", async () => {
    await visitor.context.addInitScript({ content: "if (location.pathname === '/demo/signed-in') sessionStorage.clear()" });
    const page = await visitor.open(services.url("sign_in_url"));
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
    services.tamper = tamper;
    const page = await visitor.signIn();
    expect(await settled(page)).toMatchObject({ title: "This sign-in was not accepted", buttons: ["Sign in"] });
    expect((await settled(page)).text).toContain("(state)");
    expect(apiCalls()).toHaveLength(0);
    expect(signInRequests()).toHaveLength(1);

    services.tamper = (redirect) => redirect;
    await page.getByRole("button", { name: "Sign in" }).click();
    expect((await settled(page)).title).toBe("You are signed in");
  });

  test("an ID token with another nonce is refused", async () => {
    services.nonce = "another";
    const page = await visitor.signIn();
    expect((await settled(page)).text).toContain("(nonce)");
    expect(apiCalls()).toHaveLength(0);
  });

  test("after a reload the page has no token, and offers to sign in", async () => {
    const page = await visitor.signIn();
    await page.reload();
    expect(await settled(page)).toMatchObject({ title: "You are not signed in", buttons: ["Sign in"] });
    expect(await page.locator("pre").textContent()).toBe("");
  });

  test("signing out ends the login pages' session and returns; the back button shows nothing", async () => {
    const page = await visitor.signIn();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    const [logout] = services.requestsFor("/logout");
    expect(logout?.url).toBe(services.url("sign_out_url"));
    await page.goBack();
    expect((await settled(page)).title).toBe("You are not signed in");
    expect(await page.content()).not.toContain("Liwanag");
  });

  test("a page that the browser kept as it was left shows nothing either", async () => {
    const page = await visitor.signIn();
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    expect(await settled(page)).toMatchObject({ title: "You are not signed in", buttons: ["Sign in"] });
    expect(await page.content()).not.toMatch(/Liwanag|maria/);
  });

  test("two tabs sign in independently", async () => {
    const [first, second] = [await visitor.open(), await visitor.open()];
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

test.each([
  ["access_denied", "Sign-in was declined"],
  ["invalid_request", "The login pages did not understand the request"],
  ["invalid_scope", "The login pages do not grant these scopes"],
  ["unauthorized_client", "The app client may not sign in like this"],
  ["server_error", "The login pages failed"],
  ["something_new", "The login pages reported an error"],
])("the login pages answer %s", async (error, title) => {
  const description = `<b>words</b> ${"x".repeat(1000)}`;
  services.tamper = (redirect) => {
    redirect.hash = "";
    redirect.searchParams.set("error", error);
    redirect.searchParams.set("error_description", description);
    return redirect;
  };
  const page = await visitor.signIn();
  expect(await settled(page)).toMatchObject({ title, buttons: ["Sign in"] });
  expect(await page.locator("q").textContent()).toBe(`${description.slice(0, 300)} …`);
  expect(page.url()).toBe(services.url());
});

test("a link with an error in it cannot put words into the page", async () => {
  const page = await visitor.open(`${services.url()}?error=access_denied&error_description=Call+0900+1234`);
  expect((await settled(page)).title).toBe("Sign-in was declined");
  expect(await page.content()).not.toContain("0900");
});

test.each([
  [401, "The API did not accept the token", ["Sign in"]],
  [403, "You may not call this API", ["Sign out"]],
  [404, "The API gave an unexpected answer", ["Call the API again", "Sign out"]],
  [429, "Too many calls at once", ["Call the API again", "Sign out"]],
  [500, "The API failed", ["Call the API again", "Sign out"]],
  [504, "The API failed", ["Call the API again", "Sign out"]],
])("the API answers %i", async (status, title, buttons) => {
  services.api = { status, body: '{"message":"<img src=x onerror=alert(1)>"}' };
  const page = await visitor.signIn();
  expect(await settled(page)).toMatchObject({ title, buttons });
  expect(await page.getByText(`Status ${status}`).isVisible()).toBe(true);
  expect(await page.locator("pre").textContent()).toBe('{"message":"<img src=x onerror=alert(1)>"}');

  services.api = { status: 200, body: BODY };
  await page.getByRole("button", { name: buttons[0]! }).click();
  expect((await settled(page)).title).toBe(status === 403 ? "You are not signed in" : "You are signed in");
});

test("the API cannot be reached, and then it can", async () => {
  services.api = undefined;
  const page = await visitor.signIn();
  expect(await settled(page)).toMatchObject({ title: "The API could not be reached", buttons: ["Call the API again", "Sign out"] });
  services.api = { status: 200, body: BODY };
  await page.getByRole("button", { name: "Call the API again" }).click();
  expect((await settled(page)).title).toBe("You are signed in");
});

test("offline, the page says so and keeps the sign-in", async () => {
  const page = await visitor.signIn();
  await visitor.context.setOffline(true);
  await page.getByRole("button", { name: "Call the API again" }).click();
  expect((await settled(page)).title).toBe("The API could not be reached");
  await visitor.context.setOffline(false);
  await page.getByRole("button", { name: "Call the API again" }).click();
  expect((await settled(page)).title).toBe("You are signed in");
});

test("the sign-in ends while the page is open", async () => {
  await visitor.context.clock.install();
  services.lifetime = 300;
  const page = await visitor.signIn();
  await page.clock.fastForward("04:30");
  expect(await page.locator("[id=time-left]").textContent()).toMatch(/^(30|29) s$/);
  await page.clock.fastForward("00:31");
  expect(await settled(page)).toMatchObject({ title: "Your sign-in has ended", buttons: ["Sign in"] });
  expect(await page.content()).not.toMatch(/Liwanag|maria/);
  await page.getByRole("button", { name: "Sign in" }).click();
  expect((await settled(page)).title).toBe("You are signed in");
});

test.each([
  ["refuses the code", { status: 400, body: '{"error":"invalid_grant"}' }, /invalid_grant/, "The sign-in could not be finished"],
  ["fails", { status: 500, body: "<h1>Oops</h1>" }, /no token/, "The sign-in could not be finished"],
  ["cannot be reached", undefined, /connection/, "The login pages could not be reached"],
])("the token endpoint %s", async (_, answer, text, title) => {
  services.grant = "code";
  services.tokenEndpoint = answer;
  const page = await visitor.signIn();
  expect(await settled(page)).toMatchObject({ title, text: expect.stringMatching(text) as unknown, buttons: ["Sign in"] });
  services.tokenEndpoint = "tokens";
  await page.getByRole("button", { name: "Sign in" }).click();
  expect((await settled(page)).title).toBe("You are signed in");
});

test.each([
  ["a sign-in is started", () => services.url(), true],
  ["a response comes", () => `${services.url()}#access_token=x`, false],
])("the browser blocks storage when %s", async (_, address, press) => {
  await visitor.context.addInitScript({
    content: "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('blocked', 'SecurityError'); } })",
  });
  const page = await visitor.open(address());
  if (press) {
    await page.getByRole("button", { name: "Sign in" }).click();
  }
  expect(await settled(page)).toMatchObject({ title: "The browser blocks what a sign-in needs", buttons: ["Reload the page"] });
  expect(signInRequests()).toHaveLength(0);
});

test("without JavaScript the page says what it needs", async () => {
  await visitor.leave();
  await arrive({ javaScriptEnabled: false });
  const page = await visitor.open();
  expect(await page.getByRole("heading").allTextContents()).toEqual(["This page needs JavaScript"]);
  expect(await page.locator("main").isVisible()).toBe(false);
});
