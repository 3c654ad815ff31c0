/** What the two roles of GitHub Actions try and must be refused, each with the action that IAM must refuse. */
import * as api from "@aws-sdk/client-api-gateway";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as cognito from "@aws-sdk/client-cognito-identity-provider";
import * as iam from "@aws-sdk/client-iam";
import * as kms from "@aws-sdk/client-kms";
import * as lambda from "@aws-sdk/client-lambda";
import * as s3 from "@aws-sdk/client-s3";
import { project } from "../../config/project";
import { stateBucketName } from "../../stacks/environment-stack";
import { githubRoleName } from "../../stacks/github-access";

const ACCOUNT = "000000000000";
export const FUNCTION = "testing";
export const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

/** What belongs to other projects of the account, the key of the state bucket, and ids of what the deploy role made. */
export const foreign = { api: "", pool: "", stateKey: "" };
export const own = { api: "", pool: "" };

/** Clients of the emulator that do not try again. */
export function clients(url: string, credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }) {
  const config = { region: "eu-central-1", endpoint: url, credentials, maxAttempts: 1 };
  return {
    api: new api.APIGatewayClient(config),
    cognito: new cognito.CognitoIdentityProviderClient(config),
    iam: new iam.IAMClient(config),
    kms: new kms.KMSClient(config),
    lambda: new lambda.LambdaClient(config),
    logs: new logs.CloudWatchLogsClient(config),
    s3: new s3.S3Client({ ...config, forcePathStyle: true }),
  };
}
export type Clients = ReturnType<typeof clients>;

export type Attempt = [action: string, what: string, call: (as: Clients) => Promise<unknown>];

