/** Every failure that a person can meet on the landing page has its own words and a way on. */
import { BODY } from "../support/fake-services";
import { landingPageVisits } from "../support/landing-page-visits";
import { settled } from "../support/visitor";

const visit = landingPageVisits();

test.each([
  ["access_denied", "Sign-in was declined"],
  ["invalid_request", "The login pages did not understand the request"],
  ["invalid_scope", "The login pages do not grant these scopes"],
  ["unauthorized_client", "The app client may not sign in like this"],
  ["server_error", "The login pages failed"],
  ["something_new", "The login pages reported an error"],
])("the login pages answer %s", async (error, title) => {
  const description = `<b>words</b> ${"x".repeat(1000)}`;
  visit.services.tamper = (redirect) => {
    redirect.hash = "";
    redirect.searchParams.set("error", error);
    redirect.searchParams.set("error_description", description);
    return redirect;
  };
  const page = await visit.visitor.signIn();
  expect(await settled(page)).toMatchObject({ title, buttons: ["Sign in"] });
  expect(await page.locator("q").textContent()).toBe(`${description.slice(0, 300)} …`);
  expect(page.url()).toBe(visit.services.url());
});

test("a link with an error in it cannot put words into the page", async () => {
  const page = await visit.visitor.open(`${visit.services.url()}?error=access_denied&error_description=Call+0900+1234`);
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
  visit.services.api = { status, body: '{"message":"<img src=x onerror=alert(1)>"}' };
  const page = await visit.visitor.signIn();
  expect(await settled(page)).toMatchObject({ title, buttons });
  expect(await page.getByText(`Status ${status}`).isVisible()).toBe(true);
  expect(await page.locator("pre").textContent()).toBe('{"message":"<img src=x onerror=alert(1)>"}');

  visit.services.api = { status: 200, body: BODY };
  await page.getByRole("button", { name: buttons[0]! }).click();
  expect((await settled(page)).title).toBe(status === 403 ? "You are not signed in" : "You are signed in");
});

test("the API cannot be reached, and then it can", async () => {
  visit.services.api = undefined;
  const page = await visit.visitor.signIn();
  expect(await settled(page)).toMatchObject({ title: "The API could not be reached", buttons: ["Call the API again", "Sign out"] });
  visit.services.api = { status: 200, body: BODY };
  await page.getByRole("button", { name: "Call the API again" }).click();
  expect((await settled(page)).title).toBe("You are signed in");
});

test("offline, the page says so and keeps the sign-in", async () => {
  const page = await visit.visitor.signIn();
  await visit.visitor.context.setOffline(true);
  await page.getByRole("button", { name: "Call the API again" }).click();
  expect((await settled(page)).title).toBe("The API could not be reached");
  await visit.visitor.context.setOffline(false);
  await page.getByRole("button", { name: "Call the API again" }).click();
  expect((await settled(page)).title).toBe("You are signed in");
});

test("the sign-in ends while the page is open", async () => {
  await visit.visitor.context.clock.install();
  visit.services.lifetime = 300;
  const page = await visit.visitor.signIn();
  await page.clock.fastForward("04:30");
  expect(await page.locator("[id=time-left]").textContent()).toMatch(/^(30|29) s$/);
  await page.clock.fastForward("00:31");
  expect(await settled(page)).toMatchObject({ title: "Your sign-in has ended", buttons: ["Sign in"] });
  expect(await page.content()).not.toMatch(/Liwanag|maria/);
  await page.getByRole("button", { name: "Sign in" }).click();
  expect((await settled(page)).title).toBe("You are signed in");
});

test("a sign-in that is over on arrival is told as such", async () => {
  visit.services.lifetime = 0.001;
  const page = await visit.visitor.signIn();
  await page.getByText("Your sign-in has ended").waitFor();
  expect(await settled(page)).toMatchObject({ buttons: ["Sign in"] });
});

test.each([
  ["refuses the code", { status: 400, body: '{"error":"invalid_grant"}' }, /invalid_grant/, "The sign-in could not be finished"],
  ["fails", { status: 500, body: "<h1>Oops</h1>" }, /no token/, "The sign-in could not be finished"],
  ["cannot be reached", undefined, /connection/, "The login pages could not be reached"],
])("the token endpoint %s", async (_, answer, text, title) => {
  visit.services.grant = "code";
  visit.services.tokenEndpoint = answer;
  const page = await visit.visitor.signIn();
  expect(await settled(page)).toMatchObject({ title, text: expect.stringMatching(text) as unknown, buttons: ["Sign in"] });
  visit.services.tokenEndpoint = "tokens";
  await page.getByRole("button", { name: "Sign in" }).click();
  expect((await settled(page)).title).toBe("You are signed in");
});

test.each([
  ["a sign-in is started", () => visit.services.url(), true],
  ["a response comes", () => `${visit.services.url()}#access_token=x`, false],
])("the browser blocks storage when %s", async (_, address, press) => {
  await visit.visitor.context.addInitScript({
    content: "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('blocked', 'SecurityError'); } })",
  });
  const page = await visit.visitor.open(address());
  if (press) {
    await page.getByRole("button", { name: "Sign in" }).click();
  }
  expect(await settled(page)).toMatchObject({ title: "The browser blocks what a sign-in needs", buttons: ["Reload the page"] });
  expect(visit.services.requestsFor("/oauth2/authorize")).toHaveLength(0);
});

test("without a secure context PKCE is not possible, and the page says so", async () => {
  visit.services.grant = "code";
  await visit.visitor.context.addInitScript({
    content: `Object.defineProperty(window, "isSecureContext", { value: false });
      Object.defineProperty(crypto, "subtle", { value: undefined });`,
  });
  const page = await visit.visitor.signIn();
  expect(await settled(page)).toMatchObject({ title: "This connection is not secure", buttons: ["Reload the page"] });
});

test("an API that does not answer in time counts as not reached", async () => {
  await visit.visitor.context.addInitScript({
    content: "const timeout = AbortSignal.timeout.bind(AbortSignal); AbortSignal.timeout = (ms) => timeout(ms / 300);",
  });
  await visit.visitor.context.route("**/demo", () => undefined);
  const page = await visit.visitor.signIn();
  expect((await settled(page)).title).toBe("The API could not be reached");
});

test("without JavaScript the page says what it needs", async () => {
  await visit.arriveWith({ javaScriptEnabled: false });
  const page = await visit.visitor.open();
  expect(await page.getByRole("heading").allTextContents()).toEqual(["This page needs JavaScript"]);
  expect(await page.locator("main").isVisible()).toBe(false);
});
