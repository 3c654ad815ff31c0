/**
 * An API of 25 routes, three functions and two scopes of its own: who gets an answer, and from which function. One row a request: route ×
 * token × method × origin, with its status and the function that ran, which its log tells.
 */
import { loopbackRequest } from "../../local/loopback-request";
import { signIn, signUp } from "../../local/smoke-check";
import { deployShop, logGroups, logLines } from "./shop";

const ORIGIN = "https://shop.example.com";
const STRANGE_ORIGIN = "https://evil.example";
const FUNCTIONS = ["shop", "shop-sales", "shop-files"] as const;
type FunctionName = (typeof FUNCTIONS)[number];

const person = { email: "many-routes@example.com", password: "Routes-1-secret-of-a-test" };

/** The tokens of the table: what was asked for when the person signed in. */
const SCOPES_OF = {
  "openid email": ["openid", "email"],
  "shop/read": ["openid", "shop/read"],
  "shop/write": ["openid", "shop/write"],
  "all scopes": ["openid", "email", "shop/read", "shop/write"],
} as const;
const TOKENS = ["none", "garbage", "ID token", ...(Object.keys(SCOPES_OF) as (keyof typeof SCOPES_OF)[])] as const;
type TokenName = (typeof TOKENS)[number];

let shop: Awaited<ReturnType<typeof deployShop>>;
const tokens: Record<TokenName, string> = { none: "", garbage: "garbage" } as Record<TokenName, string>;

beforeAll(async () => {
  shop = await deployShop();
  await signUp(shop, person);
  for (const [name, scopes] of Object.entries(SCOPES_OF)) {
    const { access, id } = await signIn(shop, person, scopes.join(" "));
    tokens[name as keyof typeof SCOPES_OF] = access;
    tokens["ID token"] = id;
  }
}, 180_000);

interface Row {
  readonly method: string;
  readonly path: string;
  readonly token: TokenName;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly status: number;
  readonly runs: FunctionName | "nothing";
}

const ORDER = JSON.stringify({ item: "book", amount: 2 });
const JSON_BODY = { "Content-Type": "application/json" };
const IF_MATCH = { "If-Match": "1" };

type OpenedBy = "everybody" | readonly string[];

/** A good request to each route; what is in braces in the route has a value here. The tutorial's two routes are the last. */
const ROUTES: readonly (readonly [string, string, FunctionName | "nothing", OpenedBy, Pick<Row, "headers" | "body">?])[] = [
  ["GET", "/shop/orders", "shop-sales", ["shop/read"]],
  ["POST", "/shop/orders", "shop-sales", ["shop/write"], { headers: JSON_BODY, body: ORDER }],
  ["GET", "/shop/orders/search?text=book", "shop-sales", ["shop/read"]],
  ["GET", "/shop/orders/7", "shop-sales", ["shop/read", "shop/write"]],
  ["PUT", "/shop/orders/7", "shop-sales", ["shop/write"], { headers: { ...JSON_BODY, ...IF_MATCH }, body: ORDER }],
  ["PATCH", "/shop/orders/7", "shop-sales", ["shop/write"]],
  ["DELETE", "/shop/orders/7", "shop-sales", ["shop/write"], { headers: IF_MATCH }],
  ["GET", "/shop/orders/7/lines", "shop-sales", ["shop/read"]],
  ["POST", "/shop/orders/7/lines", "shop-sales", ["shop/write"]],
  ["GET", "/shop/orders/7/lines/1", "shop-sales", ["shop/read"]],
  ["DELETE", "/shop/orders/7/lines/1", "shop-sales", ["shop/write"]],
  ["PUT", "/shop/orders/7/notes", "shop-sales", ["shop/write"]],
  ["GET", "/shop/orders/7/notes", "shop-sales", ["shop/read"]],
  ["GET", "/shop/files/a/b.txt", "shop-files", ["shop/read"]],
  ["PUT", "/shop/files/a/b.txt", "shop-files", ["shop/write"]],
  ["GET", "/shop/files/latest", "shop-files", ["email"]],
  ["HEAD", "/shop/files/latest", "shop-files", ["email"]],
  ["GET", "/shop/me", "shop", ["openid"]],
  ["PATCH", "/shop/me", "shop", ["openid"]],
  ["GET", "/shop/me/orders", "shop-sales", ["email", "shop/read"]],
  ["POST", "/shop/admin/users/7", "shop-files", ["shop/write"]],
  ["GET", "/shop/health", "shop", "everybody"],
  ["GET", "/GET/stage", "shop-files", ["shop/read"]],
  ["GET", "", "shop", ["email"]],
  ["GET", "/signed-in", "nothing", "everybody"],
];

