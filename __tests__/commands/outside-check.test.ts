/** What the smoke check finds wrong: a server that answers as it should, but for one thing a row. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { checkFromOutside, type OutsideResult } from "../../commands/outside-check";

interface Page {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const SIGN_IN = "https://login.example.com/login";
const POLICY = "default-src 'none'; frame-ancestors 'none';";

let server: Server;
let landingPage: Page;
let refusal: Page;
let answer: Page;

beforeAll(async () => {
  server = createServer((request, response) => {
    const page = request.url === "/signed-in" ? landingPage : request.headers["token"] === "good" ? answer : refusal;
    response.writeHead(page.status, page.headers).end(page.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(() => server.close());

beforeEach(() => {
  landingPage = {
    status: 200,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": POLICY,
      "Cache-Control": "no-store",
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
    },
    body: "<!doctype html>",
  };
  refusal = {
    status: 401,
    headers: { "Content-Type": "application/json", "Cache-Control": "no-store" },
    body: JSON.stringify({ message: "Unauthorized", sign_in_url: SIGN_IN }),
  };
  answer = { status: 200, headers: {}, body: '"Hello from Liwanag Backend!"' };
});

function check(host: string, accessToken?: string): Promise<OutsideResult[]> {
  const origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  return checkFromOutside({
    invokeUrl: origin,
    landingPageUrl: `${origin}/signed-in`,
    signInUrl: SIGN_IN,
    tokenHeader: "Token",
    accessToken,
  });
}

test.each(["127.0.0.1", "api.execute-api.localhost"])("nothing is wrong with a system that answers as it should, at %s", async (host) => {
  expect(await check(host, "good")).toEqual([
    { what: "the landing page", faults: [] },
    { what: "the API without a token", faults: [] },
    { what: "the API with a token that is none", faults: [] },
    { what: "the API with an access token", faults: [] },
  ]);
});

test("without an access token, nobody is let in", async () => {
  expect((await check("127.0.0.1")).map(({ what }) => what)).not.toContain("the API with an access token");
});

test.each<[fault: string, what: string, change: () => unknown]>([
  ["status 403, expected 200", "the landing page", () => (landingPage.status = 403)],
  [
    'Content-Type is "application/json", expected text/html',
    "the landing page",
    () => (landingPage.headers["Content-Type"] = "application/json"),
  ],
  [
    "Content-Security-Policy lacks default-src 'none'",
    "the landing page",
    () => (landingPage.headers["Content-Security-Policy"] = "frame-ancestors 'none';"),
  ],
  [
    "Content-Security-Policy lacks frame-ancestors 'none'",
    "the landing page",
    () => (landingPage.headers["Content-Security-Policy"] = "default-src 'none';"),
  ],
  [
    "Content-Security-Policy allows something unsafe",
    "the landing page",
    () => (landingPage.headers["Content-Security-Policy"] = `${POLICY} script-src 'unsafe-inline';`),
  ],
  ['Cache-Control is "", expected no-store', "the landing page", () => delete landingPage.headers["Cache-Control"]],
  ['Referrer-Policy is "origin", expected no-referrer', "the landing page", () => (landingPage.headers["Referrer-Policy"] = "origin")],
  ['X-Content-Type-Options is "", expected nosniff', "the landing page", () => delete landingPage.headers["X-Content-Type-Options"]],
  ["status 200, expected 401", "the API without a token", () => (refusal.status = 200)],
  ["its body is not JSON with a message", "the API without a token", () => (refusal.body = JSON.stringify({ sign_in_url: SIGN_IN }))],
  [
    "its body does not have the sign-in address",
    "the API with a token that is none",
    () => (refusal.body = JSON.stringify({ message: "Unauthorized" })),
  ],
  [
    'Cache-Control is "public", expected no-store',
    "the API with a token that is none",
    () => (refusal.headers["Cache-Control"] = "public"),
  ],
  ["status 502, expected 200", "the API with an access token", () => (answer.status = 502)],
])("%s (%s)", async (fault, what, change) => {
  change();
  const results = await check("127.0.0.1", "good");
  expect(results.find((result) => result.what === what)!.faults).toEqual([fault]);
});

test("a system that does not answer", async () => {
  const results = await checkFromOutside({
    invokeUrl: "http://127.0.0.1:1",
    landingPageUrl: "http://127.0.0.1:1",
    signInUrl: SIGN_IN,
    tokenHeader: "Token",
    accessToken: undefined,
  });
  expect(results[0]!.faults[0]).toMatch(/^no answer from http:\/\/127\.0\.0\.1:1: /);
});
