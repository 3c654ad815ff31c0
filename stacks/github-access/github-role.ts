import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { boundaryOf, fittingPolicyDocument, MANAGED_POLICY_CHARACTERS, ROLE_POLICY_CHARACTERS, type Statement } from "./statement";
import { trustPolicy } from "./trust-policy";

export interface GithubRoleProps {
  /** The name of the role and, with `-boundary`, of its permissions boundary: unique in the account. */
  readonly name: string;
  readonly description: string;
  /** ARN of the account's OIDC provider for GitHub Actions. */
  readonly providerArn: string;
  /** The `sub` claims that may take on the role, each written out. */
  readonly subjects: readonly string[];
  readonly statements: readonly Statement[];
  /** A managed policy that the role has beside its own, and what it allows. */
  readonly shared: { readonly policy: IamPolicy; readonly statements: readonly Statement[] };
}

/**
 * A role that jobs of GitHub Actions take on with their OIDC token, for an hour at most.
 *
 * Its permissions boundary allows no other action and no resource of another name: whatever else is attached to the role one day, by
 * mistake or by a stranger, it can do no more.
 */
export class GithubRole extends Construct {
  readonly role: IamRole;
  readonly boundary: IamPolicy;
  readonly permissions: IamRolePolicy;

  constructor(scope: Construct, id: string, props: GithubRoleProps) {
    super(scope, id);
    this.boundary = new IamPolicy(this, "boundary", {
      name: `${props.name}-boundary`,
      description: `The most that the role ${props.name} can be allowed to do`,
      policy: fittingPolicyDocument(
        `The boundary of ${props.name}`,
        boundaryOf([...props.shared.statements, ...props.statements]),
        MANAGED_POLICY_CHARACTERS,
      ),
    });
    this.role = new IamRole(this, "role", {
      name: props.name,
      description: props.description,
      maxSessionDuration: 3_600,
      assumeRolePolicy: trustPolicy(props.providerArn, props.subjects),
      permissionsBoundary: this.boundary.arn,
    });
    const policy = fittingPolicyDocument(`The policy of ${props.name}`, props.statements, ROLE_POLICY_CHARACTERS);
    this.permissions = new IamRolePolicy(this, "permissions", { name: "permissions", role: this.role.name, policy });
    new IamRolePolicyAttachment(this, "shared", { role: this.role.name, policyArn: props.shared.policy.arn });
  }
}
