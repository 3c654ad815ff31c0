/**
 * An API of 25 routes, three functions and two scopes of its own: who gets an answer, and from which function. One row a request: route ×
 * token × method × origin, with its status and the function that ran, which its log tells.
 */
import { loopbackRequest } from "../../local/loopback-request";
import { signIn, signUp } from "../../local/smoke-check";
import { changesPlanned, deployShop, logGroups, logLines } from "./shop";

const ORIGIN = "https://shop.example.com";
const STRANGE_ORIGIN = "https://evil.example";
const FUNCTIONS = ["shop", "shop-orders", "shop-files"] as const;
type FunctionName = (typeof FUNCTIONS)[number];

const person = { email: "many-routes@example.com", password: "Routes-1-secret-of-a-test" };

/** The tokens of the table: what was asked for when the person signed in. */
const SCOPES_OF = {
  "openid email": ["openid", "email"],
  "orders/read": ["openid", "orders/read"],
  "orders/write": ["openid", "orders/write"],
  "all scopes": ["openid", "email", "orders/read", "orders/write"],
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
  ["GET", "/orders", "shop-orders", ["orders/read"]],
  ["POST", "/orders", "shop-orders", ["orders/write"], { headers: JSON_BODY, body: ORDER }],
  ["GET", "/orders/search?text=book", "shop-orders", ["orders/read"]],
  ["GET", "/orders/7", "shop-orders", ["orders/read", "orders/write"]],
  ["PUT", "/orders/7", "shop-orders", ["orders/write"], { headers: { ...JSON_BODY, ...IF_MATCH }, body: ORDER }],
  ["PATCH", "/orders/7", "shop-orders", ["orders/write"]],
  ["DELETE", "/orders/7", "shop-orders", ["orders/write"], { headers: IF_MATCH }],
  ["GET", "/orders/7/lines", "shop-orders", ["orders/read"]],
  ["POST", "/orders/7/lines", "shop-orders", ["orders/write"]],
  ["GET", "/orders/7/lines/1", "shop-orders", ["orders/read"]],
  ["DELETE", "/orders/7/lines/1", "shop-orders", ["orders/write"]],
  ["PUT", "/orders/7/notes", "shop-orders", ["orders/write"]],
  ["GET", "/orders/7/notes", "shop-orders", ["orders/read"]],
  ["GET", "/files/a/b.txt", "shop-files", ["orders/read"]],
  ["PUT", "/files/a/b.txt", "shop-files", ["orders/write"]],
  ["GET", "/files/latest", "shop-files", ["email"]],
  ["HEAD", "/files/latest", "shop-files", ["email"]],
  ["GET", "/me", "shop", ["openid"]],
  ["PATCH", "/me", "shop", ["openid"]],
  ["GET", "/me/orders", "shop-orders", ["email", "orders/read"]],
  ["POST", "/admin/users/7", "shop-files", ["orders/write"]],
  ["GET", "/health", "shop", "everybody"],
  ["GET", "/GET/stage", "shop-files", ["orders/read"]],
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
    ["DELETE", "/orders", "all scopes", {}, 403, "nothing"],
    ["POST", "/orders/7", "all scopes", {}, 403, "nothing"],
    ["GET", "/orders/7/lines/1/more", "all scopes", {}, 403, "nothing"],
    ["GET", "/orders/", "all scopes", {}, 200, "shop-orders"],
    ["GET", "/nowhere", "all scopes", {}, 403, "nothing"],
    ["GET", "/files", "all scopes", {}, 403, "nothing"],
    ["GET", "/admin", "all scopes", {}, 403, "nothing"],
    ["POST", "/me", "all scopes", {}, 403, "nothing"],
    ["POST", "/health", "none", {}, 403, "nothing"],
    ["POST", "", "all scopes", {}, 403, "nothing"],
    // ANY, and the method of its own that goes before it.
    ["DELETE", "/admin/a/b/c", "orders/write", {}, 200, "shop-files"],
    ["DELETE", "/admin/a/b/c", "orders/read", {}, 401, "nothing"],
    ["POST", "/orders/7/notes", "orders/write", {}, 200, "shop-orders"],
    ["POST", "/orders/7/notes", "orders/read", {}, 401, "nothing"],
    ["GET", "/orders/7/notes", "orders/write", {}, 401, "nothing"],
    // A method that the fixed path lacks goes to {proxy+} beside it.
    ["PUT", "/files/latest", "orders/write", {}, 200, "shop-files"],
    ["PUT", "/files/latest", "openid email", {}, 401, "nothing"],
    // Validation comes after authorization: a caller who is refused learns nothing about it.
    ["POST", "/orders", "orders/write", { headers: JSON_BODY, body: "{}" }, 400, "nothing"],
    ["POST", "/orders", "orders/write", { headers: JSON_BODY, body: "no JSON" }, 400, "nothing"],
    ["POST", "/orders", "orders/write", { headers: JSON_BODY }, 400, "nothing"],
    ["POST", "/orders", "orders/write", { headers: JSON_BODY, body: '{"item":"","amount":2}' }, 400, "nothing"],
    ["POST", "/orders", "orders/write", { headers: JSON_BODY, body: '{"item":"book","amount":0}' }, 400, "nothing"],
    ["POST", "/orders", "orders/write", { headers: JSON_BODY, body: '{"item":"book","amount":2,"price":0}' }, 400, "nothing"],
    ["POST", "/orders", "orders/read", { headers: JSON_BODY, body: "{}" }, 401, "nothing"],
    ["POST", "/orders", "none", { headers: JSON_BODY, body: "{}" }, 401, "nothing"],
    ["GET", "/orders/search", "orders/read", {}, 400, "nothing"],
    ["GET", "/orders/search?another=book", "orders/read", {}, 400, "nothing"],
    ["GET", "/orders/search", "orders/write", {}, 401, "nothing"],
    ["PUT", "/orders/7", "orders/write", { headers: JSON_BODY, body: ORDER }, 400, "nothing"],
    ["PUT", "/orders/7", "orders/write", { headers: { ...JSON_BODY, ...IF_MATCH }, body: "{}" }, 400, "nothing"],
    ["DELETE", "/orders/7", "orders/write", {}, 400, "nothing"],
  ] as const
).map(([method, path, token, request, status, runs]) => ({ method, path, token, ...request, status, runs }));

