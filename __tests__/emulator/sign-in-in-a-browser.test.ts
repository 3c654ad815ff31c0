/** The exercise's last step in a real browser: sign up, sign in, and see the function's answer. */
import { rmSync } from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { environments } from "../../config/environments";
import { loadEnvironments } from "../../config/load-environments";
import { SecuredApiStack } from "../../stacks/secured-api";
import { accessibilityViolations } from "../support/accessibility";
import { launchBrowser } from "../support/browser";
import { settled } from "../support/visitor";
import { alertOn, arrive, codeFromMailbox, createAccount, fillIn, type Outputs } from "./browser-visit";
import { functionLog, functionRuns, system } from "./deployed-system";
import { terraformIn } from "./further-stack";
import { loginPagesUrl, newPerson, signedUp } from "./people";

const folder = ".local/test-code-grant";
const ANSWER = '"Hello from Liwanag Backend!"';

let browser: Browser;
let visit: Awaited<ReturnType<typeof arrive>>;
const outputs: Record<string, Outputs> = { implicit: system.outputs };

/** Deploys the same stack once more, with the other grant. */
async function deployWithCode(): Promise<Outputs> {
  const { account, region } = environments.local;
  const emulator = { port: Number(new URL(system.outputs["emulator_url"]!).port), loginPagesPort: Number(new URL(loginPagesUrl).port) };
  const names = { function: "with-code", api: "with-code", userPool: "with-code" };
  const { code } = loadEnvironments({ code: { account, region, throwAway: true, names, signIn: { oauthGrant: "code" }, emulator } });
  const terraform = terraformIn(folder, (app) => new SecuredApiStack(app, code));
  await terraform("init", "-input=false");
  await terraform("apply", "-auto-approve", "-input=false");
  const { stdout } = await terraform("output", "-json");
  const json = JSON.parse(stdout) as Record<string, { value: string }>;
  return Object.fromEntries(Object.entries(json).map(([name, { value }]) => [name, value]));
}

beforeAll(async () => {
  [browser, outputs["code"]] = await Promise.all([launchBrowser(), deployWithCode()]);
});

beforeEach(async () => {
  visit = await arrive(browser);
});

