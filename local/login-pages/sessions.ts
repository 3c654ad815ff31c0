import { randomBytes } from "node:crypto";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";

const COOKIE = "cognito";

/** Cognito's: one hour from signing in, however often it is used. */
const SECONDS = 3600;

/** Who a browser says it is. */
export interface Session {
  readonly userPoolId: string;
  readonly username: string;
  /**
   * The password, in this process's memory only. A session must give new tokens without asking for it, each with the request's own
   * nonce and scopes, and the emulator gives those for a password alone: the tokens it refreshes carry no nonce and the old scopes.
   * Asking the emulator each time also ends the session when the password is changed or the account disabled.
   */
  readonly password?: string;
  /** Whether the emulator has accepted the password. */
  readonly signedIn: boolean;
  /** What was just done: shown once, on the next page. */
  readonly notice?: string | undefined;
}

/** The sessions of all browsers. A cookie holds a random id and nothing else. */
export class Sessions {
  readonly #sessions = new Map<string, { session: Session; end: number }>();

  /** @param now milliseconds since 1970 */
  constructor(private readonly now: () => number = Date.now) {}

  /** This browser's session in a user pool. */
  current(c: Context, userPoolId: string): Session | undefined {
    const entry = this.#sessions.get(getCookie(c, COOKIE) ?? "");
    return entry && entry.end > this.now() && entry.session.userPoolId === userPoolId ? entry.session : undefined;
  }

  /** Starts a session under a new id, so that one that was planted before is worth nothing, and ends the browser's old one. */
  start(c: Context, session: Session): void {
    this.#forget(c);
    const id = randomBytes(32).toString("base64url");
    this.#sessions.set(id, { session, end: this.now() + SECONDS * 1000 });
    // Not Secure: this is http on loopback. Lax, because apps send people here with a link.
    setCookie(c, COOKIE, id, { path: "/", httpOnly: true, sameSite: "Lax", maxAge: SECONDS });
  }

  end(c: Context): void {
    this.#forget(c);
    deleteCookie(c, COOKIE, { path: "/" });
  }

  #forget(c: Context): void {
    this.#sessions.delete(getCookie(c, COOKIE) ?? "");
    for (const [id, { end }] of this.#sessions) {
      if (end <= this.now()) {
        this.#sessions.delete(id);
      }
    }
  }
}
