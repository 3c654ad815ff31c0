import type { Resources } from "./resources";
import type { Statement } from "./statement";
import { ASYNCHRONOUS_CALLS } from "./write-permissions";

/**
 * What Terraform reads of the stack `secured-api` when it plans, its optional parts aside. No user, no secret and no log event is among it.
 *
 * Tags are asked for on reading too. So an API or a user pool that somebody deleted by hand, and whose tags are gone with it, shows as
 * access denied instead of as drift.
 */
export function readPermissions(resources: Resources): Statement[] {
  return [
    {
      sid: "ReadFunction",
      actions: [
        // Terraform's need, and more than a plan uses: the answer holds an address from which the function's code can be fetched.
        "lambda:GetFunction",
        "lambda:GetFunctionCodeSigningConfig",
        { name: "lambda:GetFunctionEventInvokeConfig", uncalled: ASYNCHRONOUS_CALLS },
        "lambda:GetPolicy",
        "lambda:ListVersionsByFunction",
      ],
      resources: resources.functions,
    },
    {
      sid: "ReadFunctionRole",
      actions: ["iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"],
      resources: [resources.functionRoles],
    },
    { sid: "FindLogGroup", actions: ["logs:DescribeLogGroups"], resources: [resources.anyLogGroup] },
    { sid: "ReadLogGroupTags", actions: ["logs:ListTagsForResource"], resources: resources.logGroups },
    {
      sid: "ReadApi",
      actions: ["apigateway:GET"],
      resources: [resources.anyApi],
      condition: { StringEquals: resources.tagged() },
    },
    {
      sid: "ReadUserPool",
      actions: [
        "cognito-idp:DescribeResourceServer",
        "cognito-idp:DescribeUserPool",
        "cognito-idp:DescribeUserPoolClient",
        "cognito-idp:GetUserPoolMfaConfig",
      ],
      resources: [resources.anyUserPool],
      condition: { StringEquals: resources.tagged() },
    },
    {
      sid: "ReadLoginDomain",
      // A domain is looked up by its name over all pools: Cognito knows no resource for it. The answer is its pool's id and its version.
      actions: ["cognito-idp:DescribeUserPoolDomain"],
      resources: ["*"],
    },
  ];
}