const scopesOf = (token: TokenName): readonly string[] => (token in SCOPES_OF ? SCOPES_OF[token as keyof typeof SCOPES_OF] : []);

/** Each route with each token: 175 requests. */
const everyRouteWithEveryToken: Row[] = ROUTES.flatMap(([method, path, answers, openedBy, request]) =>
  TOKENS.map((token) => {
    const open = openedBy === "everybody" || scopesOf(token).some((scope) => openedBy.includes(scope));
    return { method, path, token, ...request, status: open ? 200 : 401, runs: open ? answers : "nothing" };
  }),
);

/** What the gateway refuses although the token would do, and what it falls back to. */
const others: Row[] = (
  [
    // Methods and paths that have no route.
    ["DELETE", "/shop/orders", "all scopes", {}, 403, "nothing"],
    ["POST", "/shop/orders/7", "all scopes", {}, 403, "nothing"],
    ["GET", "/shop/orders/7/lines/1/more", "all scopes", {}, 403, "nothing"],
    ["GET", "/shop/orders/", "all scopes", {}, 200, "shop-sales"],
    ["GET", "/nowhere", "all scopes", {}, 403, "nothing"],
    ["GET", "/shop/files", "all scopes", {}, 403, "nothing"],
    ["GET", "/shop/admin", "all scopes", {}, 403, "nothing"],
    ["POST", "/shop/me", "all scopes", {}, 403, "nothing"],
    ["POST", "/shop/health", "none", {}, 403, "nothing"],
    ["POST", "", "all scopes", {}, 403, "nothing"],
    // ANY, and the method of its own that goes before it.
    ["DELETE", "/shop/admin/a/b/c", "shop/write", {}, 200, "shop-files"],
    ["DELETE", "/shop/admin/a/b/c", "shop/read", {}, 401, "nothing"],
    ["POST", "/shop/orders/7/notes", "shop/write", {}, 200, "shop-sales"],
    ["POST", "/shop/orders/7/notes", "shop/read", {}, 401, "nothing"],
    ["GET", "/shop/orders/7/notes", "shop/write", {}, 401, "nothing"],
    // A method that the fixed path lacks goes to {proxy+} beside it.
    ["PUT", "/shop/files/latest", "shop/write", {}, 200, "shop-files"],
    ["PUT", "/shop/files/latest", "openid email", {}, 401, "nothing"],
    // Validation comes after authorization: a caller who is refused learns nothing about it.
    ["POST", "/shop/orders", "shop/write", { headers: JSON_BODY, body: "{}" }, 400, "nothing"],
    ["POST", "/shop/orders", "shop/write", { headers: JSON_BODY, body: "no JSON" }, 400, "nothing"],
    ["POST", "/shop/orders", "shop/write", { headers: JSON_BODY }, 400, "nothing"],
    ["POST", "/shop/orders", "shop/write", { headers: JSON_BODY, body: '{"item":"","amount":2}' }, 400, "nothing"],
    ["POST", "/shop/orders", "shop/write", { headers: JSON_BODY, body: '{"item":"book","amount":0}' }, 400, "nothing"],
    ["POST", "/shop/orders", "shop/write", { headers: JSON_BODY, body: '{"item":"book","amount":2,"price":0}' }, 400, "nothing"],
    ["POST", "/shop/orders", "shop/read", { headers: JSON_BODY, body: "{}" }, 401, "nothing"],
    ["POST", "/shop/orders", "none", { headers: JSON_BODY, body: "{}" }, 401, "nothing"],
    ["GET", "/shop/orders/search", "shop/read", {}, 400, "nothing"],
    ["GET", "/shop/orders/search?another=book", "shop/read", {}, 400, "nothing"],
    ["GET", "/shop/orders/search", "shop/write", {}, 401, "nothing"],
    ["PUT", "/shop/orders/7", "shop/write", { headers: JSON_BODY, body: ORDER }, 400, "nothing"],
    ["PUT", "/shop/orders/7", "shop/write", { headers: { ...JSON_BODY, ...IF_MATCH }, body: "{}" }, 400, "nothing"],
    ["DELETE", "/shop/orders/7", "shop/write", {}, 400, "nothing"],
  ] as const
).map(([method, path, token, request, status, runs]) => ({ method, path, token, ...request, status, runs }));

