/** The mails that the emulator has sent: to a browser as a page, to a program as JSON. */
import { type Context, Hono } from "hono";
import { accepts } from "hono/accepts";
import { html } from "hono/html";
import { type Mail, mailsIn, mailsUrl } from "../emulator-mails";
import { loopbackRequest } from "../loopback-request";
import { utcTime } from "../utc-time";
import { page } from "./layout";

export function mailbox(emulatorUrl: string): Hono {
  const app = new Hono();
  app.get("/mailbox", async (c) => {
    const { status, body } = await loopbackRequest(mailsUrl(emulatorUrl));
    if (status !== 200) {
      throw new Error(`the emulator's mailbox answered ${status}`);
    }
    c.header("Vary", "Accept");
    const type = accepts(c, { header: "Accept", supports: ["text/html", "application/json"], default: "text/html" });
    return type === "application/json" ? c.body(body, 200, { "Content-Type": "application/json" }) : mailboxPage(c, body);
  });
  return app;
}

function mailboxPage(c: Context, json: string): Promise<Response> {
  const newestFirst = mailsIn(json).reverse();
  return page(c, {
    title: "Mailbox",
    wide: true,
    content: html`<p class="hint">Every mail that the emulator has sent, newest first. Reload the page to see new ones.</p>
      ${newestFirst.length === 0 ? html`<p>No mail yet.</p>` : newestFirst.map(mailArticle)}`,
  });
}

function mailArticle({ To, Subject, BodyText, BodyHtml, Timestamp }: Mail) {
  const sent = new Date(Timestamp * 1000);
  return html`<article>
    <h2>${Subject}</h2>
    <p class="hint">To ${To.join(", ")}, <time datetime="${sent.toISOString()}">${utcTime(sent)}</time></p>
    <pre>${BodyText || BodyHtml}</pre>
  </article>`;
}
