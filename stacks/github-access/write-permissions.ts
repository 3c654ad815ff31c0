import type { Resources } from "./resources";
import type { Statement } from "./statement";

export const TAGS_CHANGED = "called when a tag in the configuration changes";
export const TAGS_AT_CREATION = "AWS asks for it where a request to create gives tags; the emulator does not";

export const ASYNCHRONOUS_CALLS = "AWS asks for it where a function is called by events; the emulator asks IAM nothing about that";

/** What Terraform writes to make, change and take away the stack `secured-api`, its optional parts aside. */
export function writePermissions(resources: Resources): Statement[] {
  return [...functionPermissions(resources), ...rolePermissions(resources), ...apiPermissions(resources), ...userPermissions(resources)];
}

function functionPermissions({ functions, logGroups }: Resources): Statement[] {
  return [
    {
      sid: "WriteFunction",
      actions: [
        "lambda:CreateFunction",
        "lambda:DeleteFunction",
        { name: "lambda:DeleteFunctionEventInvokeConfig", uncalled: ASYNCHRONOUS_CALLS },
        "lambda:PutFunctionConcurrency",
        { name: "lambda:PutFunctionEventInvokeConfig", uncalled: ASYNCHRONOUS_CALLS },
        "lambda:UpdateFunctionCode",
        "lambda:UpdateFunctionConfiguration",
        "lambda:RemovePermission",
        { name: "lambda:DeleteFunctionConcurrency", uncalled: "called when a function gives its reserved concurrency up" },
        { name: "lambda:TagResource", uncalled: TAGS_AT_CREATION },
        { name: "lambda:UntagResource", uncalled: TAGS_CHANGED },
      ],
      resources: functions,
    },
    {
      sid: "LetApiGatewayCallFunction",
      actions: ["lambda:AddPermission"],
      resources: functions,
      condition: { StringEquals: { "lambda:Principal": "apigateway.amazonaws.com" } },
    },
    {
      sid: "WriteLogGroup",
      actions: [
        "logs:CreateLogGroup",
        "logs:DeleteLogGroup",
        "logs:PutRetentionPolicy",
        { name: "logs:TagResource", uncalled: TAGS_AT_CREATION },
        { name: "logs:UntagResource", uncalled: TAGS_CHANGED },
      ],
      resources: logGroups,
    },
  ];
}

/**
 * The functions' roles can be given any policy, and can do no more than their permissions boundary lets them: they are made with that boundary,
 * and nobody here may take the boundary away or write it.
 */
function rolePermissions({ functionRoles, functionBoundary }: Resources): Statement[] {
  return [
    {
      sid: "WriteBoundedRole",
      actions: [
        "iam:CreateRole",
        "iam:PutRolePolicy",
        {
          name: "iam:PutRolePermissionsBoundary",
          uncalled: "called once, when GitHub Actions takes over an environment that a person made before",
        },
      ],
      resources: [functionRoles],
      condition: { StringEquals: { "iam:PermissionsBoundary": functionBoundary } },
    },
    {
      sid: "WriteRole",
      actions: [
        "iam:DeleteRole",
        "iam:DeleteRolePolicy",
        // Terraform looks for instance profiles that hold the role before it deletes it.
        "iam:ListInstanceProfilesForRole",
        "iam:UpdateRoleDescription",
        { name: "iam:TagRole", uncalled: TAGS_AT_CREATION },
        { name: "iam:UntagRole", uncalled: TAGS_CHANGED },
      ],
      resources: [functionRoles],
    },
    {
      sid: "PassRoleToFunction",
      actions: ["iam:PassRole"],
      resources: [functionRoles],
      condition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
    },
  ];
}

function apiPermissions(resources: Resources): Statement[] {
  return [
    {
      sid: "CreateApi",
      actions: ["apigateway:POST"],
      resources: [resources.apis],
      condition: { StringEquals: resources.givenTags() },
    },
    {
      sid: "WriteApi",
      actions: ["apigateway:DELETE", "apigateway:PATCH", "apigateway:POST", "apigateway:PUT"],
      resources: [resources.anyApi],
      condition: { StringEquals: resources.tagged() },
    },
    {
      sid: "TagApi",
      // API Gateway authorizes the tags of an API that is about to be made as PUT on the tags of any API. What has tags of another project
      // or environment cannot be tagged over; what has none can, so an account that is shared with others should tag its APIs.
      actions: [{ name: "apigateway:PUT", uncalled: TAGS_AT_CREATION }],
      resources: [resources.anyApiTags],
      condition: { StringEquals: resources.givenTags(), StringEqualsIfExists: resources.tagged() },
    },
    {
      sid: "UntagApi",
      actions: [{ name: "apigateway:DELETE", uncalled: TAGS_CHANGED }],
      resources: [resources.anyApiTags],
      condition: { StringEquals: resources.tagged() },
    },
  ];
}

function userPermissions(resources: Resources): Statement[] {
  return [
    {
      sid: "CreateUserPool",
      actions: ["cognito-idp:CreateUserPool"],
      // A pool that does not exist yet has no ARN; the tags that it is made with are what holds it.
      resources: ["*"],
      condition: { StringEquals: resources.givenTags() },
    },
    {
      sid: "WriteUserPool",
      actions: [
        "cognito-idp:CreateResourceServer",
        "cognito-idp:CreateUserPoolClient",
        "cognito-idp:CreateUserPoolDomain",
        "cognito-idp:DeleteResourceServer",
        "cognito-idp:DeleteUserPool",
        "cognito-idp:DeleteUserPoolClient",
        "cognito-idp:DeleteUserPoolDomain",
        "cognito-idp:UpdateUserPool",
        "cognito-idp:UpdateUserPoolClient",
        { name: "cognito-idp:UpdateResourceServer", uncalled: "called when a resource server gets a further scope" },
        { name: "cognito-idp:UpdateUserPoolDomain", uncalled: "called when the version of the login pages changes" },
        { name: "cognito-idp:TagResource", uncalled: TAGS_CHANGED },
        { name: "cognito-idp:UntagResource", uncalled: TAGS_CHANGED },
      ],
      resources: [resources.anyUserPool],
      condition: { StringEquals: resources.tagged() },
    },
  ];
}
