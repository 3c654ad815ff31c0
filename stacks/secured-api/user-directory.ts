import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolDomain } from "@cdktf/provider-aws/lib/cognito-user-pool-domain";
import { Fn } from "cdktf";
import { Construct } from "constructs";

export interface UserDirectoryProps {
  /** The user pool's name, unique in the account and Region by the project's own rule. */
  readonly name: string;
  /** Prefix of the login pages' domain, unique in the Region over all accounts. Default: derived from the pool's name and id. */
  readonly domainPrefix: string | undefined;
  /** Whether Cognito refuses to delete the pool, and with it everybody's account, and Terraform any plan that would. */
  readonly deletionProtection: boolean;
}

/** Who may sign in: a user pool in which people register with their e-mail address, and the domain of its login pages. */
export class UserDirectory extends Construct {
  readonly pool: CognitoUserPool;
  readonly domain: CognitoUserPoolDomain;

  constructor(scope: Construct, id: string, props: UserDirectoryProps) {
    super(scope, id);

    // No `schema` block: the provider shows a diff on every plan with one. Attributes, case sensitivity and required attributes can
    // never be changed afterwards.
    this.pool = new CognitoUserPool(this, "pool", {
      name: props.name,
      deletionProtection: props.deletionProtection ? "ACTIVE" : "INACTIVE",
      ...(props.deletionProtection && { lifecycle: { preventDestroy: true } }),
      usernameAttributes: ["email"],
      usernameConfiguration: { caseSensitive: false },
      autoVerifiedAttributes: ["email"],
      // A changed address must be confirmed before it replaces the old one, or a typo would lock its owner out.
      userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdate: ["email"] },
      verificationMessageTemplate: { defaultEmailOption: "CONFIRM_WITH_CODE" },
      accountRecoverySetting: { recoveryMechanism: [{ name: "verified_email", priority: 1 }] },
      adminCreateUserConfig: { allowAdminCreateUserOnly: false },
      // Length beats character classes: https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver
      passwordPolicy: {
        minimumLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireNumbers: true,
        requireSymbols: false,
        temporaryPasswordValidityDays: 7,
      },
    });

    this.domain = new CognitoUserPoolDomain(this, "domain", {
      // Hex digits cannot spell a word that Cognito refuses, and the pool's id makes them unique.
      domain: props.domainPrefix ?? `${props.name}-${Fn.substr(Fn.sha256(this.pool.id), 0, 12)}`,
      userPoolId: this.pool.id,
      managedLoginVersion: 1, // version 2 shows "Login pages unavailable" without a branding style
    });
  }
}
