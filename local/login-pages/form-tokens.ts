import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";

const COOKIE = "XSRF-TOKEN";

/** The hidden field of each form. Cognito's own pages name it so. */
export const FORM_TOKEN_FIELD = "_csrf";

/**
 * Ties each form to the browser it was shown in, so that another site cannot post one in a person's name.
 *
 * The Origin header would not do: with Referrer-Policy no-referrer, browsers send `null` there.
 */
export class FormTokens {
  readonly #key = randomBytes(32);

  /** The value for the form's hidden field; its counterpart goes into a cookie. */
  issue(c: Context): string {
    const known = getCookie(c, COOKIE);
    if (known) {
      return this.#token(known);
    }
    const value = randomBytes(32).toString("base64url");
    setCookie(c, COOKIE, value, { path: "/", httpOnly: true, sameSite: "Lax" });
    return this.#token(value);
  }

  /** Whether a posted form was shown in this browser. */
  matches(c: Context, form: URLSearchParams): boolean {
    const expected = Buffer.from(this.#token(getCookie(c, COOKIE) ?? ""));
    const given = Buffer.from(form.get(FORM_TOKEN_FIELD) ?? "");
    return getCookie(c, COOKIE) !== undefined && expected.length === given.length && timingSafeEqual(expected, given);
  }

  #token(cookie: string): string {
    return createHmac("sha256", this.#key).update(cookie).digest("base64url");
  }
}