/** The browser's question, by path: the methods that the answer allows. */
const PREFLIGHTS: readonly (readonly [string, string])[] = [
  ["", "GET"],
  ["/signed-in", "GET"],
  ["/shop/orders", "GET,POST"],
  ["/shop/orders/search", "GET"],
  ["/shop/orders/7", "DELETE,GET,PATCH,PUT"],
  ["/shop/orders/7/lines", "GET,POST"],
  ["/shop/orders/7/lines/1", "DELETE,GET"],
  ["/shop/orders/7/notes", "DELETE,GET,HEAD,PATCH,POST,PUT"],
  ["/shop/files/a/b.txt", "GET,PUT"],
  ["/shop/files/latest", "GET,HEAD"],
  ["/shop/me", "GET,PATCH"],
  ["/shop/me/orders", "GET"],
  ["/shop/admin/users/7", "DELETE,GET,HEAD,PATCH,POST,PUT"],
  ["/shop/health", "GET"],
  ["/GET/stage", "GET"],
];

async function runsSoFar(): Promise<Record<FunctionName, number>> {
  const counts = await Promise.all(
    FUNCTIONS.map(async (name) => {
      const lines = await logLines(`/aws/lambda/${name}`);
      return [name, lines.filter((line) => line.startsWith("START RequestId")).length] as const;
    }),
  );
  return Object.fromEntries(counts) as Record<FunctionName, number>;
}

/** Sends a request and tells what came back, and which functions ran because of it. */
async function send({ method, path, token, headers = {}, body }: Omit<Row, "status" | "runs">, origin?: string) {
  const before = await runsSoFar();
  const answer = await loopbackRequest(`${shop.invokeUrl}${path}`, {
    method,
    headers: { ...headers, ...(token !== "none" && { Token: tokens[token] }), ...(origin !== undefined && { Origin: origin }) },
    ...(body !== undefined && { body }),
  });
  const after = await runsSoFar();
  const ran = FUNCTIONS.flatMap((name) => Array.from({ length: after[name] - before[name] }, () => name));
  return { answer, runs: ran.length === 0 ? "nothing" : ran.join() };
}

const rows = [...everyRouteWithEveryToken, ...others];

test("the table has at least 200 requests, of which at least 100 are refused", () => {
  expect(rows.length).toBeGreaterThanOrEqual(200);
  expect(rows.filter(({ status }) => status >= 400).length).toBeGreaterThanOrEqual(100);
});

test.each(rows)("$method $path with $token: $status, runs $runs", async (row) => {
  const { answer, runs } = await send(row, ORIGIN);
  expect({ status: answer.status, runs }).toEqual({ status: row.status, runs: row.runs });
  // The landing page is for the API's own pages; whatever else answers lets those of the origin read it.
  const readable = row.path === "/signed-in" ? undefined : ORIGIN;
  expect(answer.headers["access-control-allow-origin"]).toBe(readable);
  if (answer.body.startsWith('{"function"')) {
    expect(JSON.parse(answer.body)).toMatchObject({ function: row.runs });
  }
});

