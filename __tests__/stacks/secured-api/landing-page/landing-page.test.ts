import { createHash } from "node:crypto";
import { type ServedPage, servedPage } from "../../../support/served-page";
import { only, standardScopes, synthesized } from "../../../support/synthesized";

/** What the page's `<meta>` tags say, by name. */
function metas({ html }: ServedPage): Record<string, string> {
  const tags = html.matchAll(/<meta (?:name|http-equiv)="([^"]+)" content="([^"]*)"/g);
  const values = Object.fromEntries([...tags].map(([, name, value]) => [name!, value!.replaceAll("&amp;", "&")]));
  return { ...values, scope: standardScopes(values["scope"]!.split(" ")).join(" ") };
}

const API = "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/demo";
const LOGIN_PAGES = "https://testdemo-0123456789ab.auth.eu-central-1.amazoncognito.com";
const ENCODED_PAGE = "https%3A%2F%2Fa1b2c3d4e5.execute-api.eu-central-1.amazonaws.com%2Fdemo%2Fsigned-in";

test("the page knows AWS's own addresses", () => {
  expect(metas(servedPage())).toMatchObject({
    apiUrl: API,
    tokenHeader: "Token",
    oauthGrant: "implicit",
    clientId: "client1",
    scope: "email openid",
    redirectUri: `${API}/signed-in`,
    authorizationEndpoint: `${LOGIN_PAGES}/oauth2/authorize`,
    tokenEndpoint: `${LOGIN_PAGES}/oauth2/token`,
    signOutUrl: `${LOGIN_PAGES}/logout?client_id=client1&logout_uri=${ENCODED_PAGE}`,
  });
});

test.each([
  ["implicit", "token"],
  ["code", "code"],
] as const)("the addresses that are printed have AWS's form (%s)", (oauthGrant, responseType) => {
  const { outputs } = servedPage({ signIn: { oauthGrant } });
  expect(outputs).toMatchObject({
    invoke_url: API,
    landing_page_url: `${API}/signed-in`,
    sign_in_url: `${LOGIN_PAGES}/login?client_id=client1&response_type=${responseType}&scope=email+openid&redirect_uri=${ENCODED_PAGE}`,
    sign_out_url: `${LOGIN_PAGES}/logout?client_id=client1&logout_uri=${ENCODED_PAGE}`,
  });
});

test("the addresses of the emulator are on loopback", () => {
  const page = servedPage({ emulator: { port: 4566, loginPagesPort: 4567 } });
  expect(metas(page)).toMatchObject({
    apiUrl: "http://a1b2c3d4e5.execute-api.localhost:4566/demo",
    authorizationEndpoint: "http://localhost:4567/oauth2/authorize",
  });
});

test("an environment's own settings reach the page", () => {
  const page = servedPage({
    tokenHeader: "X-Token",
    stage: "v1",
    signIn: { oauthGrant: "code", scopes: ["openid", "profile", "email"] },
  });
  expect(metas(page)).toMatchObject({
    apiUrl: "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/v1",
    tokenHeader: "X-Token",
    oauthGrant: "code",
    scope: "email openid profile",
  });
});

test.each([
  ["implicit", "'self'"],
  ["code", `'self' ${LOGIN_PAGES}/oauth2/token`],
] as const)("the policy allows the page's script, its style and its connections, and nothing else (%s)", (oauthGrant, connections) => {
  const page = servedPage({ signIn: { oauthGrant } });
  const hash = (element: string) => {
    const contents = [...page.html.matchAll(new RegExp(`<${element}>(.*?)</${element}>`, "gs"))].map(([, content]) => content!);
    expect(contents).toHaveLength(1);
    return `'sha256-${createHash("sha256").update(contents[0]!).digest("base64")}'`;
  };
  const policy =
    `default-src 'none'; script-src ${hash("script")}; style-src ${hash("style")}; connect-src ${connections}; ` +
    `base-uri 'none'; form-action 'none';`;
  expect(metas(page)["Content-Security-Policy"]).toBe(policy);
  expect(page.headers["Content-Security-Policy"]).toBe(`${policy} frame-ancestors 'none';`);
});

test("the script is the same in every environment, whatever its values", () => {
  const script = ({ html }: { readonly html: string }) => /<script>.*<\/script>/s.exec(html)![0];
  expect(script(servedPage({ stage: "other", signIn: { oauthGrant: "code" } }))).toBe(script(servedPage()));
});

test("the page is kept by nobody, framed by nobody, and tells nobody where its reader came from", () => {
  const { headers } = servedPage();
  expect(headers).toEqual({
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": expect.any(String) as unknown,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
  });
});

test("the one template serves every Accept header, and every header is declared on the method", () => {
  const json = synthesized();
  const response = only(json, "aws_api_gateway_integration_response");
  expect(Object.keys(response["response_templates"] as object)).toEqual(["application/json"]);
  const declared = only(json, "aws_api_gateway_method_response")["response_parameters"] as object;
  expect(Object.keys(declared)).toEqual(Object.keys(response["response_parameters"] as object));
});
