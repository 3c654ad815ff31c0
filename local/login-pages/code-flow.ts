/** The emulator's own sign-in: `POST /login` takes a password and gives a code, `POST /oauth2/token` gives tokens for it. */
import { loopbackRequest, type LoopbackResponse, postedForm } from "../loopback-request";
import { codeAnswer, tokenAnswer, type TokenResponse } from "./authorization-answer";
import type { AuthorizationRequest } from "./authorization-request";

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Why a person could not be signed in. */
export type Refusal = "incorrect" | "unconfirmed" | "temporary-password";

export class CodeFlow {
  constructor(private readonly emulatorUrl: string) {}

  /** Where to send the browser with a code or with tokens, or why there is nothing to send. */
  async signIn(request: AuthorizationRequest, credentials: Credentials): Promise<{ location: string } | { refusal: Refusal }> {
    const result = await this.#code(request, credentials);
    if ("refusal" in result) {
      return result;
    }
    if (request.responseType === "code") {
      return { location: codeAnswer(request, result.code) };
    }
    const { status, body } = await this.exchange(
      new URLSearchParams({
        grant_type: "authorization_code",
        client_id: request.client.id,
        redirect_uri: request.redirectUri,
        code: result.code,
      }),
    );
    if (status !== 200) {
      throw new Error(`the emulator answered ${status} to a code that it had just given`);
    }
    return { location: tokenAnswer(request, JSON.parse(body) as TokenResponse) };
  }

  /** Passes a form to the emulator's token endpoint. */
  exchange(form: URLSearchParams, authorization?: string): Promise<LoopbackResponse> {
    const { headers, ...posted } = postedForm(form);
    return loopbackRequest(`${this.emulatorUrl}/oauth2/token`, {
      ...posted,
      headers: { ...headers, ...(authorization !== undefined && { authorization }) },
    });
  }

  /** A code that the emulator holds to the client, the redirect_uri and the challenge, once and for five minutes. */
  async #code(
    { client, responseType, redirectUri, scope, nonce, codeChallenge }: AuthorizationRequest,
    { username, password }: Credentials,
  ): Promise<{ code: string } | { refusal: Refusal }> {
    const form = new URLSearchParams({ client_id: client.id, redirect_uri: redirectUri, scope, username, password, nonce: nonce ?? "" });
    if (responseType === "code" && codeChallenge !== undefined) {
      form.set("code_challenge", codeChallenge);
      form.set("code_challenge_method", "S256");
    }
    const { status, headers, body } = await loopbackRequest(`${this.emulatorUrl}/login`, postedForm(form));
    const code = headers.location && new URL(headers.location).searchParams.get("code");
    if (code) {
      return { code };
    }
    if (status !== 200) {
      throw new Error(`the emulator's login answered ${status} without a code`);
    }
    // Otherwise it answers with its own page, whose words are all that tells the cases apart.
    if (body.includes("User is not confirmed.")) {
      return { refusal: "unconfirmed" };
    }
    return { refusal: body.includes('name="np_token"') ? "temporary-password" : "incorrect" };
  }
}
