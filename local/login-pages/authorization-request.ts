/**
 * What an app may ask the login pages for, checked as Cognito checks it.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html
 */
import type { AppClient } from "./app-client";

/** A request that passed every check. */
export interface AuthorizationRequest {
  readonly client: AppClient;
  readonly responseType: "code" | "token";
  /** One of the client's callback URLs, character by character. */
  readonly redirectUri: string;
  /** Separated by spaces; all scopes of the client when the request named none. */
  readonly scope: string;
  readonly state: string | undefined;
  readonly nonce: string | undefined;
  /** The SHA-256 of the code verifier, in base64url. */
  readonly codeChallenge: string | undefined;
  /** `none`: answer at once or not at all. `login`: ask for the password in any case. Others are ignored. */
  readonly prompt: string | undefined;
}

/** Where an answer to an authorization request goes. */
export type AnswerAddress = Pick<AuthorizationRequest, "redirectUri" | "state">;

/** The error codes of OAuth 2.0 and OpenID Connect that Cognito answers with. */
export type AuthorizationErrorCode = "invalid_request" | "unauthorized_client" | "invalid_scope" | "login_required";

/** A request that the app got wrong, but whose redirect_uri is the client's: the app gets the error. */
export class AuthorizationError extends Error {
  constructor(
    readonly answerTo: AnswerAddress,
    readonly error: AuthorizationErrorCode,
    description: string,
  ) {
    super(description);
  }
}

/** A request that names no known client or no address of its own: the person gets an error page, and nobody is redirected anywhere. */
export class UntrustedRequestError extends Error {}

/** OpenID Connect's scopes need `openid`: https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html */
const NEEDS_OPENID = ["email", "phone", "profile"];

/**
 * @param parameters the query of `/login`, `/oauth2/authorize` and the pages between
 * @param client the app client that `client_id` names
 * @throws UntrustedRequestError, AuthorizationError
 */
export function checkAuthorizationRequest(parameters: URLSearchParams, client: AppClient): AuthorizationRequest {
  const value = (name: string) => parameters.get(name) ?? undefined;
  const answerTo = { redirectUri: checkedRedirectUri(parameters, client), state: value("state") };
  const refuse = (error: AuthorizationErrorCode, description: string): never => {
    throw new AuthorizationError(answerTo, error, description);
  };

  const repeated = [...new Set(parameters.keys())].find((name) => parameters.getAll(name).length > 1);
  if (repeated !== undefined) {
    refuse("invalid_request", `${repeated} is given more than once`);
  }

  const responseType = value("response_type");
  if (responseType !== "code" && responseType !== "token") {
    return refuse("invalid_request", "response_type must be code or token");
  }
  if (!client.grants.includes(responseType === "token" ? "implicit" : "code")) {
    refuse("unauthorized_client", `The app client is not allowed response_type=${responseType}`);
  }

  const requested = (value("scope") ?? "").split(" ").filter(Boolean);
  const scopes = requested.length > 0 ? requested : client.scopes;
  const unknown = scopes.find((scope) => !client.scopes.includes(scope));
  if (unknown !== undefined) {
    refuse("invalid_scope", `The app client is not allowed scope ${unknown}`);
  }
  if (!scopes.includes("openid") && scopes.some((scope) => NEEDS_OPENID.includes(scope))) {
    refuse("invalid_scope", "email, phone and profile need the scope openid");
  }

  const codeChallenge = value("code_challenge");
  const method = value("code_challenge_method");
  if ((codeChallenge !== undefined || method !== undefined) && (!codeChallenge || method !== "S256")) {
    refuse("invalid_request", "code_challenge and code_challenge_method=S256 go together; plain is not supported");
  }

  return { client, responseType, ...answerTo, scope: scopes.join(" "), nonce: value("nonce"), codeChallenge, prompt: value("prompt") };
}

function checkedRedirectUri(parameters: URLSearchParams, client: AppClient): string {
  const given = parameters.getAll("redirect_uri");
  if (given.length > 1) {
    throw new UntrustedRequestError("redirect_uri is given more than once.");
  }
  const redirectUri = given[0] ?? client.defaultRedirectUri;
  if (redirectUri === undefined) {
    throw new UntrustedRequestError("redirect_uri is missing, and the app client has no default redirect URI.");
  }
  if (!client.callbackUrls.includes(redirectUri)) {
    throw new UntrustedRequestError(
      "redirect_mismatch: redirect_uri is not a callback URL of the app client. They are compared character by character.",
    );
  }
  return redirectUri;
}
