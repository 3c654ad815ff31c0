import {
  type CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  paginateListUserPoolClients,
  paginateListUserPools,
  ResourceNotFoundException,
} from "@aws-sdk/client-cognito-identity-provider";

/** An app client's settings, as far as the login pages keep to them. */
export interface AppClient {
  readonly id: string;
  readonly userPoolId: string;
  /** `code` and `implicit`, as far as they are allowed; empty when the client may not use the login pages at all. */
  readonly grants: readonly string[];
  readonly scopes: readonly string[];
  readonly callbackUrls: readonly string[];
  readonly defaultRedirectUri: string | undefined;
  readonly logoutUrls: readonly string[];
}

/** Reads app clients from the emulator, anew for each request: a deployment may have changed them. */
export class AppClients {
  /** Which pool a client belongs to never changes, so that is looked up once. */
  readonly #pools = new Map<string, string>();

  constructor(private readonly cognito: CognitoIdentityProviderClient) {}

  /** The client with this id, or undefined when no user pool has one. */
  async find(id: string): Promise<AppClient | undefined> {
    const userPoolId = this.#pools.get(id) ?? (await this.#poolOf(id));
    if (userPoolId === undefined) {
      return undefined;
    }
    this.#pools.set(id, userPoolId);
    try {
      const { UserPoolClient: client } = await this.cognito.send(
        new DescribeUserPoolClientCommand({ UserPoolId: userPoolId, ClientId: id }),
      );
      return {
        id,
        userPoolId,
        grants: client?.AllowedOAuthFlowsUserPoolClient ? (client.AllowedOAuthFlows ?? []) : [],
        scopes: client?.AllowedOAuthScopes ?? [],
        callbackUrls: client?.CallbackURLs ?? [],
        defaultRedirectUri: client?.DefaultRedirectURI,
        logoutUrls: client?.LogoutURLs ?? [],
      };
    } catch (error) {
      if (error instanceof ResourceNotFoundException) {
        return undefined; // deleted since
      }
      throw error;
    }
  }

  async #poolOf(id: string): Promise<string | undefined> {
    for await (const { UserPools } of paginateListUserPools({ client: this.cognito }, { MaxResults: 60 })) {
      for (const { Id: UserPoolId } of UserPools ?? []) {
        for await (const { UserPoolClients } of paginateListUserPoolClients({ client: this.cognito }, { UserPoolId, MaxResults: 60 })) {
          if (UserPoolClients?.some(({ ClientId }) => ClientId === id)) {
            return UserPoolId;
          }
        }
      }
    }
    return undefined;
  }
}
