/** `npm run audit` against a registry on loopback that says what the test wants. */
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const HIGH = { cdktf: [{ id: 1, url: "https://example.com/GHSA-x", title: "Bad", severity: "high", vulnerable_versions: "<=0.21.0" }] };

/** The exit code and the output of an audit that the registry answers with this status and body. */
async function audit(status: number, body: object): Promise<{ code: number; output: string }> {
  const server = createServer((request, response) => {
    // What npm asks further, about versions that depend on the bad one, has no answer here: it then takes all of them for bad.
    const isAudit = request.method === "POST";
    response.writeHead(isAudit ? status : 404, { "content-type": "application/json" }).end(JSON.stringify(isAudit ? body : {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    return await new Promise((resolve) => {
      const env = { ...process.env, npm_config_registry: registry, npm_config_fetch_retries: "0" };
      const child = execFile("npm", ["run", "--silent", "audit"], { env }, (_, stdout, stderr) => {
        resolve({ code: child.exitCode ?? -1, output: stdout + stderr });
      });
    });
  } finally {
    server.close();
  }
}

test.each([
  ["nothing known", 200, {}, 0, "No high or critical advisory that is not excepted."],
  ["a high advisory", 200, HIGH, 1, "cdktf <=0.21.0: Bad (high, GHSA-x). Update it."],
  ["no answer", 405, {}, 1, "The registry gave no answer to the audit: 405 Method Not Allowed"],
])("%s", async (_, status, body, code, output) => {
  const result = await audit(status, body);
  expect(result.output).toContain(output);
  expect(result.output).not.toMatch(/^\s+at /m);
  expect(result.code).toBe(code);
});
