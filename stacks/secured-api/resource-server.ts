import { CognitoResourceServer } from "@cdktf/provider-aws/lib/cognito-resource-server";
import type { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { Construct } from "constructs";
import { UserError } from "../../config/user-error";

/** OpenID Connect's scopes, which every user pool knows. */
export const STANDARD_SCOPES = ["openid", "email", "phone", "profile"] as const;

/** A scope as an access token carries it: one of OpenID Connect's, or `<identifier of a resource server>/<its scope>`. */
export type Scope = (typeof STANDARD_SCOPES)[number] | `${string}/${string}`;

export interface ResourceServerProps<Identifier extends string, Name extends string> {
  /** What begins the names of its scopes: a word such as `orders`, or a URL. It cannot be changed afterwards. */
  readonly identifier: Identifier;
  /** What each scope allows, in words, by its name: 1 to 100 scopes. */
  readonly scopes: Readonly<Record<Name, string>>;
}

/**
 * Narrower than Cognito's own rule: the names stand in the landing page, where `#`, `$`, `&` and `<` would mean something else.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateResourceServer.html
 */
const IDENTIFIER = /^[a-zA-Z0-9:/._~@+=,-]{1,256}$/;
const SCOPE_NAME = /^[a-zA-Z0-9:._~@+=,-]{1,256}$/;
const MOST_SCOPES = 100;

/**
 * Scopes of the project's own, which a route can require and an app client ask for.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html
 */
export class ResourceServer<Identifier extends string = string, Name extends string = string> extends Construct {
  readonly server: CognitoResourceServer;
  /** The scopes as tokens carry them, by their names: `orders.scopes.read` is `orders/read`. */
  readonly scopes: { readonly [N in Name]: `${Identifier}/${N}` };

  constructor(scope: Construct, pool: CognitoUserPool, { identifier, scopes }: ResourceServerProps<Identifier, Name>) {
    const described = Object.entries<string>(scopes);
    refuseWhatCognitoRefuses(identifier, described);
    super(scope, `scopes-of-${identifier}`);

    this.server = new CognitoResourceServer(this, "resource-server", {
      userPoolId: pool.id,
      identifier,
      name: identifier.replace(/[^\w+=,.@-]/g, "-"), // shown in the console only
      scope: described.map(([scopeName, scopeDescription]) => ({ scopeName, scopeDescription })),
    });
    this.scopes = Object.fromEntries(described.map(([name]) => [name, `${identifier}/${name}`])) as typeof this.scopes;
  }

  /** The full names of all its scopes. */
  get names(): string[] {
    return Object.values<string>(this.scopes);
  }

  /** The same as Terraform expressions, which make whoever uses them wait for this resource server. */
  get references(): string[] {
    return Object.keys(this.scopes).map((name) => `${this.server.identifier}/${name}`);
  }
}

function refuseWhatCognitoRefuses(identifier: string, scopes: readonly (readonly [string, string])[]): void {
  const refuse = (what: string) => {
    throw new UserError(`The resource server "${identifier}" ${what}`);
  };
  if (!IDENTIFIER.test(identifier)) {
    refuse("has an identifier that cannot be used: it has 1 to 256 letters, digits and : / . _ ~ @ + = , -. Correct it.");
  }
  if (scopes.length === 0 || scopes.length > MOST_SCOPES) {
    refuse(`has ${scopes.length} scopes: Cognito takes 1 to ${MOST_SCOPES}. Split it into several resource servers.`);
  }
  for (const [name, description] of scopes) {
    if (!SCOPE_NAME.test(name)) {
      refuse(`has the scope "${name}": it has 1 to 256 letters, digits and : . _ ~ @ + = , -. Correct it.`);
    }
    if (description.length < 1 || description.length > 256) {
      refuse(`describes the scope "${name}" in ${description.length} characters: Cognito takes 1 to 256. Say what it allows.`);
    }
  }
}
