/** People's way through the local login pages: from no account to the function's answer, and what can come between. */
import { randomBytes } from "node:crypto";
import { AdminCreateUserCommand, AdminDisableUserCommand, AdminSetUserPasswordCommand } from "@aws-sdk/client-cognito-identity-provider";
import { loopbackRequest } from "../../local/loopback-request";
import type { PlainBrowser } from "../support/plain-browser";
import { cognito, system } from "./deployed-system";
import { browserAt, claims, codeClient, mailsTo, newestCode, newPerson, pageUrl, type Person, signedIn, signedUp } from "./people";

const { invokeUrl, landingPageUrl, clientId } = system.smokeCheckTarget;
const INCORRECT = "Incorrect username or password.";

describe("an account, from nothing to the function's answer", () => {
  const person = newPerson();
  const state = randomBytes(8).toString("hex");
  const nonce = randomBytes(8).toString("hex");
  let browser: PlainBrowser;

  beforeAll(async () => {
    browser = await browserAt("/signup", { state, nonce });
    await browser.submit({ username: person.username, password: person.password });
  });

  test("signing up leads to the page that asks for the mailed code, and knows the address", () => {
    expect(browser.form.action).toMatch(/^\/confirmUser\?/);
    expect(browser.answer.body).toContain(`value="${person.username}"`);
  });

  test("a wrong code is refused", async () => {
    await browser.submit({ username: person.username, code: "000000" });
    expect(browser.error).toBe("Invalid verification code provided, please try again.");
  });

  test("the mailed code signs in: the browser arrives with tokens in the fragment, and state as it was sent", async () => {
    await browser.submit({ username: person.username, code: await newestCode(person) });
    expect(browser.arrival.address).toBe(landingPageUrl);
    expect([...browser.arrival.query]).toEqual([]);
    expect([...browser.arrival.fragment.keys()]).toEqual(["id_token", "access_token", "token_type", "expires_in", "state"]);
    expect(Object.fromEntries(browser.arrival.fragment)).toMatchObject({ token_type: "Bearer", expires_in: "3600", state });
  });

  test("the tokens are those that the app asked for", () => {
    const { fragment } = browser.arrival;
    expect(claims(fragment.get("id_token"))).toMatchObject({ aud: clientId, token_use: "id", email: person.username, nonce });
    const access = claims(fragment.get("access_token"));
    expect(access).toMatchObject({ client_id: clientId, token_use: "access" });
    expect(access["scope"]?.toString().split(" ").sort()).toEqual(["email", "openid"]);
  });

  test("the access token opens the API", async () => {
    const token = browser.arrival.fragment.get("access_token")!;
    expect(await loopbackRequest(invokeUrl, { headers: { Token: token } })).toMatchObject({ status: 200 });
  });
});

