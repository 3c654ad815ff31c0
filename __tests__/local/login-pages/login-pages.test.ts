/** The login pages without an emulator behind them, and with one that sends odd mails. */
import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import getPort from "get-port";
import { type LoginPages, startLoginPages } from "../../../local/login-pages";
import { loopbackRequest } from "../../../local/loopback-request";

const options = { region: "eu-central-1", credentials: { accessKeyId: "unused", secretAccessKey: "unused" } };

const mails = [
  { To: ["a@example.com"], Subject: "older", BodyText: "<script>alert(1)</script>", BodyHtml: "", Timestamp: 1_700_000_000 },
  { To: ["b@example.com"], Subject: "newer", BodyText: "", BodyHtml: "<b>654321</b>", Timestamp: 1_700_000_060 },
];

let emulator: Server;
let pages: LoginPages;

beforeAll(async () => {
  emulator = createServer((request, response) => {
    const known = request.url === "/_ministack/ses/messages";
    response.writeHead(known ? 200 : 500, { "content-type": "application/json" });
    response.end(known ? JSON.stringify({ messages: { "000000000000": mails } }) : '{"secret":"of the emulator"}');
  });
  await new Promise<void>((resolve) => emulator.listen(0, "127.0.0.1", resolve));
  const { port } = emulator.address() as AddressInfo;
  pages = await startLoginPages({ ...options, port: await getPort({ host: "127.0.0.1" }), emulatorUrl: `http://localhost:${port}` });
});

afterAll(async () => {
  await pages.close();
  await new Promise((resolve) => emulator.close(resolve));
});

test("the mailbox shows the newest mail first, as text", async () => {
  const { status, headers, body } = await loopbackRequest(pages.mailboxUrl);
  expect(status).toBe(200);
  expect(headers["content-type"]).toMatch(/^text\/html/);
  expect(body.indexOf("newer")).toBeLessThan(body.indexOf("older"));
  expect(body).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(body).toContain("&lt;b&gt;654321&lt;/b&gt;");
  expect(body).not.toContain("<script>");
});

test("the policy lets the page's own style in, and nothing else", async () => {
  const { headers, body } = await loopbackRequest(pages.mailboxUrl);
  const [, style] = /<style>(.*?)<\/style>/s.exec(body) ?? [];
  const hash = createHash("sha256").update(style!).digest("base64");
  expect(headers["content-security-policy"]).toBe(
    `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  );
  expect(body).not.toMatch(/\ssrc=|url\(|@import|<script|\sstyle=/);
});

test("a program gets the mails as the emulator gives them", async () => {
  const { headers, body } = await loopbackRequest(pages.mailboxUrl, { headers: { accept: "application/json" } });
  expect(headers["content-type"]).toBe("application/json");
  expect(JSON.parse(body)).toEqual({ messages: { "000000000000": mails } });
});

test("a failing emulator gives an error page, and a line in the log that holds no query", async () => {
  const log = jest.spyOn(console, "error").mockImplementation();
  const { status, body } = await loopbackRequest(`${pages.url}/login?client_id=c&state=private`);
  expect(status).toBe(500);
  expect(body).toContain("The login pages or the emulator failed");
  expect(body).not.toMatch(/secret|\n\s+at /);
  expect(log.mock.calls.flat().join("\n")).toMatch(/^Login pages: GET \/login failed: \w+$/);
  log.mockRestore();
});

test("a page of another site whose name points here reads nothing", async () => {
  const { port } = new URL(pages.url);
  const answer = await loopbackRequest(`http://attacker.localhost:${port}/mailbox`);
  expect(answer.status).toBe(421);
  expect(answer.body).not.toContain("newer");
});

test("a taken port is named, with the way out", async () => {
  await expect(startLoginPages({ ...options, port: pages.port, emulatorUrl: "http://localhost:1" })).rejects.toThrow(
    new RegExp(`cannot listen on port ${pages.port}: .*EADDRINUSE.* Name another in LOCAL_LOGIN_PAGES_PORT`),
  );
});

test("a raised signal closes the pages, and closing them again does nothing", async () => {
  const interruption = new AbortController();
  const port = await getPort({ host: "127.0.0.1" });
  const others = await startLoginPages({ ...options, port, emulatorUrl: "http://localhost:1", signal: interruption.signal });
  interruption.abort();
  await others.close();
  await expect(loopbackRequest(others.mailboxUrl)).rejects.toThrow("ECONNREFUSED");
});
