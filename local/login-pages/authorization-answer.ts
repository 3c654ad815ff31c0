/** The addresses that the browser is sent back to the app with. */
import type { AnswerAddress } from "./authorization-request";

/** What the token endpoint gives for a code. */
export interface TokenResponse {
  readonly id_token?: string;
  readonly access_token: string;
  readonly expires_in: number;
}

/** An error, in the query also where tokens would be in the fragment: that is Cognito's way. */
export function errorAnswer(to: AnswerAddress, error: string, description: string): string {
  return withQuery(to, { error, error_description: description });
}

export function codeAnswer(to: AnswerAddress, code: string): string {
  return withQuery(to, { code });
}

/** The tokens of the implicit grant, in the fragment: a browser keeps that to itself. There is no refresh token in it. */
export function tokenAnswer(to: AnswerAddress, { id_token, access_token, expires_in }: TokenResponse): string {
  const fragment = parameters(to, { id_token, access_token, token_type: "Bearer", expires_in: String(expires_in) });
  return `${to.redirectUri}#${fragment}`;
}

/** The registered address is kept as it is written: parsing it could change it. */
function withQuery(to: AnswerAddress, values: Record<string, string>): string {
  return `${to.redirectUri}${to.redirectUri.includes("?") ? "&" : "?"}${parameters(to, values)}`;
}

function parameters({ state }: AnswerAddress, values: Record<string, string | undefined>): string {
  const given = Object.entries({ ...values, state }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new URLSearchParams(given).toString();
}