/** The browser's question, by path: the methods that the answer allows. */
const PREFLIGHTS: readonly (readonly [string, string])[] = [
  ["", "GET"],
  ["/signed-in", "GET"],
  ["/orders", "GET,POST"],
  ["/orders/search", "GET"],
  ["/orders/7", "DELETE,GET,PATCH,PUT"],
  ["/orders/7/lines", "GET,POST"],
  ["/orders/7/lines/1", "DELETE,GET"],
  ["/orders/7/notes", "DELETE,GET,HEAD,PATCH,POST,PUT"],
  ["/files/a/b.txt", "GET,PUT"],
  ["/files/latest", "GET,HEAD"],
  ["/me", "GET,PATCH"],
  ["/me/orders", "GET"],
  ["/admin/users/7", "DELETE,GET,HEAD,PATCH,POST,PUT"],
  ["/health", "GET"],
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
  const path = "/orders/7/lines";
  const statuses: (number | undefined)[] = [];
  for (let sent = 0; sent < 4; sent += 1) {
    statuses.push((await send({ method: "POST", path, token: "orders/write" })).answer.status);
  }
  expect(statuses.filter((status) => status !== 200 && status !== 429)).toEqual([]);
  const { answer, runs } = await send({ method: "POST", path, token: "orders/write" }, ORIGIN);
  expect({ status: answer.status, runs, origin: answer.headers["access-control-allow-origin"] }).toEqual({
    ...{ status: 429, runs: "nothing", origin: ORIGIN },
  });
  expect((await send({ method: "GET", path, token: "orders/read" })).answer.status).toBe(200);
  expect((await send({ method: "OPTIONS", path, token: "none" }, ORIGIN)).answer.status).toBe(204);
});

test("a function has its variables, which say where secrets are, and its layers", async () => {
  const { answer } = await send({ method: "GET", path: "/orders", token: "orders/read" });
  expect(JSON.parse(answer.body)).toMatchObject({
    variables: { DATABASE_PASSWORD: "/shop/database-password", PAYMENT_KEY: "shop/payment-key" },
    layers: ["catalogue"],
  });
  const { answer: without } = await send({ method: "GET", path: "/GET/stage", token: "orders/read" });
  expect(JSON.parse(without.body)).toMatchObject({ variables: {}, layers: [] });
});

test.each([
  ["image/png", "orders/write", 200, Buffer.from("\u0089PNG").toString("base64")],
  ["text/plain", "orders/write", 200, null],
  ["image/png", "orders/read", 401, undefined],
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
  expect(await changesPlanned()).toEqual({});
});
