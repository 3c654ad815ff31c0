/** What all pages have in common: the frame, the style, and the headers that keep them to themselves. */
import { createHash } from "node:crypto";
import type { Context } from "hono";
import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** A piece of a page. Values that `html` puts into one are escaped. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const STYLE = `
:root { color-scheme: light dark; --text: #1b1f24; --quiet: #57606a; --page: #f4f5f7; --card: #ffffff; --line: #8c959f; --accent: #0b57d0;
  --on-accent: #ffffff; --error: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e8eaed; --quiet: #a2abb5; --page: #14171b; --card: #1d2126; --line: #6b7580; --accent: #8ab4f8; --on-accent: #0b1a33;
    --error: #ffb4ab; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem 1rem; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 26rem; margin: 0 auto; padding: 1.5rem; background: var(--card); border-radius: .75rem; }
main.list { max-width: 44rem; }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 0; font-size: 1.05rem; }
label { display: block; margin: 1rem 0 .25rem; font-weight: 600; }
input { width: 100%; min-height: 2.75rem; padding: .5rem .75rem; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line);
  border-radius: .375rem; }
button { min-height: 2.75rem; width: 100%; margin-top: 1.25rem; padding: .5rem 1rem; font: inherit; font-weight: 600; color: var(--on-accent);
  background: var(--accent); border: 1px solid var(--accent); border-radius: .375rem; cursor: pointer; }
button.quiet { color: var(--accent); background: transparent; margin-top: .75rem; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.error { padding: .75rem; color: var(--error); border: 1px solid var(--error); border-radius: .375rem; }
.notice { padding: .75rem; border: 1px solid var(--line); border-radius: .375rem; }
.hint, time, footer { color: var(--quiet); }
footer { max-width: 44rem; margin: 1.5rem auto 0; text-align: center; font-size: .875rem; }
article { padding: 1rem 0; border-top: 1px solid var(--line); }
pre { margin: .5rem 0 0; font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; }
`;

/** In one piece: a character more between the tags, and the policy's hash would not fit. */
const STYLE_ELEMENT = `<style>${STYLE}</style>`;

const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

export interface Page {
  /** The heading. */
  readonly title: string;
  /** What was not accepted: shown first, and said in the browser's title too. */
  readonly error?: string | undefined;
  readonly content?: Html;
  readonly status?: ContentfulStatusCode;
  /** For pages that list something. */
  readonly wide?: boolean;
  /** Where the answer to the page's forms may redirect to, besides these pages. */
  readonly redirectUri?: string;
}

/** Answers with a page. */
export async function page(c: Context, { title, error, content, status = 200, wide = false, redirectUri }: Page): Promise<Response> {
  c.header("Content-Security-Policy", contentSecurityPolicy(redirectUri));
  return c.html(
    await html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${error === undefined ? "" : "Error: "}${title}</title>
          <link rel="icon" href="data:," />
          ${raw(STYLE_ELEMENT)}
        </head>
        <body>
          <main class="${wide ? "list" : "form"}">
            <h1>${title}</h1>
            ${error === undefined ? "" : html`<p class="error" role="alert">${error}</p>`} ${content}
          </main>
          <footer>Local stand-in for Amazon Cognito's login pages – for development only</footer>
        </body>
      </html>`,
    status,
  );
}

/**
 * Nothing is loaded and nothing is run. A form's answer redirects to the app, and browsers hold form-action against that address too.
 *
 * @see https://www.w3.org/TR/CSP3/#directive-form-action
 */
function contentSecurityPolicy(redirectUri?: string): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    "img-src data:",
    `form-action 'self'${redirectUri === undefined ? "" : ` ${sourceOf(redirectUri)}`}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** An address as a source of a policy: its origin, or its scheme where that has no origin, as in `myapp://callback`. */
function sourceOf(address: string): string {
  const { origin, protocol } = new URL(address);
  return origin === "null" ? protocol : origin;
}
