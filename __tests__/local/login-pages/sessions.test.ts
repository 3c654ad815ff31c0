/** How long a browser is known, and what its cookie holds. */
import { Hono } from "hono";
import { type Session, Sessions } from "../../../local/login-pages/sessions";

const MINUTE = 60_000;
const session: Session = { userPoolId: "pool", username: "person@example.com", password: "Secret-of-a-person-1", signedIn: true };

let time: number;
let app: Hono;

beforeEach(() => {
  time = Date.UTC(2026, 0, 1);
  const sessions = new Sessions(() => time);
  app = new Hono();
  app.get("/start", (c) => {
    sessions.start(c, session);
    return c.body(null);
  });
  app.get("/end", (c) => {
    sessions.end(c);
    return c.body(null);
  });
  app.get("/current/:pool", (c) => c.json({ username: sessions.current(c, c.req.param("pool"))?.username ?? null }));
});

async function start(cookie = ""): Promise<string> {
  const answer = await app.request("/start", { headers: { cookie } });
  return answer.headers.get("set-cookie") ?? "";
}

async function username(setCookie: string, pool = "pool"): Promise<unknown> {
  const answer = await app.request(`/current/${pool}`, { headers: { cookie: setCookie.split(";")[0] ?? "" } });
  return ((await answer.json()) as { username: unknown }).username;
}

test("a session lasts one hour, however often it is used", async () => {
  const cookie = await start();
  time += 59 * MINUTE;
  expect(await username(cookie)).toBe("person@example.com");
  time += 1 * MINUTE;
  expect(await username(cookie)).toBeNull();
});

test("the cookie holds a random id, out of reach of scripts, other sites' posts and other hosts", async () => {
  const cookie = await start();
  expect(cookie).toMatch(/^cognito=[\w-]{43}; Max-Age=3600; Path=\/; HttpOnly; SameSite=Lax$/);
  expect(await start()).not.toBe(cookie);
});

test("a session is one of a user pool", async () => {
  expect(await username(await start(), "another")).toBeNull();
});

test("signing in again gives another id, and the old one is worth nothing", async () => {
  const planted = await start();
  const own = await start(planted.split(";")[0]);
  expect(await username(own)).toBe("person@example.com");
  expect(await username(planted)).toBeNull();
});

test("an ended session is gone from the server too", async () => {
  const cookie = await start();
  const answer = await app.request("/end", { headers: { cookie: cookie.split(";")[0] ?? "" } });
  expect(answer.headers.get("set-cookie")).toMatch(/^cognito=; Max-Age=0/);
  expect(await username(cookie)).toBeNull();
});
