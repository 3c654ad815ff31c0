/**
 * An API Gateway stage and login pages as far as the landing page meets them, on one loopback port: the page itself as it is synthesized,
 * the API behind it, and the endpoints of OAuth. Nobody types a password: the login pages' session always answers at once.
 */
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import type { Environment } from "../../config/environment";
import { type ServedPage, servedPage } from "./served-page";

export type Grant = Environment["signIn"]["oauthGrant"];
export const BODY = '"Hello from Liwanag Backend!"';

interface Answer {
  readonly status: number;
  readonly body?: string;
}

export interface RecordedRequest {
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
}

export class FakeServices {
  /** Every request so far, whoever it was for. */
  requests!: RecordedRequest[];
  /** Everything that was issued and must leave no trace: access, ID and refresh tokens. */
  secrets!: string[];
  /** The grant of the page that is served now. */
  grant!: Grant;
  /** What the API answers to a token that was issued here; `undefined` breaks the connection. */
  api: Answer | undefined;
  /** What the token endpoint answers instead of tokens; `undefined` breaks the connection. */
  tokenEndpoint: Answer | "tokens" | undefined;
  /** Changes the redirect back to the page before it is sent. */
  tamper!: (redirect: URL) => URL;
  /** What the ID token says instead of the request's nonce. */
  nonce: string | undefined;
  /** Whether an ID token comes with the access token. */
  idTokens!: boolean;
  /** Lifetime of tokens in seconds. */
  lifetime!: number;

  readonly #server = http.createServer((request, response) => {
    void this.#serve(request, response);
  });
  readonly #codes = new Map<string, { readonly challenge: string | null; readonly nonce: string | null }>();
  #pages!: Readonly<Record<Grant, ServedPage>>;

  static async start(): Promise<FakeServices> {
    const services = new FakeServices();
    services.reset();
    services.#server.listen(0, "127.0.0.1");
    await once(services.#server, "listening");
    const { port } = services.#server.address() as AddressInfo;
    const page = (oauthGrant: Grant) => servedPage({ emulator: { port, loginPagesPort: port }, signIn: { oauthGrant } });
    services.#pages = { implicit: page("implicit"), code: page("code") };
    return services;
  }

  /** Forgets what happened, and behaves again as services should. */
  reset(): void {
    this.requests = [];
    this.secrets = [];
    this.grant = "implicit";
    this.api = { status: 200, body: BODY };
    this.tokenEndpoint = "tokens";
    this.tamper = (redirect) => redirect;
    this.nonce = undefined;
    this.idTokens = true;
    this.lifetime = 3600;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  /** The address of the landing page, or of another output of the stack. */
  url(output: "landing_page_url" | "sign_in_url" | "sign_out_url" | "invoke_url" = "landing_page_url"): string {
    return this.#pages[this.grant].outputs[output]!;
  }

  /** The requests for a path so far, e.g. `/oauth2/authorize`. */
  requestsFor(path: string): RecordedRequest[] {
    return this.requests.filter(({ url }) => new URL(url).pathname === path);
  }

  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", `http://${request.headers.host ?? ""}`);
    this.requests.push({ url: url.href, headers: request.headers });
    if (url.hostname !== "localhost") {
      this.#serveStage(url.pathname, request, response);
    } else if (url.pathname === "/oauth2/token") {
      let body = "";
      for await (const chunk of request) {
        body += String(chunk);
      }
      this.#serveTokens(new URLSearchParams(body), response);
    } else if (url.pathname === "/logout") {
      response.writeHead(302, { location: url.searchParams.get("logout_uri") ?? "" }).end();
    } else if (url.pathname === "/login" || url.pathname === "/oauth2/authorize") {
      response.writeHead(302, { location: this.tamper(this.#authorizationResponse(url.searchParams)).href }).end();
    } else {
      response.writeHead(404).end();
    }
  }

  #serveStage(path: string, request: http.IncomingMessage, response: http.ServerResponse): void {
    const { html, headers } = this.#pages[this.grant];
    if (path === "/demo/signed-in") {
      response.writeHead(200, headers).end(html);
    } else if (path !== "/demo") {
      response.writeHead(403).end('{"message":"Missing Authentication Token"}');
    } else if (!this.secrets.includes(String(request.headers["token"]))) {
      response.writeHead(401).end('{"message":"Unauthorized"}');
    } else {
      answer(response, this.api);
    }
  }

  #authorizationResponse(parameters: URLSearchParams): URL {
    const redirect = new URL(parameters.get("redirect_uri") ?? "");
    const state = parameters.get("state");
    const nonce = parameters.get("nonce");
    if (parameters.get("response_type") === "code") {
      const code = randomBytes(16).toString("hex");
      this.#codes.set(code, { challenge: parameters.get("code_challenge"), nonce });
      redirect.search = new URLSearchParams({ code, ...(state !== null && { state }) }).toString();
    } else {
      const { expires_in, ...tokens } = this.#issue(nonce);
      const fragment = new URLSearchParams({ ...tokens, expires_in: String(expires_in), ...(state !== null && { state }) });
      fragment.delete("refresh_token"); // the implicit grant gives none
      redirect.hash = fragment.toString();
    }
    return redirect;
  }

  #serveTokens(body: URLSearchParams, response: http.ServerResponse): void {
    response.setHeader("access-control-allow-origin", "*");
    if (this.tokenEndpoint !== "tokens") {
      answer(response, this.tokenEndpoint);
      return;
    }
    const code = this.#codes.get(body.get("code") ?? "");
    this.#codes.delete(body.get("code") ?? "");
    const challenge = createHash("sha256")
      .update(body.get("code_verifier") ?? "")
      .digest("base64url");
    if (!code || code.challenge !== challenge || body.get("redirect_uri") !== this.url() || body.get("client_id") !== "client1") {
      answer(response, { status: 400, body: '{"error":"invalid_grant"}' });
    } else {
      answer(response, { status: 200, body: JSON.stringify(this.#issue(code.nonce)) });
    }
  }

  #issue(nonce: string | null) {
    const id = randomBytes(8).toString("hex");
    const claims = { sub: id, jti: randomBytes(16).toString("hex") };
    const access_token = jwt({ ...claims, token_use: "access", username: id, scope: "openid email" });
    const id_token = jwt({ ...claims, token_use: "id", email: "maria@example.com", nonce: this.nonce ?? nonce ?? undefined });
    const refresh_token = randomBytes(32).toString("base64url");
    this.secrets.push(access_token, id_token, refresh_token);
    return { ...(this.idTokens && { id_token }), access_token, refresh_token, token_type: "Bearer", expires_in: this.lifetime };
  }
}

function answer(response: http.ServerResponse, given: Answer | undefined): void {
  if (given) {
    response.writeHead(given.status, { "content-type": "application/json" }).end(given.body);
  } else {
    response.destroy();
  }
}

function jwt(claims: object): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  return `${encode({ alg: "RS256" })}.${encode(claims)}.${randomBytes(64).toString("base64url")}`;
}
