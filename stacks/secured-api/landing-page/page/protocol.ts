/**
 * The page's side of OAuth 2.0 and OpenID Connect: what to ask the login pages, and what to do with their response. Nothing here touches
 * the page or the network.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749
 * @see https://www.rfc-editor.org/rfc/rfc9700 for the attacks that state, nonce and PKCE are there for
 */
import type { Settings } from "./settings";

/** A sign-in that this page has asked for: what its response is checked against. It serves for one response. */
export interface PendingRequest {
  readonly state: string;
  readonly nonce: string;
  /** PKCE's code verifier, for the grant `code`. */
  readonly verifier?: string;
}

/** What the login pages handed to the browser, read from the page's address and not yet believed. */
export type AuthorizationResponse =
  | { readonly kind: "none" }
  | { readonly kind: "error"; readonly state: string | undefined; readonly error: string; readonly description: string | undefined }
  | { readonly kind: "token"; readonly state: string | undefined; readonly tokens: Tokens }
  | { readonly kind: "code"; readonly state: string | undefined; readonly code: string };

export interface Tokens {
  readonly accessToken: string;
  readonly idToken: string | undefined;
  /** Lifetime of the access token in seconds, as the login pages gave it. */
  readonly expiresIn: number | undefined;
}

/** Why a response is not used. */
export type Refusal = "wrong-state" | "wrong-nonce" | "wrong-grant" | "not-asked-for";

/** What the page does next. */
export type NextStep =
  | { readonly step: "offer-sign-in" }
  | { readonly step: "start-again" }
  | { readonly step: "exchange-code"; readonly code: string; readonly pending: PendingRequest }
  | { readonly step: "call-api"; readonly tokens: Tokens }
  | { readonly step: "refuse"; readonly reason: Refusal }
  | { readonly step: "show-error"; readonly error: string; readonly description: string | undefined };

/**
 * Begins the state of a request that the page made by itself, because of a response it had not asked for. Such a request is answered with
 * the same state, so the page sees that it did so already even in a browser that forgets sessionStorage between two pages: it cannot loop.
 */
const STARTED_AGAIN = "again-";

/**
 * The response in the page's address: tokens in the fragment, a code or an error in the query. Nothing is believed yet.
 *
 * A parameter that is there more than once counts as missing (RFC 6749, section 3.1).
 */
export function readResponse({ hash, search }: { readonly hash: string; readonly search: string }): AuthorizationResponse {
  const query = parameters(search);
  const fragment = parameters(hash);
  const error = query("error") ?? fragment("error");
  if (error !== undefined) {
    const description = query("error_description") ?? fragment("error_description");
    return { kind: "error", state: query("state") ?? fragment("state"), error, description };
  }
  const accessToken = fragment("access_token");
  if (accessToken !== undefined) {
    const tokens = { accessToken, idToken: fragment("id_token"), expiresIn: seconds(fragment("expires_in")) };
    return { kind: "token", state: fragment("state"), tokens };
  }
  const code = query("code");
  return code === undefined ? { kind: "none" } : { kind: "code", state: query("state"), code };
}

/** Reads the parameters of a query or fragment, its first character left out. */
function parameters(text: string): (name: string) => string | undefined {
  const all = new URLSearchParams(text.slice(1));
  return (name) => {
    const [value, ...more] = all.getAll(name);
    return more.length > 0 || value === "" ? undefined : value;
  };
}

/** A lifetime as the login pages write it, or undefined for what is none. */
function seconds(value: unknown): number | undefined {
  const number = Number(value);
  return Number.isFinite(number) && number > 0 ? number : undefined;
}

/**
 * What to do with a response.
 *
 * A response to the page's own request is used only with the request's state, and with an ID token that has its nonce. A response that
 * the page did not ask for may be a link by which somebody signs the reader in as himself; it is dropped, and the page asks for one of its
 * own, once.
 *
 * @param pending the request that waits for a response, already taken out of the storage so that it serves only once
 */
export function nextStep(grant: Settings["oauthGrant"], response: AuthorizationResponse, pending: PendingRequest | undefined): NextStep {
  if (response.kind === "none") {
    return { step: "offer-sign-in" };
  }
  if (response.kind === "error") {
    if (pending && response.state !== undefined && response.state !== pending.state) {
      return { step: "refuse", reason: "wrong-state" };
    }
    // Anybody can write an address with an error in it, so its words are shown only to those who wait for an answer. The state may be
    // missing: Cognito does not promise it with errors.
    return { step: "show-error", error: response.error, description: pending && response.description };
  }
  if (!pending) {
    return response.state?.startsWith(STARTED_AGAIN) ? { step: "refuse", reason: "not-asked-for" } : { step: "start-again" };
  }
  if (response.state !== pending.state) {
    return { step: "refuse", reason: "wrong-state" };
  }
  if (response.kind === "code" && grant === "code") {
    return { step: "exchange-code", code: response.code, pending };
  }
  if (response.kind === "token" && grant === "implicit") {
    return useTokens(response.tokens, pending);
  }
  return { step: "refuse", reason: "wrong-grant" };
}

