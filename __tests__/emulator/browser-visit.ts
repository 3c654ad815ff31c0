/** A real browser at the deployed system: what it sends and gets, and what people do on the login pages. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { type VisitedSystem, Visitor } from "../support/visitor";
import { system } from "./deployed-system";
import type { Person } from "./people";

/** The outputs of a deployed stack. */
export type Outputs = Readonly<Record<string, string>>;

/** What the browser sent and which tokens it was given, of a system whose landing page is at `landing_page_url`. */
class WatchedSystem implements VisitedSystem {
  readonly requests: { url: string; headers: Record<string, string> }[] = [];
  readonly secrets: string[] = [];

  constructor(readonly outputs: Outputs) {}

  url(): string {
    return this.outputs["landing_page_url"]!;
  }

  watch({ context }: Visitor): void {
    context.on("request", (request) => {
      // What goes over the wire: a browser keeps the fragment to itself.
      this.requests.push({ url: request.url().replace(/#.*/, ""), headers: request.headers() });
      this.#learn(request.headers()[system.smokeCheckTarget.tokenHeader.toLowerCase()]);
    });
    context.on("response", (response) => {
      const { hash } = new URL(response.headers()["location"] ?? "/", response.url());
      this.#learnTokens(Object.fromEntries(new URLSearchParams(hash.slice(1))));
      if (new URL(response.url()).pathname === "/oauth2/token") {
        void response.json().then((tokens: Record<string, string>) => {
          this.#learnTokens(tokens);
        });
      }
    });
  }

  #learnTokens({ access_token, id_token, refresh_token }: Record<string, string>): void {
    [access_token, id_token, refresh_token].forEach((token) => {
      this.#learn(token);
    });
  }

  #learn(secret: string | undefined): void {
    if (secret && !this.secrets.includes(secret)) {
      this.secrets.push(secret);
    }
  }
}

/** Somebody who has just opened a browser. */
export async function arrive(browser: Browser, outputs: Outputs = system.outputs, options: BrowserContextOptions = {}) {
  const watched = new WatchedSystem(outputs);
  const visitor = await Visitor.arrive(browser, watched, options);
  watched.watch(visitor);
  return { visitor, watched };
}

export async function fillIn(
  page: Page,
  fields: Readonly<Partial<Record<"Email" | "Password" | "New password" | "Code", string>>>,
  button: string,
) {
  for (const [label, value] of Object.entries(fields)) {
    await page.getByLabel(label, { exact: true }).fill(value);
  }
  await page.getByRole("button", { name: button, exact: true }).click();
}

/** Creates an account from the login page on, with the code that the mailbox page shows. Ends where the login pages send the browser. */
export async function createAccount(page: Page, { username, password }: Person): Promise<void> {
  await page.getByRole("link", { name: "Create an account" }).click();
  await fillIn(page, { Email: username, Password: password }, "Sign up");
  await fillIn(page, { Code: await codeFromMailbox(page, username) }, "Confirm account");
}

/** The newest code for somebody, read on the mailbox page in a tab of its own. */
export async function codeFromMailbox(page: Page, username: string): Promise<string> {
  const [mailbox] = await Promise.all([page.context().waitForEvent("page"), page.getByRole("link", { name: "mailbox" }).click()]);
  const mail = mailbox.getByRole("article").filter({ hasText: username }).first();
  const code = /\b\d{6}\b/.exec((await mail.textContent()) ?? "")?.[0];
  await mailbox.close();
  if (code === undefined) {
    throw new Error(`the mailbox shows no code for ${username}`);
  }
  return code;
}

export async function alertOn(page: Page): Promise<string> {
  return (await page.getByRole("alert").textContent()) ?? "";
}
