import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "./statement";
import { trustPolicy } from "./trust-policy";

export interface GithubRoleProps {
  /** The name of the role and of its policy, unique in the account. */
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
 * Its policy is its permissions boundary too: whatever else is attached to the role one day, by mistake or by a stranger, it can do no more
 * than what stands here.
 */
export class GithubRole extends Construct {
  readonly role: IamRole;

  constructor(scope: Construct, id: string, props: GithubRoleProps) {
    super(scope, id);
    const policy = new IamPolicy(this, "permissions", {
      name: props.name,
      description: props.description,
      policy: policyDocument(props.statements),
    });
    this.role = new IamRole(this, "role", {
      name: props.name,
      description: props.description,
      maxSessionDuration: 3_600,
      assumeRolePolicy: trustPolicy(props.providerArn, props.subjects),
      permissionsBoundary: policy.arn,
    });
    new IamRolePolicyAttachment(this, "attachment", { role: this.role.name, policyArn: policy.arn });
  }
}