afterEach(async () => {
  const { visitor } = visit;
  const faults = [...(await visitor.traces()), ...visitor.console.filter((line) => /^error:|policy/i.test(line))];
  await visitor.leave();
  expect(faults).toEqual([]);
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What the landing page shows after a sign-in. */
async function expectAnswer(page: Page, username: string): Promise<void> {
  expect(await settled(page)).toMatchObject({ title: "You are signed in", buttons: ["Call the API again", "Sign out"] });
  expect(await page.locator("pre").textContent()).toBe(ANSWER);
  expect(await page.getByText("Status 200").isVisible()).toBe(true);
  expect(await page.getByText(username).isVisible()).toBe(true);
}

async function expectAccessible(page: Page, picture: string): Promise<void> {
  expect(await accessibilityViolations(page)).toEqual([]);
  await page.screenshot({ path: path.join(".local/screenshots", `login-pages-${picture}.png`), caret: "initial" });
}

const openSignIn = () => visit.visitor.open(system.outputs["sign_in_url"]);

describe.each(["implicit", "code"])("the exercise with the grant %s", (grant) => {
  beforeEach(async () => {
    await visit.visitor.leave();
    visit = await arrive(browser, outputs[grant]);
  });

  test("somebody new signs up at the printed address, is redirected, and the function runs", async () => {
    const functionName = outputs[grant]!["function_name"]!;
    const before = await functionRuns(functionName);
    const person = newPerson();
    const page = await visit.visitor.open(outputs[grant]!["sign_in_url"]);
    await createAccount(page, person);

    await expectAnswer(page, person.username);
    expect(page.url()).toBe(outputs[grant]!["landing_page_url"]);
    expect((await functionRuns(functionName)) - before).toBe(1);
    expect(visit.watched.secrets.length).toBeGreaterThanOrEqual(2);
    expect((await functionLog(functionName)).filter((line) => visit.watched.secrets.some((secret) => line.includes(secret)))).toEqual([]);
  });

  test("somebody with an account signs in from the landing page, signs out, and finds nothing with the back button", async () => {
    const person = newPerson();
    const page = await visit.visitor.open(outputs[grant]!["sign_in_url"]);
    await createAccount(page, person);
    await settled(page);
    await page.getByRole("button", { name: "Sign out" }).click();
    expect(await settled(page)).toMatchObject({ title: "You are not signed in", buttons: ["Sign in"] });

    await page.getByRole("button", { name: "Sign in" }).click();
    await fillIn(page, { Email: person.username, Password: person.password }, "Sign in");
    await expectAnswer(page, person.username);

    await page.getByRole("button", { name: "Sign out" }).click();
    await settled(page);
    await page.goBack();
    await page.waitForLoadState();
    expect(await page.content()).not.toContain(person.username);
    expect(await page.content()).not.toContain("Liwanag");
  });

  test("a response with another state is refused, whoever's tokens it has", async () => {
    const page = await visit.visitor.open(outputs[grant]!["landing_page_url"]);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByLabel("Email").waitFor();
    const address = new URL(page.url());
    address.searchParams.set("state", "somebody-elses");
    await page.goto(address.href);
    const person = newPerson();
    await createAccount(page, person);
    const { title, buttons } = await settled(page);
    expect([title, buttons]).toEqual(["This sign-in was not accepted", ["Sign in"]]);
    expect(await page.content()).not.toContain("Liwanag");
  });
});

describe("on the landing page", () => {
  test("a reload asks for a new sign-in, which needs no other password", async () => {
    const person = await signedUp();
    const page = await openSignIn();
    await fillIn(page, { Email: person.username, Password: person.password }, "Sign in");
    await expectAnswer(page, person.username);
    await page.reload();
    expect((await settled(page)).title).toBe("You are not signed in");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expectAnswer(page, person.username);
  });

  test("two tabs sign in side by side", async () => {
    const person = await signedUp();
    const [one, other] = [await openSignIn(), await visit.visitor.open(system.outputs["landing_page_url"])];
    await other.getByRole("button", { name: "Sign in" }).click();
    await fillIn(one, { Email: person.username, Password: person.password }, "Sign in");
    await expectAnswer(one, person.username);
    await fillIn(other, { Email: person.username, Password: person.password }, "Sign in");
    await expectAnswer(other, person.username);
    await one.getByRole("button", { name: "Call the API again" }).click();
    await expectAnswer(one, person.username);
  });

  test("without a network it says so, and goes on when there is one again", async () => {
    const person = await signedUp();
    const page = await openSignIn();
    await fillIn(page, { Email: person.username, Password: person.password }, "Sign in");
    await expectAnswer(page, person.username);
    await visit.visitor.context.setOffline(true);
    await page.getByRole("button", { name: "Call the API again" }).click();
    expect((await settled(page)).title).toBe("The API could not be reached");
    await visit.visitor.context.setOffline(false);
    await page.getByRole("button", { name: "Call the API again" }).click();
    await expectAnswer(page, person.username);
  });
});

describe("on the login pages", () => {
  test.each([
    ["a wrong password", () => signedUp()],
    ["an address without an account", () => Promise.resolve(newPerson())],
  ])("%s gets the same answer", async (_what, somebody) => {
    const { username } = await somebody();
    const page = await openSignIn();
    // checkov:skip=CKV_SECRET_6: a wrong password
    await fillIn(page, { Email: username, Password: "Wrong-password-1" }, "Sign in");
    expect(await alertOn(page)).toBe("Incorrect username or password.");
    await expectAccessible(page, "refused");
  });

  test("an account that was not confirmed is asked for its code, and goes on", async () => {
    const person = newPerson();
    const page = await openSignIn();
    await page.getByRole("link", { name: "Create an account" }).click();
    await fillIn(page, { Email: person.username, Password: person.password }, "Sign up");
    await page.goto(system.outputs["sign_in_url"]!);
    await fillIn(page, { Email: person.username, Password: person.password }, "Sign in");
    await fillIn(page, { Code: "000000" }, "Confirm account");
    expect(await alertOn(page)).toMatch(/code/i);
    await expectAccessible(page, "wrong-code");
    await fillIn(page, { Code: await codeFromMailbox(page, person.username) }, "Confirm account");
    await expectAnswer(page, person.username);
  });

  test("an address that has an account already cannot sign up again", async () => {
    const { username, password } = await signedUp();
    const page = await openSignIn();
    await page.getByRole("link", { name: "Create an account" }).click();
    await fillIn(page, { Email: username, Password: password }, "Sign up");
    expect(await alertOn(page)).toMatch(/already exists/);
  });

  test("a forgotten password is set anew with the mailed code", async () => {
    const { username } = await signedUp();
    const page = await openSignIn();
    await page.getByRole("link", { name: "Forgot your password?" }).click();
    await fillIn(page, { Email: username }, "Send the code");
    await page.getByLabel("Code").waitFor();
    await expectAccessible(page, "new-password");
    const code = await codeFromMailbox(page, username);
    // checkov:skip=CKV_SECRET_6: the password of a person whom the test makes up
    await fillIn(page, { Code: code, "New password": "Another-password-1" }, "Change password");
    await fillIn(page, { Email: username, Password: "Another-password-1" }, "Sign in");
    await expectAnswer(page, username);
  });

  test("whether an address has an account, a forgotten password does not tell", async () => {
    const shown = async (username: string) => {
      const page = await openSignIn();
      await page.getByRole("link", { name: "Forgot your password?" }).click();
      await fillIn(page, { Email: username }, "Send the code");
      await page.getByLabel("Code").waitFor();
      return (await page.getByRole("main").innerText()).replaceAll(username, "…");
    };
    expect(await shown(newPerson().username)).toBe(await shown((await signedUp()).username));
  });

  test.each([
    ["sign-in", "Sign in", []],
    ["sign-up", "Create an account", ["Create an account"]],
    ["forgotten-password", "Forgot your password?", ["Forgot your password?"]],
  ])("the page %s is for everybody, on a phone too", async (name, title, links) => {
    const page = await openSignIn();
    for (const link of links) {
      await page.getByRole("link", { name: link }).click();
    }
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(title);
    expect(await page.getByText("for development only").isVisible()).toBe(true);
    await expectAccessible(page, name);
    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ colorScheme: "dark" });
    await expectAccessible(page, `${name}-phone-dark`);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  });

  test("a page for somebody who is signed in already, and one for a wrong address, are for everybody", async () => {
    const { username, password } = await signedUp();
    const page = await openSignIn();
    await fillIn(page, { Email: username, Password: password }, "Sign in");
    await expectAnswer(page, username);
    await page.goto(system.outputs["sign_in_url"]!);
    await page.getByRole("link", { name: `Continue as ${username}` }).waitFor();
    await expectAccessible(page, "signed-in-already");
    await page.goto(`${loginPagesUrl}/login?client_id=of-nobody`);
    expect(await alertOn(page)).toBe("There is no app client of-nobody.");
    await expectAccessible(page, "error");
  });

  test("the mailbox is for everybody", async () => {
    await signedUp();
    const page = await visit.visitor.open(system.outputs["mailbox_url"]);
    await expectAccessible(page, "mailbox");
  });
});
