/** The landing page as a gateway hands it out, after Terraform has put the values in and a template engine has had its way. */
import { createHash } from "node:crypto";
import { loopbackRequest } from "../../local/loopback-request";
import { system } from "./deployed-system";

test("the page arrives whole, with the policy that allows its script and its style", async () => {
  const { status, headers, body } = await loopbackRequest(system.outputs["landing_page_url"]!, { headers: { accept: "text/html" } });
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  });
  for (const element of ["script", "style"]) {
    const content = new RegExp(`<${element}>(.*?)</${element}>`, "s").exec(body)![1]!;
    const source = `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
    expect(headers["content-security-policy"]).toContain(`${element}-src ${source};`);
  }
  expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; .* frame-ancestors 'none';$/);
});

test.each([
  ["apiUrl", "invoke_url"],
  ["redirectUri", "landing_page_url"],
  ["clientId", "user_pool_client_id"],
  ["signOutUrl", "sign_out_url"],
])("the page's %s is the output %s", async (name, output) => {
  const { body } = await loopbackRequest(system.outputs["landing_page_url"]!);
  const [, value] = new RegExp(`<meta name="${name}" content="([^"]*)">`).exec(body)!;
  expect(value!.replaceAll("&amp;", "&")).toBe(system.outputs[output]);
});