const BUCKET = stateBucketName({ account: ACCOUNT, region: "eu-central-1" });
const ROLE = "testing-eu-central-1";
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/${project.name}-local-function-boundary`;
const TRUST = JSON.stringify({ Version: "2012-10-17", Statement: [] });
const EVERYTHING = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] });
const ZIP = { ZipFile: Buffer.from("not looked at") };

export const PLAN_REFUSED: Attempt[] = [
  [
    "s3:PutObject",
    "write the state",
    (as) => as.s3.send(new s3.PutObjectCommand({ Bucket: BUCKET, Key: "local/secured-api.tfstate", Body: "a" })),
  ],
  [
    "s3:DeleteObject",
    "delete the state",
    (as) => as.s3.send(new s3.DeleteObjectCommand({ Bucket: BUCKET, Key: "local/secured-api.tfstate" })),
  ],
  [
    "s3:GetObject",
    "read the state of the roles",
    (as) => as.s3.send(new s3.GetObjectCommand({ Bucket: BUCKET, Key: "local/github-access.tfstate" })),
  ],
  [
    "s3:PutObject",
    "write another environment's lock",
    (as) => as.s3.send(new s3.PutObjectCommand({ Bucket: BUCKET, Key: "prod/secured-api.tfstate.tflock", Body: "a" })),
  ],
  ["s3:ListBucket", "list all states", (as) => as.s3.send(new s3.ListObjectsV2Command({ Bucket: BUCKET }))],
  ["s3:ListBucket", "list another bucket", (as) => as.s3.send(new s3.ListObjectsV2Command({ Bucket: "another-bucket" }))],
  ["cognito-idp:ListUsers", "list users", (as) => as.cognito.send(new cognito.ListUsersCommand({ UserPoolId: own.pool }))],
  [
    "cognito-idp:AdminGetUser",
    "read a user",
    (as) => as.cognito.send(new cognito.AdminGetUserCommand({ UserPoolId: own.pool, Username: "a@example.com" })),
  ],
  [
    "cognito-idp:AdminCreateUser",
    "make a user of the pool",
    (as) => as.cognito.send(new cognito.AdminCreateUserCommand({ UserPoolId: own.pool, Username: "a@example.com" })),
  ],
  ["cognito-idp:UpdateUserPool", "change the pool", (as) => as.cognito.send(new cognito.UpdateUserPoolCommand({ UserPoolId: own.pool }))],
  ["cognito-idp:DeleteUserPool", "delete the pool", (as) => as.cognito.send(new cognito.DeleteUserPoolCommand({ UserPoolId: own.pool }))],
  [
    "cognito-idp:CreateUserPoolClient",
    "make an app client",
    (as) => as.cognito.send(new cognito.CreateUserPoolClientCommand({ UserPoolId: own.pool, ClientName: "mine" })),
  ],
  [
    "cognito-idp:CreateResourceServer",
    "declare scopes",
    (as) => as.cognito.send(new cognito.CreateResourceServerCommand({ UserPoolId: own.pool, Identifier: "mine", Name: "mine" })),
  ],
  [
    "cognito-idp:DescribeUserPool",
    "read another project's pool",
    (as) => as.cognito.send(new cognito.DescribeUserPoolCommand({ UserPoolId: foreign.pool })),
  ],
  [
    "logs:FilterLogEvents",
    "read log events",
    (as) => as.logs.send(new logs.FilterLogEventsCommand({ logGroupName: `/aws/lambda/${FUNCTION}` })),
  ],
  [
    "logs:GetLogEvents",
    "read a log stream",
    (as) => as.logs.send(new logs.GetLogEventsCommand({ logGroupName: `/aws/lambda/${FUNCTION}`, logStreamName: "any" })),
  ],
  ["lambda:InvokeFunction", "run the function", (as) => as.lambda.send(new lambda.InvokeCommand({ FunctionName: FUNCTION }))],
  [
    "lambda:UpdateFunctionCode",
    "change the function's code",
    (as) => as.lambda.send(new lambda.UpdateFunctionCodeCommand({ FunctionName: FUNCTION, ...ZIP })),
  ],
  [
    "lambda:UpdateFunctionConfiguration",
    "change the function",
    (as) => as.lambda.send(new lambda.UpdateFunctionConfigurationCommand({ FunctionName: FUNCTION, Timeout: 9 })),
  ],
  ["lambda:GetFunction", "read another function", (as) => as.lambda.send(new lambda.GetFunctionCommand({ FunctionName: "another" }))],
  [
    "lambda:AddPermission",
    "open the function",
    (as) =>
      as.lambda.send(
        new lambda.AddPermissionCommand({ FunctionName: FUNCTION, StatementId: "a", Action: "lambda:InvokeFunction", Principal: "*" }),
      ),
  ],
  ["apigateway:GET", "read API keys", (as) => as.api.send(new api.GetApiKeysCommand({ includeValues: true }))],
  ["apigateway:GET", "read another project's API", (as) => as.api.send(new api.GetRestApiCommand({ restApiId: foreign.api }))],
  ["apigateway:DELETE", "delete the API", (as) => as.api.send(new api.DeleteRestApiCommand({ restApiId: own.api }))],
  ["apigateway:PATCH", "change the stage", (as) => as.api.send(new api.UpdateStageCommand({ restApiId: own.api, stageName: "demo" }))],
  [
    "iam:PutRolePolicy",
    "grant the function more",
    (as) => as.iam.send(new iam.PutRolePolicyCommand({ RoleName: ROLE, PolicyName: "more", PolicyDocument: EVERYTHING })),
  ],
  [
    "iam:AttachRolePolicy",
    "grant itself more",
    (as) => as.iam.send(new iam.AttachRolePolicyCommand({ RoleName: githubRoleName("plan", { name: "local" }), PolicyArn: ADMINISTRATOR })),
  ],
];

export const DEPLOY_ROLE = githubRoleName("deploy", { name: "local" });
const createRole = (name: string, more = {}) => new iam.CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: TRUST, ...more });
const createFunction = (name: string, role: string) =>
  new lambda.CreateFunctionCommand({
    FunctionName: name,
    Role: `arn:aws:iam::${ACCOUNT}:role/${role}`,
    Code: ZIP,
    Runtime: "python3.13",
    Handler: "a.b",
  });

export const DEPLOY_REFUSED: Attempt[] = [
  ["s3:CreateBucket", "make a bucket", (as) => as.s3.send(new s3.CreateBucketCommand({ Bucket: "a-third-bucket" }))],
  [
    "s3:PutObject",
    "write to another bucket",
    (as) => as.s3.send(new s3.PutObjectCommand({ Bucket: "another-bucket", Key: "a", Body: "a" })),
  ],
  [
    "s3:DeleteObject",
    "delete the state",
    (as) => as.s3.send(new s3.DeleteObjectCommand({ Bucket: BUCKET, Key: "local/secured-api.tfstate" })),
  ],
  [
    "s3:GetObject",
    "read another environment's state",
    (as) => as.s3.send(new s3.GetObjectCommand({ Bucket: BUCKET, Key: "prod/secured-api.tfstate" })),
  ],
  [
    "s3:PutObject",
    "write the state of the roles",
    (as) => as.s3.send(new s3.PutObjectCommand({ Bucket: BUCKET, Key: "local/github-access.tfstate", Body: "a" })),
  ],
  ["s3:DeleteBucket", "delete the state bucket", (as) => as.s3.send(new s3.DeleteBucketCommand({ Bucket: BUCKET }))],
  ["iam:CreateUser", "make a user of the account", (as) => as.iam.send(new iam.CreateUserCommand({ UserName: "mallory" }))],
  ["iam:CreateAccessKey", "make an access key", (as) => as.iam.send(new iam.CreateAccessKeyCommand({ UserName: "mallory" }))],
  ["iam:CreateRole", "make another role", (as) => as.iam.send(createRole("another", { PermissionsBoundary: BOUNDARY }))],
  ["iam:CreateRole", "make the function's role without its boundary", (as) => as.iam.send(createRole(ROLE))],
  [
    "iam:CreateRole",
    "make the function's role with another boundary",
    (as) => as.iam.send(createRole(ROLE, { PermissionsBoundary: ADMINISTRATOR })),
  ],
  [
    "iam:DeleteRolePermissionsBoundary",
    "detach the function's boundary",
    (as) => as.iam.send(new iam.DeleteRolePermissionsBoundaryCommand({ RoleName: ROLE })),
  ],
  [
    "iam:PutRolePermissionsBoundary",
    "put a wider boundary on the function's role",
    (as) => as.iam.send(new iam.PutRolePermissionsBoundaryCommand({ RoleName: ROLE, PermissionsBoundary: ADMINISTRATOR })),
  ],
  [
    "iam:CreatePolicyVersion",
    "write the boundary",
    (as) => as.iam.send(new iam.CreatePolicyVersionCommand({ PolicyArn: BOUNDARY, PolicyDocument: EVERYTHING, SetAsDefault: true })),
  ],
  [
    "iam:DeleteRolePermissionsBoundary",
    "detach its own boundary",
    (as) => as.iam.send(new iam.DeleteRolePermissionsBoundaryCommand({ RoleName: DEPLOY_ROLE })),
  ],
  [
    "iam:PutRolePolicy",
    "grant itself more",
    (as) => as.iam.send(new iam.PutRolePolicyCommand({ RoleName: DEPLOY_ROLE, PolicyName: "more", PolicyDocument: EVERYTHING })),
  ],
  [
    "iam:AttachRolePolicy",
    "attach a policy to the function's role",
    (as) => as.iam.send(new iam.AttachRolePolicyCommand({ RoleName: ROLE, PolicyArn: ADMINISTRATOR })),
  ],
  [
    "iam:UpdateAssumeRolePolicy",
    "let others take on a role",
    (as) => as.iam.send(new iam.UpdateAssumeRolePolicyCommand({ RoleName: ROLE, PolicyDocument: TRUST })),
  ],
  ["iam:PassRole", "pass another role to the function", (as) => as.lambda.send(createFunction(FUNCTION, DEPLOY_ROLE))],
  ["lambda:CreateFunction", "make another function", (as) => as.lambda.send(createFunction("another", ROLE))],
  [
    "lambda:CreateFunction",
    "make a function that is named like a further one, but for the hyphen",
    (as) => as.lambda.send(createFunction(`${FUNCTION}orders`, ROLE)),
  ],
  [
    "iam:CreateRole",
    "make a further function's role without its boundary",
    (as) => as.iam.send(createRole(`${FUNCTION}-orders-eu-central-1`)),
  ],
  [
    "iam:CreateRole",
    "make a further function's role of another Region",
    (as) => as.iam.send(createRole(`${FUNCTION}-orders-eu-west-1`, { PermissionsBoundary: BOUNDARY })),
  ],
  ["iam:PassRole", "pass another role to a further function", (as) => as.lambda.send(createFunction(`${FUNCTION}-orders`, DEPLOY_ROLE))],
  [
    "cognito-idp:CreateResourceServer",
    "declare scopes of another project's pool",
    (as) => as.cognito.send(new cognito.CreateResourceServerCommand({ UserPoolId: foreign.pool, Identifier: "mine", Name: "mine" })),
  ],
  [
    "lambda:UpdateFunctionCode",
    "change another function",
    (as) => as.lambda.send(new lambda.UpdateFunctionCodeCommand({ FunctionName: "another", ...ZIP })),
  ],
  ["lambda:InvokeFunction", "run the function", (as) => as.lambda.send(new lambda.InvokeCommand({ FunctionName: FUNCTION }))],
  [
    "lambda:AddPermission",
    "open the function to everybody",
    (as) =>
      as.lambda.send(
        new lambda.AddPermissionCommand({ FunctionName: FUNCTION, StatementId: "a", Action: "lambda:InvokeFunction", Principal: "*" }),
      ),
  ],
  [
    "logs:FilterLogEvents",
    "read log events",
    (as) => as.logs.send(new logs.FilterLogEventsCommand({ logGroupName: `/aws/lambda/${FUNCTION}` })),
  ],
  ["logs:CreateLogGroup", "make another log group", (as) => as.logs.send(new logs.CreateLogGroupCommand({ logGroupName: "another" }))],
  ["cognito-idp:ListUsers", "list users", (as) => as.cognito.send(new cognito.ListUsersCommand({ UserPoolId: own.pool }))],
  [
    "cognito-idp:AdminSetUserPassword",
    "set a user's password",
    (as) => as.cognito.send(new cognito.AdminSetUserPasswordCommand({ UserPoolId: own.pool, Username: "a", Password: "b" })),
  ],
  [
    "cognito-idp:DeleteUserPool",
    "delete another project's pool",
    (as) => as.cognito.send(new cognito.DeleteUserPoolCommand({ UserPoolId: foreign.pool })),
  ],
  [
    "cognito-idp:TagResource",
    "make another project's pool its own",
    (as) =>
      as.cognito.send(
        new cognito.TagResourceCommand({
          ResourceArn: `arn:aws:cognito-idp:eu-central-1:${ACCOUNT}:userpool/${foreign.pool}`,
          Tags: { project: project.name, environment: "local" },
        }),
      ),
  ],
  ["cognito-idp:CreateUserPool", "make a pool without tags", (as) => as.cognito.send(new cognito.CreateUserPoolCommand({ PoolName: "a" }))],
  ["apigateway:DELETE", "delete another project's API", (as) => as.api.send(new api.DeleteRestApiCommand({ restApiId: foreign.api }))],
  [
    "apigateway:PUT",
    "write another project's API",
    (as) => as.api.send(new api.PutRestApiCommand({ restApiId: foreign.api, body: Buffer.from("{}") })),
  ],
  [
    "apigateway:PUT",
    "make another project's API its own",
    (as) =>
      as.api.send(
        new api.TagResourceCommand({
          resourceArn: `arn:aws:apigateway:eu-central-1::/restapis/${foreign.api}`,
          tags: { project: project.name, environment: "local" },
        }),
      ),
  ],
  ["apigateway:POST", "make an API without tags", (as) => as.api.send(new api.CreateRestApiCommand({ name: "a" }))],
  [
    "kms:ScheduleKeyDeletion",
    "delete the key of the state",
    (as) => as.kms.send(new kms.ScheduleKeyDeletionCommand({ KeyId: foreign.stateKey })),
  ],
  [
    "kms:PutKeyPolicy",
    "open the key of the state",
    (as) => as.kms.send(new kms.PutKeyPolicyCommand({ KeyId: foreign.stateKey, Policy: EVERYTHING })),
  ],
  ["kms:CreateKey", "make a key without tags", (as) => as.kms.send(new kms.CreateKeyCommand({}))],
  ["apigateway:POST", "make an API key", (as) => as.api.send(new api.CreateApiKeyCommand({ name: "a" }))],
];
