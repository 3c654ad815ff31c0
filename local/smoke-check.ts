/** Signs a person up and in on the emulator and calls the API as that person: the shortest proof that the whole system works. */
import { randomBytes } from "node:crypto";
import { CognitoIdentityProviderClient, ConfirmSignUpCommand, SignUpCommand } from "@aws-sdk/client-cognito-identity-provider";
import { UserError } from "../config/user-error";
import { mailsIn, mailsUrl } from "./emulator-mails";
import { loopbackRequest, type LoopbackResponse, postedForm } from "./loopback-request";

export interface SmokeCheckTarget {
  readonly emulatorUrl: string;
  readonly region: string;
  readonly tokenHeader: string;
  readonly invokeUrl: string;
  readonly landingPageUrl: string;
  readonly clientId: string;
}

export interface Person {
  readonly email: string;
  readonly password: string;
}

export interface Tokens {
  readonly access: string;
  readonly id: string;
}

/**
 * Runs the check and tells each result in a line.
 *
 * @throws UserError that names the step which did not give what it should
 */
export async function smokeCheck(target: SmokeCheckTarget, tell: (line: string) => void): Promise<void> {
  const person = newPerson();
  await signUp(target, person);
  tell(`signed up ${person.email} and confirmed the mailed code`);
  const tokens = await signIn(target, person);
  tell("signed in");

  const without = await loopbackRequest(target.invokeUrl);
  expectAnswer("GET without a token", without, 401);
  tell(`GET without a token: ${without.status}`);

  const withToken = await loopbackRequest(target.invokeUrl, { headers: { [target.tokenHeader]: tokens.access } });
  expectAnswer(`GET with the access token in ${target.tokenHeader}`, withToken, 200);
  tell(`GET with the access token in ${target.tokenHeader}: ${withToken.status} ${withToken.body}`);
}

function expectAnswer(what: string, { status, body }: LoopbackResponse, expected: number): void {
  if (status !== expected) {
    throw new UserError(`Smoke check: ${what} answered ${status}, expected ${expected}. Its body: ${body.slice(0, 300)}`);
  }
}

/** Somebody who has no account yet, with a password that the user pool takes. */
export function newPerson(): Person {
  return { email: `smoke-${randomBytes(4).toString("hex")}@example.com`, password: `A1a-${randomBytes(16).toString("base64url")}` };
}

/** Creates an account and confirms it with the code that was mailed. */
export async function signUp({ emulatorUrl, region, clientId }: SmokeCheckTarget, person: Person): Promise<void> {
  // Neither call needs credentials: whoever may see the sign-up page may make them.
  const cognito = new CognitoIdentityProviderClient({
    region,
    endpoint: emulatorUrl,
    credentials: { accessKeyId: "unused", secretAccessKey: "unused" },
  });
  try {
    await cognito.send(new SignUpCommand({ ClientId: clientId, Username: person.email, Password: person.password }));
    const code = await mailedCode(emulatorUrl, person.email);
    await cognito.send(new ConfirmSignUpCommand({ ClientId: clientId, Username: person.email, ConfirmationCode: code }));
  } finally {
    cognito.destroy();
  }
}

/** The code in the newest mail to an address. */
async function mailedCode(emulatorUrl: string, email: string): Promise<string> {
  const { body } = await loopbackRequest(mailsUrl(emulatorUrl));
  const mail = mailsIn(body).findLast(({ To }) => To.includes(email));
  const code = /\b\d{6}\b/.exec(mail?.BodyText ?? "")?.[0];
  if (!code) {
    throw new UserError(`Smoke check: the mailbox has no code for ${email}. See ${mailsUrl(emulatorUrl)}.`);
  }
  return code;
}

/** Signs in as the login pages do: a password for a code, the code for tokens with these scopes. */
export async function signIn(
  { emulatorUrl, clientId, landingPageUrl }: SmokeCheckTarget,
  person: Person,
  scope = "email openid",
): Promise<Tokens> {
  const login = await loopbackRequest(
    `${emulatorUrl}/login`,
    postedForm({ client_id: clientId, redirect_uri: landingPageUrl, scope, username: person.email, password: person.password }),
  );
  const code = new URL(login.headers.location ?? "about:blank").searchParams.get("code");
  if (!code) {
    throw new UserError(`Smoke check: the sign-in of ${person.email} answered ${login.status} without a code.`);
  }
  const exchange = await loopbackRequest(
    `${emulatorUrl}/oauth2/token`,
    postedForm({ grant_type: "authorization_code", client_id: clientId, redirect_uri: landingPageUrl, code }),
  );
  expectAnswer("the token endpoint", exchange, 200);
  const tokens = JSON.parse(exchange.body) as { access_token: string; id_token: string };
  return { access: tokens.access_token, id: tokens.id_token };
}