/** Uses tokens if their ID token was issued for the pending request. The page asks for the scope `openid`, so there must be one. */
export function useTokens(tokens: Tokens, pending: PendingRequest): NextStep {
  if (tokens.idToken === undefined || claimsOf(tokens.idToken)["nonce"] !== pending.nonce) {
    return { step: "refuse", reason: "wrong-nonce" };
  }
  return { step: "call-api", tokens };
}

/** A new request to the login pages: the address to go to, and what to keep until the response is there. */
export async function authorizationRequest(
  settings: Settings,
  { startedAgain = false } = {},
): Promise<{ readonly url: string; readonly pending: PendingRequest }> {
  const state = `${startedAgain ? STARTED_AGAIN : ""}${randomText()}`;
  const nonce = randomText();
  const url = new URL(settings.authorizationEndpoint);
  const parameters = {
    response_type: settings.oauthGrant === "code" ? "code" : "token",
    client_id: settings.clientId,
    redirect_uri: settings.redirectUri,
    scope: settings.scope,
    state,
    nonce,
  };
  for (const [name, value] of Object.entries(parameters)) {
    url.searchParams.set(name, value);
  }
  if (settings.oauthGrant === "implicit") {
    return { url: url.href, pending: { state, nonce } };
  }
  const verifier = randomText();
  url.searchParams.set("code_challenge", await codeChallenge(verifier));
  url.searchParams.set("code_challenge_method", "S256");
  return { url: url.href, pending: { state, nonce, verifier } };
}

/** PKCE's challenge for a verifier, by the method S256. @see https://www.rfc-editor.org/rfc/rfc7636#section-4.2 */
export async function codeChallenge(verifier: string): Promise<string> {
  return base64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}

/** 256 random bits in 43 characters, all of which PKCE, state and nonce may have. */
function randomText(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** The body of the request that turns a code into tokens. @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3 */
export function tokenRequest(settings: Settings, code: string, { verifier = "" }: PendingRequest): URLSearchParams {
  return new URLSearchParams({
    grant_type: "authorization_code",
    client_id: settings.clientId,
    redirect_uri: settings.redirectUri,
    code,
    code_verifier: verifier,
  });
}

/** The token endpoint's answer: tokens, or its error code (`undefined` when it is not an answer of such an endpoint). */
export function readTokenResponse(body: string): { readonly tokens: Tokens } | { readonly error: string | undefined } {
  const { access_token, id_token, expires_in, error } = jsonObject(body);
  if (typeof access_token === "string" && access_token !== "") {
    return {
      tokens: { accessToken: access_token, idToken: typeof id_token === "string" ? id_token : undefined, expiresIn: seconds(expires_in) },
    };
  }
  return { error: typeof error === "string" ? error : undefined };
}

/** A pending request as it was kept, or undefined when the text is not one. */
export function readPendingRequest(text: string | null): PendingRequest | undefined {
  const { state, nonce, verifier } = jsonObject(text ?? "");
  if (typeof state !== "string" || typeof nonce !== "string") {
    return undefined;
  }
  return { state, nonce, ...(typeof verifier === "string" && { verifier }) };
}

/** Who is signed in: the e-mail address in the ID token, or else what the access token says. Only for display: nothing is verified. */
export function personOf({ idToken, accessToken }: Tokens): string | undefined {
  const { email } = claimsOf(idToken ?? "");
  const { username, sub } = claimsOf(accessToken);
  return [email, username, sub].find((claim): claim is string => typeof claim === "string" && claim !== "");
}

/**
 * When the access token ends, in milliseconds of this machine's clock: by the lifetime that came with it, which no wrong clock falsifies,
 * else by its claim `exp`. Undefined when neither says.
 */
export function endOf({ accessToken, expiresIn }: Tokens, now: number): number | undefined {
  const exp = seconds(claimsOf(accessToken)["exp"]);
  return expiresIn === undefined ? exp && exp * 1000 : now + expiresIn * 1000;
}

/**
 * A token's claims, not verified: the API's authorizer does that. Empty for what is no JWT.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7519
 */
export function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const bytes = Uint8Array.from(atob((token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/")), (character) =>
      character.charCodeAt(0),
    );
    return jsonObject(new TextDecoder().decode(bytes));
  } catch {
    return {}; // not base64url
  }
}

function jsonObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
