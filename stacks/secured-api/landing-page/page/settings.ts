/**
 * What the page must know about its environment. Synth writes each as a `<meta>` tag of the same name; none is in the script, whose hash is
 * known before the values are.
 */
export interface Settings {
  /** The address that is called with the access token: the API's invoke URL. */
  readonly apiUrl: string;
  /** The request header that carries the access token. */
  readonly tokenHeader: string;
  readonly oauthGrant: "implicit" | "code";
  readonly clientId: string;
  /** OAuth scopes, separated by spaces. */
  readonly scope: string;
  /** This page's address, character by character as the app client has it among its callback URLs. */
  readonly redirectUri: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  /** Ends the session of the login pages and comes back to this page. */
  readonly signOutUrl: string;
}

export const SETTING_NAMES = [
  "apiUrl",
  "tokenHeader",
  "oauthGrant",
  "clientId",
  "scope",
  "redirectUri",
  "authorizationEndpoint",
  "tokenEndpoint",
  "signOutUrl",
] as const satisfies readonly (keyof Settings)[];