describe("with an account", () => {
  let person: Person;

  beforeAll(async () => {
    person = await signedUp();
  });

  test("the password signs in", async () => {
    expect((await signedIn(person)).arrival.fragment.has("access_token")).toBe(true);
  });

  test("a wrong password and an unknown address get the same page", async () => {
    const answers = [];
    // checkov:skip=CKV_SECRET_6: a wrong password
    for (const attempt of [{ ...person, password: "Another-1-password" }, newPerson()]) {
      const browser = await signedIn(attempt);
      expect(browser.error).toBe(INCORRECT);
      const { status, body } = browser.answer;
      answers.push({ status, body: body.replace(attempt.username, "").replace(browser.form.formToken, "") });
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  test("its address cannot sign up again", async () => {
    const browser = await browserAt("/signup");
    await browser.submit(person);
    expect(browser.error).toBe("An account with the given email already exists.");
  });

  test("its code cannot be used again", async () => {
    const browser = await browserAt("/confirmUser");
    await browser.submit({ username: person.username, code: await newestCode(person) });
    expect(browser.error).toBe("User cannot be confirmed. Current status is CONFIRMED");
  });
});

test.each<[what: string, username: string, password: string, message: RegExp]>([
  ["too short", "short@example.com", "Aa1", /^Password did not conform with policy/],
  ["without a digit", "digit@example.com", "Only-letters-here", /^Password did not conform with policy/],
  ["of an address that is none", "no-address", "Good-1-password", /^Username should be an email/],
])("a password %s is refused at sign-up", async (_, username, password, message) => {
  const browser = await browserAt("/signup");
  await browser.submit({ username, password });
  expect(browser.error).toMatch(message);
});

test("what was typed comes back as text", async () => {
  const browser = await browserAt("/signup");
  await browser.submit({ username: '"><script>alert(1)</script>', password: "x" });
  expect(browser.answer.body).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
  expect(browser.answer.body).not.toContain("<script>");
});

describe("an account that is not confirmed", () => {
  let person: Person;

  beforeEach(async () => {
    person = newPerson();
    await (await browserAt("/signup")).submit(person);
  });

  test("signing in leads to the code, a new one can be sent, and then it signs in", async () => {
    const browser = await signedIn(person);
    expect(browser.title).toBe("Confirm your account");
    const mailsBefore = (await mailsTo(person)).length;
    await browser.submit({ username: person.username, resend: "true" });
    expect(browser.notice).toBe("A new code was sent.");
    expect(await mailsTo(person)).toHaveLength(mailsBefore + 1);
    await browser.submit({ username: person.username, code: await newestCode(person) });
    expect(browser.arrival.fragment.has("access_token")).toBe(true);
  });

  test("confirmed in another browser, it is led to the login page", async () => {
    const browser = await browserAt("/confirmUser");
    await browser.submit({ username: person.username, code: await newestCode(person) });
    expect(browser.form.action).toMatch(/^\/login\?/);
    expect(browser.notice).toBe("Your account is confirmed. Sign in with your password.");
    await browser.open(pageUrl("/login"));
    expect(browser.notice).toBeUndefined();
  });

  test("it has no session", async () => {
    const browser = await signedIn(person);
    await browser.open(pageUrl("/oauth2/authorize"));
    expect(browser.form.action).toMatch(/^\/login\?/);
  });
});

describe("a forgotten password", () => {
  test("is replaced with the mailed code", async () => {
    const person = await signedUp();
    const browser = await browserAt("/forgotPassword");
    await browser.submit({ username: person.username });
    expect(browser.form.action).toMatch(/^\/confirmForgotPassword\?/);

    const changed = { ...person, password: "Another-1-password" };
    await browser.submit({ ...changed, code: "000000" });
    expect(browser.error).toBe("Invalid verification code provided, please try again.");
    await browser.submit({ ...changed, password: "short", code: await newestCode(person) });
    expect(browser.error).toMatch(/^Password did not conform with policy/);

    await browser.submit({ ...changed, code: await newestCode(person) });
    expect(browser.notice).toBe("Your password is changed. Sign in with the new one.");
    expect((await signedIn(person)).error).toBe(INCORRECT);
    expect((await signedIn(changed)).arrival.fragment.has("access_token")).toBe(true);
  });

  test("tells nobody whether an address has an account, whether a code was asked for or not", async () => {
    const answers = [];
    for (const { username } of [await signedUp(), newPerson()]) {
      const attempt = { username, code: "000000", password: "Another-1-password" };
      const browser = await browserAt("/confirmForgotPassword");
      const seen = [await browser.submit(attempt)];
      await browser.open(pageUrl("/forgotPassword"));
      seen.push(await browser.submit({ username }), await browser.submit(attempt));
      answers.push(seen.map(({ status, body }) => ({ status, body: body.replace(username, "").replace(browser.form.formToken, "") })));
    }
    expect(answers[0]).toEqual(answers[1]);
  });
});

test("an app with a scheme of its own gets its code, and the page's policy lets the form's answer go there", async () => {
  const redirect_uri = "myapp://callback";
  const client_id = await codeClient({ CallbackURLs: [redirect_uri] });
  const browser = await browserAt("/login", { client_id, redirect_uri, response_type: "code" });
  expect(browser.answer.headers["content-security-policy"]).toContain("form-action 'self' myapp:;");
  await browser.submit(await signedUp());
  expect(browser.arrival).toMatchObject({ address: redirect_uri });
  expect([...browser.arrival.query.keys()]).toEqual(["code"]);
});

test("a client that does not hide who has an account says so, as Cognito", async () => {
  const browser = await browserAt("/forgotPassword", {
    client_id: await codeClient({ AllowedOAuthFlows: ["implicit"], PreventUserExistenceErrors: "LEGACY" }),
  });
  await browser.submit({ username: newPerson().username });
  expect(browser.error).toBe("Username/client id combination not found.");
});

test("an account that an administrator made with a temporary password is told what to do", async () => {
  const person = newPerson();
  const user = { UserPoolId: system.outputs["user_pool_id"]!, Username: person.username };
  await cognito.send(new AdminCreateUserCommand({ ...user, TemporaryPassword: person.password }));
  expect((await signedIn(person)).error).toMatch(/^This account has a temporary password/);
  await cognito.send(new AdminSetUserPasswordCommand({ ...user, Password: person.password, Permanent: true }));
  expect((await signedIn(person)).arrival.fragment.has("access_token")).toBe(true);
});

test("a disabled account cannot sign in, and its session ends", async () => {
  const person = await signedUp();
  const browser = await signedIn(person);
  await cognito.send(new AdminDisableUserCommand({ UserPoolId: system.outputs["user_pool_id"]!, Username: person.username }));
  expect((await signedIn(person)).error).toBe(INCORRECT);
  await browser.open(pageUrl("/oauth2/authorize"));
  expect(browser.title).toBe("Sign in");
});
