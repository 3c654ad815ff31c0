/** Accounts, browsers, mails and app clients for the tests of the login pages. */
import { randomBytes } from "node:crypto";
import { CreateUserPoolClientCommand, type CreateUserPoolClientCommandInput } from "@aws-sdk/client-cognito-identity-provider";
import { type Mail, mailsIn } from "../../local/emulator-mails";
import { loopbackRequest } from "../../local/loopback-request";
import { signUp } from "../../local/smoke-check";
import { PlainBrowser } from "../support/plain-browser";
import { cognito, system } from "./deployed-system";

const { clientId, landingPageUrl } = system.smokeCheckTarget;

export const loginPagesUrl = new URL(system.outputs["sign_in_url"]!).origin;

export type Person = Readonly<{ username: string; password: string }>;

export function newPerson(): Person {
  return { username: `person-${randomBytes(6).toString("hex")}@example.com`, password: `Aa1-${randomBytes(9).toString("hex")}` };
}

/** A person with a confirmed account. */
export async function signedUp(): Promise<Person> {
  const person = newPerson();
  await signUp(system.smokeCheckTarget, { email: person.username, password: person.password });
  return person;
}

/** A page of the login pages with the stack's own app client, as the printed address has it, but for what differs. */
export function pageUrl(path: string, changes: Readonly<Record<string, string>> = {}): string {
  const parameters = { client_id: clientId, response_type: "token", scope: "email openid", redirect_uri: landingPageUrl, ...changes };
  return `${loginPagesUrl}${path}?${new URLSearchParams(parameters).toString()}`;
}

/** A browser at a page. */
export function browserAt(path: string, changes: Readonly<Record<string, string>> = {}): Promise<PlainBrowser> {
  const browser = new PlainBrowser();
  return browser.open(pageUrl(path, changes)).then(() => browser);
}

/** A browser after the person has typed the password. */
export async function signedIn(person: Person, changes: Readonly<Record<string, string>> = {}): Promise<PlainBrowser> {
  const browser = await browserAt("/login", changes);
  await browser.submit({ username: person.username, password: person.password });
  return browser;
}

/** The mails to a person, oldest first. */
export async function mailsTo({ username }: Person): Promise<Mail[]> {
  const { body } = await loopbackRequest(system.outputs["mailbox_url"]!, { headers: { accept: "application/json" } });
  return mailsIn(body).filter(({ To }) => To.includes(username));
}

export async function newestCode(person: Person): Promise<string> {
  const mail = (await mailsTo(person)).at(-1);
  return /\b\d{6}\b/.exec(mail!.BodyText)![0];
}

/** An app client for the code grant in the stack's user pool, but for what differs. */
export async function codeClient(settings: Partial<CreateUserPoolClientCommandInput> = {}): Promise<string> {
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId: system.outputs["user_pool_id"]!,
      ClientName: "code",
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid", "email"],
      CallbackURLs: [landingPageUrl],
      SupportedIdentityProviders: ["COGNITO"],
      PreventUserExistenceErrors: "ENABLED",
      ...settings,
    }),
  );
  return UserPoolClient!.ClientId!;
}

/** The claims of a token, unverified. */
export function claims(token: string | null): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(token!.split(".")[1]!, "base64url").toString()) as Record<string, unknown>;
}
