import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { Fn, Lazy } from "cdktf";
import { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import type { UserDirectory } from "./user-directory";

export interface SignInClientProps {
  readonly users: UserDirectory;
  /** The app client's name. */
  readonly name: string;
  /** The login pages' address, without a path. */
  readonly loginPages: string;
  /** Where the browser comes back to with its tokens, and after signing out. */
  readonly landingPageUrl: string;
  /** Further addresses that Cognito may redirect to after sign-in. Cognito compares them character by character. */
  readonly furtherCallbackUrls: readonly string[];
  readonly settings: Environment["signIn"];
}

/**
 * The app client that the browser signs in with: public (no secret, a browser could not keep one) and held to a single grant.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html
 */
export class SignInClient extends Construct {
  readonly client: CognitoUserPoolClient;
  readonly oauthGrant: Environment["signIn"]["oauthGrant"];
  /** The OAuth scopes that the page asks for: sorted, with a blank between them. Lazy, as resource servers may be declared later. */
  readonly scope: string;
  /** Where the browser comes back to, as the client has it among its callback and logout URLs. */
  readonly landingPageUrl: string;
  /** @see https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html */
  readonly authorizationEndpoint: string;
  /** @see https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html */
  readonly tokenEndpoint: string;
  /** The login page, ready to be opened. */
  readonly signInUrl: string;
  /** Ends the session of the login pages and comes back to the landing page. */
  readonly signOutUrl: string;

  constructor(scope: Construct, id: string, props: SignInClientProps) {
    super(scope, id);
    const { users, loginPages, landingPageUrl, settings } = props;

    this.client = new CognitoUserPoolClient(this, "client", {
      name: props.name,
      userPoolId: users.pool.id,
      generateSecret: false,
      // Cognito never changes it, and the provider's import does not read it: an imported client would be replaced, and get another id, as
      // long as the state does not know (commands/adoption/public-clients.ts).
      lifecycle: { ignoreChanges: ["generate_secret"] },
      supportedIdentityProviders: ["COGNITO"],

      allowedOauthFlowsUserPoolClient: true,
      allowedOauthFlows: [settings.oauthGrant],
      // Lazy: resource servers may be declared after the client.
      allowedOauthScopes: Lazy.listValue({ produce: () => [...settings.scopes, ...users.resourceServers.flatMap((s) => s.references)] }),
      callbackUrls: [landingPageUrl, ...props.furtherCallbackUrls],
      defaultRedirectUri: landingPageUrl, // what the console's "View login page" uses
      logoutUrls: [landingPageUrl],

      // No flow that takes a password outside the login pages, but for SRP, which the pages themselves may use. Its tokens do not carry
      // the scope that the API asks for.
      explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"],
      preventUserExistenceErrors: "ENABLED",
      enableTokenRevocation: true,

      accessTokenValidity: settings.accessTokenMinutes,
      idTokenValidity: settings.idTokenMinutes,
      refreshTokenValidity: settings.refreshTokenDays,
      tokenValidityUnits: [{ accessToken: "minutes", idToken: "minutes", refreshToken: "days" }],
    });

    this.oauthGrant = settings.oauthGrant;
    const scopes = () => [...settings.scopes, ...users.resourceServers.flatMap(({ names }) => names)].sort();
    this.scope = Lazy.stringValue({ produce: () => scopes().join(" ") });
    const encodedScope = Lazy.stringValue({ produce: () => scopes().map(encodeURIComponent).join("+") });
    this.landingPageUrl = landingPageUrl;
    this.authorizationEndpoint = `${loginPages}/oauth2/authorize`;
    this.tokenEndpoint = `${loginPages}/oauth2/token`;

    const responseType = settings.oauthGrant === "implicit" ? "token" : "code";
    const redirect = Fn.urlencode(landingPageUrl);
    this.signInUrl =
      `${loginPages}/login?client_id=${this.client.id}&response_type=${responseType}&scope=${encodedScope}` + `&redirect_uri=${redirect}`;
    this.signOutUrl = `${loginPages}/logout?client_id=${this.client.id}&logout_uri=${redirect}`;
  }
}
