import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { boundaryOf, policyDocument, type Statement } from "./statement";
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
}

/**
 * A role that jobs of GitHub Actions take on with their OIDC token, for an hour at most.
 *
 * Its permissions boundary allows no other action and no resource of another name: whatever else is attached to the role one day, by
 * mistake or by a stranger, it can do no more.
 */
export class GithubRole extends Construct {
  readonly role: IamRole;

  constructor(scope: Construct, id: string, props: GithubRoleProps) {
    super(scope, id);
    const boundary = new IamPolicy(this, "boundary", {
      name: `${props.name}-boundary`,
      description: `The most that the role ${props.name} can be allowed to do`,
      policy: policyDocument(boundaryOf(props.statements)),
    });
    this.role = new IamRole(this, "role", {
      name: props.name,
      description: props.description,
      maxSessionDuration: 3_600,
      assumeRolePolicy: trustPolicy(props.providerArn, props.subjects),
      permissionsBoundary: boundary.arn,
    });
    new IamRolePolicy(this, "permissions", { name: "permissions", role: this.role.name, policy: policyDocument(props.statements) });
  }
}