test.each(PREFLIGHTS.flatMap(([path, methods]) => [ORIGIN, STRANGE_ORIGIN].map((origin) => ({ path, methods, origin }))))(
  "the browser's question about $path from $origin: 204 without a token, for $methods from the one origin",
  async ({ path, methods, origin }) => {
    const { answer, runs } = await send({ method: "OPTIONS", path, token: "none" }, origin);
    expect({ status: answer.status, runs }).toEqual({ status: 204, runs: "nothing" });
    expect(answer.headers).toMatchObject({
      "access-control-allow-origin": ORIGIN,
      "access-control-allow-methods": methods,
      "access-control-max-age": "600",
    });
    expect(answer.headers["access-control-allow-headers"]?.split(",")).toEqual(expect.arrayContaining(["Content-Type", "Token"]));
    expect(answer.headers["access-control-allow-credentials"]).toBeUndefined();
  },
);

test("a route with limits of its own answers 429 above them, and the other methods of its path go on", async () => {
  const path = "/shop/orders/7/lines";
  const statuses: (number | undefined)[] = [];
  for (let sent = 0; sent < 4; sent += 1) {
    // checkov:skip=CKV_SECRET_6: the name of a scope
    statuses.push((await send({ method: "POST", path, token: "shop/write" })).answer.status);
  }
  expect(statuses.filter((status) => status !== 200 && status !== 429)).toEqual([]);
  const { answer, runs } = await send({ method: "POST", path, token: "shop/write" }, ORIGIN);
  expect({ status: answer.status, runs, origin: answer.headers["access-control-allow-origin"] }).toEqual({
    ...{ status: 429, runs: "nothing", origin: ORIGIN },
  });
  expect((await send({ method: "GET", path, token: "shop/read" })).answer.status).toBe(200);
  expect((await send({ method: "OPTIONS", path, token: "none" }, ORIGIN)).answer.status).toBe(204);
});

test("a function has its variables, which say where secrets are, and its layers", async () => {
  const { answer } = await send({ method: "GET", path: "/shop/orders", token: "shop/read" });
  expect(JSON.parse(answer.body)).toMatchObject({
    variables: { DATABASE_PASSWORD: "/shop/database-password", PAYMENT_KEY: "shop/pay" },
    layers: ["catalogue"],
  });
  const { answer: without } = await send({ method: "GET", path: "/GET/stage", token: "shop/read" });
  expect(JSON.parse(without.body)).toMatchObject({ variables: {}, layers: [] });
});

test.each([
  ["image/png", "shop/write", 200, Buffer.from("\u0089PNG").toString("base64")],
  ["text/plain", "shop/write", 200, null],
  ["image/png", "shop/read", 401, undefined],
] as const)("the second API gives the function a body of %s with %s: %s, in base64 %j", async (type, token, status, base64) => {
  const answer = await loopbackRequest(shop.picturesUrl, {
    method: "POST",
    headers: { "Content-Type": type, Token: tokens[token] },
    body: "\u0089PNG",
  });
  expect(answer.status).toBe(status);
  expect((JSON.parse(answer.body) as { base64?: unknown }).base64).toBe(base64);
});

test("the functions' logs of all these requests hold what the handlers print, no token and no e-mail address", async () => {
  const groups = (await logGroups()).filter((name) => name.startsWith("/aws/lambda/shop"));
  expect(groups.sort()).toEqual([...FUNCTIONS, "shop-reminders"].map((name) => `/aws/lambda/${name}`).sort());
  const lines = (await Promise.all(groups.map(logLines))).flat();
  // The access log's fields are held by __tests__/stacks/secured-api/observability.test.ts: the emulator writes none.
  expect(lines.filter((line) => line.startsWith('{"resource"')).length).toBeGreaterThan(50);
  const signatures = Object.values(tokens).flatMap((token) => token.split(".")[2] ?? []);
  expect(signatures).toHaveLength(5);
  const leaks = lines.filter((line) => /eyJ|@/.test(line) || signatures.some((signature) => line.includes(signature)));
  expect(leaks).toEqual([]);
});

test("the plan afterwards is empty", async () => {
  expect(await shop.changesPlanned()).toEqual({});
});
