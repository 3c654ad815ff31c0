/** Somebody at a browser who opens the landing page, and what is held against every one of their visits. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { PATIENCE } from "./patience";

/** What a page shows of itself. */
export interface View {
  readonly title: string;
  readonly text: string;
  /** The buttons that can be pressed, in order. */
  readonly buttons: readonly string[];
}

/** What a visitor visits: a system that was deployed, or one that is made up. */
export interface VisitedSystem {
  /** The landing page's address. */
  url(): string;
  /** The requests that the browser sent so far. */
  readonly requests: readonly { readonly url: string; readonly headers: Readonly<Record<string, string | string[] | undefined>> }[];
  /** The tokens that the browser was given so far. */
  readonly secrets: readonly string[];
}

export class Visitor {
  /** What the pages wrote to the console, violations of the policy and errors of the script included. */
  readonly console: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    private readonly system: VisitedSystem,
  ) {}

  static async arrive(browser: Browser, system: VisitedSystem, options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await browser.newContext({ reducedMotion: "reduce", ...options });
    context.setDefaultTimeout(PATIENCE);
    const visitor = new Visitor(context, system);
    await context.addInitScript({
      content: `addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
        console.error("policy violated: " + violatedDirective + " " + blockedURI))`,
    });
    context.on("console", (message) => visitor.console.push(message.text()));
    context.on("weberror", (error) => visitor.console.push(`error: ${String(error.error())}`));
    return visitor;
  }

  /** Opens an address in a new tab. */
  async open(address: string = this.system.url()): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(address);
    return page;
  }

  /** Opens the landing page and signs in with its button. */
  async signIn(): Promise<Page> {
    const page = await this.open();
    await page.getByRole("button", { name: "Sign in" }).click();
    await settled(page);
    return page;
  }

  /** Where tokens were left behind: none of these places should be. */
  async traces(): Promise<string[]> {
    const places: [string, string][] = this.console.map((line) => ["console", line]);
    for (const { url, headers } of this.system.requests) {
      places.push(["requested address", url], ["Referer", String(headers["referer"])], ["sent cookie", String(headers["cookie"])]);
    }
    places.push(["cookies", JSON.stringify(await this.context.cookies())]);
    for (const page of this.context.pages()) {
      const devtools = await this.context.newCDPSession(page);
      places.push(["history", JSON.stringify(await devtools.send("Page.getNavigationHistory"))]);
      places.push(["address", page.url()], ["page", await page.content()]);
      for (const expression of [
        "JSON.stringify(localStorage)",
        "JSON.stringify(sessionStorage)",
        "window.name",
        "JSON.stringify(history.state)",
      ]) {
        places.push([expression, String(await page.evaluate(expression).catch(() => ""))]);
      }
    }
    return places.filter(([, text]) => this.system.secrets.some((secret) => text.includes(secret))).map(([place]) => place);
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}

/** Waits until a page is not busy any more, and says what it shows. */
export async function settled(page: Page): Promise<View> {
  await page.locator("main:not([data-tone=busy])").waitFor();
  return {
    title: (await page.getByRole("heading", { level: 1 }).textContent()) ?? "",
    text: (await page.locator("[id=text]").textContent()) ?? "",
    buttons: await page.getByRole("button").allTextContents(),
  };
}
