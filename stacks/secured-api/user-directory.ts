import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolDomain } from "@cdktf/provider-aws/lib/cognito-user-pool-domain";
import { CognitoUserGroup } from "@cdktf/provider-aws/lib/cognito-user-group";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { UserError } from "../../config/user-error";
import { ResourceServer, type ResourceServerProps, STANDARD_SCOPES } from "./resource-server";

export interface UserDirectoryProps {
  /** The user pool's name, unique in the account and Region by the project's own rule. */
  readonly name: string;
  /** Prefix of the login pages' domain, unique in the Region over all accounts. Default: derived from the pool's name and id. */
  readonly domainPrefix: string | undefined;
  /** Host name and certificate of the login pages, instead of a prefix. */
  readonly customDomain?: Environment["customDomains"]["loginPages"];
  readonly settings: Environment["users"];
  /** Whether Cognito refuses to delete the pool, and with it everybody's account, and Terraform any plan that would. */
  readonly deletionProtection: boolean;
}

/** Who may sign in: a user pool in which people register with their e-mail address, and the domain of its login pages. */
export class UserDirectory extends Construct {
  readonly pool: CognitoUserPool;
  readonly domain: CognitoUserPoolDomain;
  readonly #resourceServers: ResourceServer[] = [];

  constructor(scope: Construct, id: string, props: UserDirectoryProps) {
    super(scope, id);
    const { settings, customDomain } = props;

    // No `schema` block: the provider shows a diff on every plan with one. Attributes, case sensitivity and required attributes can
    // never be changed afterwards: those of an imported pool stay as they are.
    this.pool = new CognitoUserPool(this, "pool", {
      name: props.name,
      deletionProtection: props.deletionProtection ? "ACTIVE" : "INACTIVE",
      lifecycle: { ignoreChanges: ["schema"], ...(props.deletionProtection && { preventDestroy: true }) },
      usernameAttributes: ["email"],
      usernameConfiguration: { caseSensitive: false },
      autoVerifiedAttributes: ["email"],
      // A changed address must be confirmed before it replaces the old one, or a typo would lock its owner out.
      userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdate: ["email"] },
      verificationMessageTemplate: { defaultEmailOption: "CONFIRM_WITH_CODE" },
      accountRecoverySetting: { recoveryMechanism: [{ name: "verified_email", priority: 1 }] },
      adminCreateUserConfig: { allowAdminCreateUserOnly: !settings.selfSignUp },
      userPoolTier: settings.tier,
      mfaConfiguration: settings.mfa,
      ...(settings.mfa !== "OFF" && { softwareTokenMfaConfiguration: { enabled: true } }),
      ...(settings.threatProtection !== "OFF" && { userPoolAddOns: { advancedSecurityMode: settings.threatProtection } }),
      emailConfiguration: settings.emailSender
        ? {
            emailSendingAccount: "DEVELOPER",
            fromEmailAddress: settings.emailSender.from,
            sourceArn: settings.emailSender.identityArn,
          }
        : { emailSendingAccount: "COGNITO_DEFAULT" },
      // Length beats character classes: https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver
      passwordPolicy: {
        minimumLength: settings.minimumPasswordLength,
        requireLowercase: true,
        requireUppercase: true,
        requireNumbers: true,
        requireSymbols: false,
        temporaryPasswordValidityDays: 7,
      },
    });

    this.domain = new CognitoUserPoolDomain(this, "domain", {
      // Hex digits cannot spell a word that Cognito refuses, and the pool's id makes them unique.
      domain: customDomain?.name ?? props.domainPrefix ?? `${props.name}-${Fn.substr(Fn.sha256(this.pool.id), 0, 12)}`,
      ...(customDomain && { certificateArn: customDomain.certificateArn }),
      userPoolId: this.pool.id,
      managedLoginVersion: 1, // version 2 shows "Login pages unavailable" without a branding style
    });

    for (const name of settings.groups) {
      new CognitoUserGroup(this, `group-${name}`, { name, userPoolId: this.pool.id });
    }
  }

  /**
   * Declares scopes of the project's own. Routes can require them from then on, and the stack's app client may ask for them.
   *
   * @throws UserError when Cognito would refuse them, or the identifier is taken
   */
  addResourceServer<const Identifier extends string, Name extends string>(
    props: ResourceServerProps<Identifier, Name>,
  ): ResourceServer<Identifier, Name> {
    if (this.#resourceServers.some(({ server }) => server.identifierInput === props.identifier)) {
      throw new UserError(`The resource server "${props.identifier}" exists already. Add the scopes to the one there is.`);
    }
    const resourceServer = new ResourceServer(this, this.pool, props);
    this.#resourceServers.push(resourceServer);
    return resourceServer;
  }

  /** The resource servers declared so far. */
  get resourceServers(): readonly ResourceServer[] {
    return this.#resourceServers;
  }

  /** Every scope that an access token of the pool can carry, as far as declared. */
  get scopes(): string[] {
    return [...STANDARD_SCOPES, ...this.#resourceServers.flatMap(({ names }) => names)];
  }
}
