import { loopbackRequest, type LoopbackRequest, type LoopbackResponse, postedForm } from "../../local/loopback-request";

/** What a browser does on the login pages, without one: keeps cookies, follows redirects between the pages, posts the form it sees. */
export class PlainBrowser {
  readonly cookies = new Map<string, string>();
  /** The newest answer. */
  answer: LoopbackResponse = { status: 0, headers: {}, body: "" };
  #origin = "";

  /** Opens an address. A redirect to another origin, which is where an app is, is not followed. */
  open(url: string): Promise<LoopbackResponse> {
    this.#origin = new URL(url).origin;
    return this.#request(url);
  }

  /** Fills in the form of the page and sends it. */
  submit(fields: Readonly<Record<string, string>>): Promise<LoopbackResponse> {
    const { action, formToken } = this.form;
    return this.post(action, { _csrf: formToken, ...fields });
  }

  post(url: string, fields: Readonly<Record<string, string>>): Promise<LoopbackResponse> {
    return this.#request(new URL(url, this.#origin).href, postedForm(fields));
  }

  get form(): { action: string; formToken: string } {
    const action = /<form method="post" action="([^"]*)"/.exec(this.answer.body)?.[1]?.replaceAll("&amp;", "&");
    const formToken = /name="_csrf" value="([^"]*)"/.exec(this.answer.body)?.[1];
    if (action === undefined || formToken === undefined) {
      throw new Error(`there is no form on this page (${this.answer.status}):\n${this.answer.body}`);
    }
    return { action, formToken };
  }

  get title(): string | undefined {
    return /<title>(.*?)<\/title>/.exec(this.answer.body)?.[1];
  }

  /** What the page says was not accepted. */
  get error(): string | undefined {
    return /role="alert"[^>]*>(.*?)<\/p>/s.exec(this.answer.body)?.[1];
  }

  /** What the page says was done. */
  get notice(): string | undefined {
    return /role="status"[^>]*>(.*?)<\/p>/s.exec(this.answer.body)?.[1];
  }

  /** What the browser was sent back to the app with, in the query or in the fragment. */
  get arrival(): { address: string; query: URLSearchParams; fragment: URLSearchParams } {
    const { location } = this.answer.headers;
    if (location === undefined) {
      throw new Error(`the browser was not sent to an app (${this.answer.status}): ${this.error ?? this.answer.body}`);
    }
    const [beforeFragment = "", fragment = ""] = location.split("#");
    const [address = "", query = ""] = beforeFragment.split("?");
    return { address, query: new URLSearchParams(query), fragment: new URLSearchParams(fragment) };
  }

  async #request(url: string, request: LoopbackRequest = {}): Promise<LoopbackResponse> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    this.answer = await loopbackRequest(url, { ...request, headers: { ...request.headers, ...(cookie && { cookie }) } });
    for (const line of this.answer.headers["set-cookie"] ?? []) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "" || /max-age=0/i.test(line)) {
        this.cookies.delete(name);
      } else {
        this.cookies.set(name, value);
      }
    }
    const { location } = this.answer.headers;
    const target = location === undefined ? undefined : new URL(location, url);
    return target?.origin === this.#origin ? this.#request(target.href) : this.answer;
  }
}
