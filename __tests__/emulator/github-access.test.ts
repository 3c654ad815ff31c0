/** The two roles of GitHub Actions at work: what each does, and what each is refused. On an emulator of its own. */
import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateRestApiCommand,
  DeleteRestApiCommand,
  GetApiKeysCommand,
  GetRestApiCommand,
  PutRestApiCommand,
  TagResourceCommand as TagApiCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-api-gateway";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import * as cognito from "@aws-sdk/client-cognito-identity-provider";
import * as iam from "@aws-sdk/client-iam";
import * as lambda from "@aws-sdk/client-lambda";
import * as s3 from "@aws-sdk/client-s3";
import { TerraformResource } from "cdktf";
import { applyReviewedPlan } from "../../ci/apply-reviewed-plan";
import { Repository } from "../../ci/github";
import { makePlan } from "../../ci/make-plan";
import { commentBody, marker } from "../../ci/report";
import { actionName, githubRoleName, githubRoleStatements, type Purpose } from "../../stacks/github-access";
import { stateBucketName } from "../../stacks/environment-stack";
import { functionRoleName } from "../../stacks/resource-names";
import type { SecuredApiStack } from "../../stacks/secured-api";
import { FakeGithub, REPOSITORY, TOKEN } from "../ci/fake-github";
import { type Call, GithubAccessSystem, SUBJECTS } from "./github-access-system";

const system = new GithubAccessSystem();
const ACCOUNT = "000000000000";
const FUNCTION = "testing";
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

interface Plan {
  readonly resource_changes: readonly { address: string; change: { actions: string[]; after: Record<string, unknown> | null } }[];
}

/** What belongs to other projects of the account, and ids of what the deploy role made. */
const foreign = { api: "", pool: "" };
const own = { api: "", pool: "" };

function clients(credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }) {
  const config = { region: "eu-central-1", endpoint: system.emulator.url, credentials, maxAttempts: 1 };
  return {
    api: new APIGatewayClient(config),
    cognito: new cognito.CognitoIdentityProviderClient(config),
    iam: new iam.IAMClient(config),
    lambda: new lambda.LambdaClient(config),
    logs: new CloudWatchLogsClient(config),
    s3: new s3.S3Client({ ...config, forcePathStyle: true }),
  };
}
type Clients = ReturnType<typeof clients>;

const started = Date.now();

beforeAll(async () => {
  await system.start();
  const root = clients(system.emulator.credentials);
  await root.s3.send(new s3.CreateBucketCommand({ Bucket: "another-bucket" }));
  foreign.api = (await root.api.send(new CreateRestApiCommand({ name: "another", tags: { project: "another" } }))).id!;
  foreign.pool = (await root.cognito.send(new cognito.CreateUserPoolCommand({ PoolName: "another" }))).UserPool!.Id!;
}, 300_000);

afterAll(async () => {
  await system.stop();
  process.stderr.write(`roles of GitHub Actions, from the emulator's start to its end: ${((Date.now() - started) / 1000).toFixed(0)} s\n`);
});

describe("who may take on a role", () => {
  test.each<[string, Purpose, Record<string, unknown>]>([
    ["another audience", "plan", { sub: SUBJECTS.plan, aud: "https://github.com/octo-org" }],
    ["no audience", "plan", { sub: SUBJECTS.plan, aud: undefined }],
    ["no subject", "plan", {}],
    ["another repository", "plan", { sub: "repo:octo-org/another:pull_request" }],
    ["another owner", "plan", { sub: "repo:another/secured-api:pull_request" }],
    ["a branch", "plan", { sub: "repo:octo-org/secured-api:ref:refs/heads/main" }],
    ["a subject with a wildcard", "plan", { sub: "repo:octo-org/secured-api:*" }],
    ["a pull request that wants to deploy", "deploy", { sub: SUBJECTS.plan }],
    ["another GitHub environment", "deploy", { sub: "repo:octo-org/secured-api:environment:staging" }],
    ["a subject in other letters", "deploy", { sub: SUBJECTS.deploy.toUpperCase() }],
    ["a subject with a wildcard", "deploy", { sub: "repo:octo-org/secured-api:environment:*" }],
    ["another issuer", "deploy", { sub: SUBJECTS.deploy, iss: "https://token.example.com" }],
  ])("refused: %s (%s role)", async (_, purpose, claims) => {
    await expect(system.assume(purpose, claims)).rejects.toThrow(/AccessDenied|InvalidIdentityToken/);
  });
});

test("the deploy role makes the whole API", async () => {
  const terraform = system.as("deploy");
  const planned = JSON.parse(await terraform.plan()) as Plan;
  expect(new Set(planned.resource_changes.map(({ change }) => change.actions.join()))).toEqual(new Set(["create"]));
  await terraform.apply();
}, 120_000);

test("the plan role plans, and finds nothing to do", async () => {
  const planned = JSON.parse(await system.as("plan").plan()) as Plan;
  expect(planned.resource_changes.filter(({ change }) => change.actions.join() !== "no-op")).toEqual([]);
  const idOf = (type: string) => planned.resource_changes.find(({ address }) => address.startsWith(`${type}.`))!.change.after!["id"];
  Object.assign(own, { api: idOf("aws_api_gateway_rest_api"), pool: idOf("aws_cognito_user_pool") });
}, 120_000);

type Attempt = [action: string, what: string, call: (as: Clients) => Promise<unknown>];

/** What a role was refused last, and the name of the error. */
async function refusal(purpose: Purpose, call: Attempt[2]): Promise<{ action: string | undefined; error: unknown }> {
  const error: unknown = await call(clients(system.session(purpose))).catch((thrown: unknown) => (thrown as Error).name);
  const asked: Call | undefined = system.calls(purpose).at(-1);
  return { action: asked?.allowed === false ? asked.action : undefined, error };
}

const BUCKET = () => stateBucketName(system.environment());
const ROLE = () => functionRoleName(system.environment());
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/cognito-integration-demo-local-function-boundary`;
const TRUST = JSON.stringify({ Version: "2012-10-17", Statement: [] });
const EVERYTHING = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] });
const ZIP = { ZipFile: Buffer.from("not looked at") };

const PLAN_REFUSED: Attempt[] = [
  [
    "s3:PutObject",
    "write the state",
    (as) => as.s3.send(new s3.PutObjectCommand({ Bucket: BUCKET(), Key: "local/secured-api.tfstate", Body: "a" })),
  ],
  [
    "s3:DeleteObject",
    "delete the state",
    (as) => as.s3.send(new s3.DeleteObjectCommand({ Bucket: BUCKET(), Key: "local/secured-api.tfstate" })),
  ],
  [
    "s3:GetObject",
    "read the state of the roles",
    (as) => as.s3.send(new s3.GetObjectCommand({ Bucket: BUCKET(), Key: "local/github-access.tfstate" })),
  ],
  [
    "s3:PutObject",
    "write another environment's lock",
    (as) => as.s3.send(new s3.PutObjectCommand({ Bucket: BUCKET(), Key: "prod/secured-api.tfstate.tflock", Body: "a" })),
  ],
  ["s3:ListBucket", "list all states", (as) => as.s3.send(new s3.ListObjectsV2Command({ Bucket: BUCKET() }))],
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
    "cognito-idp:DescribeUserPool",
    "read another project's pool",
    (as) => as.cognito.send(new cognito.DescribeUserPoolCommand({ UserPoolId: foreign.pool })),
  ],
  [
    "logs:FilterLogEvents",
    "read log events",
    (as) => as.logs.send(new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${FUNCTION}` })),
  ],
  [
    "logs:GetLogEvents",
    "read a log stream",
    (as) => as.logs.send(new GetLogEventsCommand({ logGroupName: `/aws/lambda/${FUNCTION}`, logStreamName: "any" })),
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
  ["apigateway:GET", "read API keys", (as) => as.api.send(new GetApiKeysCommand({ includeValues: true }))],
  ["apigateway:GET", "read another project's API", (as) => as.api.send(new GetRestApiCommand({ restApiId: foreign.api }))],
  ["apigateway:DELETE", "delete the API", (as) => as.api.send(new DeleteRestApiCommand({ restApiId: own.api }))],
  ["apigateway:PATCH", "change the stage", (as) => as.api.send(new UpdateStageCommand({ restApiId: own.api, stageName: "demo" }))],
  [
    "iam:PutRolePolicy",
    "grant the function more",
    (as) => as.iam.send(new iam.PutRolePolicyCommand({ RoleName: ROLE(), PolicyName: "more", PolicyDocument: EVERYTHING })),
  ],
  [
    "iam:AttachRolePolicy",
    "grant itself more",
    (as) =>
      as.iam.send(new iam.AttachRolePolicyCommand({ RoleName: githubRoleName("plan", system.environment()), PolicyArn: ADMINISTRATOR })),
  ],
];

describe("the plan role is refused", () => {
  test.each(PLAN_REFUSED)("%s: %s", async (action, _, call) => {
    expect(await refusal("plan", call)).toEqual({ action, error: expect.stringContaining("AccessDenied") as string });
  });
});

const deployRole = () => githubRoleName("deploy", system.environment());
const createRole = (name: string, more = {}) => new iam.CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: TRUST, ...more });
const createFunction = (name: string, role: string) =>
  new lambda.CreateFunctionCommand({
    FunctionName: name,
    Role: `arn:aws:iam::${ACCOUNT}:role/${role}`,
    Code: ZIP,
    Runtime: "python3.13",
    Handler: "a.b",
  });

const DEPLOY_REFUSED: Attempt[] = [
  ["s3:CreateBucket", "make a bucket", (as) => as.s3.send(new s3.CreateBucketCommand({ Bucket: "a-third-bucket" }))],
  [
    "s3:PutObject",
    "write to another bucket",
    (as) => as.s3.send(new s3.PutObjectCommand({ Bucket: "another-bucket", Key: "a", Body: "a" })),
  ],
  [
    "s3:DeleteObject",
    "delete the state",
    (as) => as.s3.send(new s3.DeleteObjectCommand({ Bucket: BUCKET(), Key: "local/secured-api.tfstate" })),
  ],
  [
    "s3:GetObject",
    "read another environment's state",
    (as) => as.s3.send(new s3.GetObjectCommand({ Bucket: BUCKET(), Key: "prod/secured-api.tfstate" })),
  ],
  [
    "s3:PutObject",
    "write the state of the roles",
    (as) => as.s3.send(new s3.PutObjectCommand({ Bucket: BUCKET(), Key: "local/github-access.tfstate", Body: "a" })),
  ],
  ["s3:DeleteBucket", "delete the state bucket", (as) => as.s3.send(new s3.DeleteBucketCommand({ Bucket: BUCKET() }))],
  ["iam:CreateUser", "make a user of the account", (as) => as.iam.send(new iam.CreateUserCommand({ UserName: "mallory" }))],
  ["iam:CreateAccessKey", "make an access key", (as) => as.iam.send(new iam.CreateAccessKeyCommand({ UserName: "mallory" }))],
  ["iam:CreateRole", "make another role", (as) => as.iam.send(createRole("another", { PermissionsBoundary: BOUNDARY }))],
  ["iam:CreateRole", "make the function's role without its boundary", (as) => as.iam.send(createRole(ROLE()))],
  [
    "iam:CreateRole",
    "make the function's role with another boundary",
    (as) => as.iam.send(createRole(ROLE(), { PermissionsBoundary: ADMINISTRATOR })),
  ],
  [
    "iam:DeleteRolePermissionsBoundary",
    "detach the function's boundary",
    (as) => as.iam.send(new iam.DeleteRolePermissionsBoundaryCommand({ RoleName: ROLE() })),
  ],
  [
    "iam:PutRolePermissionsBoundary",
    "put a wider boundary on the function's role",
    (as) => as.iam.send(new iam.PutRolePermissionsBoundaryCommand({ RoleName: ROLE(), PermissionsBoundary: ADMINISTRATOR })),
  ],
  [
    "iam:CreatePolicyVersion",
    "write the boundary",
    (as) => as.iam.send(new iam.CreatePolicyVersionCommand({ PolicyArn: BOUNDARY, PolicyDocument: EVERYTHING, SetAsDefault: true })),
  ],
  [
    "iam:DeleteRolePermissionsBoundary",
    "detach its own boundary",
    (as) => as.iam.send(new iam.DeleteRolePermissionsBoundaryCommand({ RoleName: deployRole() })),
  ],
  [
    "iam:PutRolePolicy",
    "grant itself more",
    (as) => as.iam.send(new iam.PutRolePolicyCommand({ RoleName: deployRole(), PolicyName: "more", PolicyDocument: EVERYTHING })),
  ],
  [
    "iam:AttachRolePolicy",
    "attach a policy to the function's role",
    (as) => as.iam.send(new iam.AttachRolePolicyCommand({ RoleName: ROLE(), PolicyArn: ADMINISTRATOR })),
  ],
  [
    "iam:UpdateAssumeRolePolicy",
    "let others take on a role",
    (as) => as.iam.send(new iam.UpdateAssumeRolePolicyCommand({ RoleName: ROLE(), PolicyDocument: TRUST })),
  ],
  ["iam:PassRole", "pass another role to the function", (as) => as.lambda.send(createFunction(FUNCTION, deployRole()))],
  ["lambda:CreateFunction", "make another function", (as) => as.lambda.send(createFunction("another", ROLE()))],
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
    (as) => as.logs.send(new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${FUNCTION}` })),
  ],
  ["logs:CreateLogGroup", "make another log group", (as) => as.logs.send(new CreateLogGroupCommand({ logGroupName: "another" }))],
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
          Tags: { project: "cognito-integration-demo", environment: "local" },
        }),
      ),
  ],
  ["cognito-idp:CreateUserPool", "make a pool without tags", (as) => as.cognito.send(new cognito.CreateUserPoolCommand({ PoolName: "a" }))],
  ["apigateway:DELETE", "delete another project's API", (as) => as.api.send(new DeleteRestApiCommand({ restApiId: foreign.api }))],
  [
    "apigateway:PUT",
    "write another project's API",
    (as) => as.api.send(new PutRestApiCommand({ restApiId: foreign.api, body: Buffer.from("{}") })),
  ],
  [
    "apigateway:PUT",
    "make another project's API its own",
    (as) =>
      as.api.send(
        new TagApiCommand({
          resourceArn: `arn:aws:apigateway:eu-central-1::/restapis/${foreign.api}`,
          tags: { project: "cognito-integration-demo", environment: "local" },
        }),
      ),
  ],
  ["apigateway:POST", "make an API without tags", (as) => as.api.send(new CreateRestApiCommand({ name: "a" }))],
  ["apigateway:POST", "make an API key", (as) => as.api.send(new CreateApiKeyCommand({ name: "a" }))],
];

describe("the deploy role is refused", () => {
  test.each(DEPLOY_REFUSED)("%s: %s", async (action, _, call) => {
    expect(await refusal("deploy", call)).toEqual({ action, error: expect.stringContaining("AccessDenied") as string });
  });

  test("whatever lies beyond its boundary, even when somebody made it administrator", async () => {
    const root = clients(system.emulator.credentials).iam;
    const administrator = { RoleName: deployRole(), PolicyArn: ADMINISTRATOR };
    await root.send(new iam.AttachRolePolicyCommand(administrator));
    try {
      const asked = await refusal("deploy", (as) => as.iam.send(new iam.CreateUserCommand({ UserName: "mallory" })));
      expect(asked).toEqual({ action: "iam:CreateUser", error: expect.stringContaining("AccessDenied") as string });
    } finally {
      await root.send(new iam.DetachRolePolicyCommand(administrator));
    }
  });
});

/** Changes that no setting makes: one of each kind of resource that Terraform changes in place. */
function changeInPlace(stack: SecuredApiStack): void {
  const changes: Record<string, Record<string, unknown>> = {
    aws_lambda_function: { memory_size: 256, source_code_hash: "another" },
    aws_iam_role: { description: "another" },
    aws_cognito_user_pool: { "password_policy.minimum_length": 14 },
  };
  for (const resource of stack.node.findAll().filter((construct) => TerraformResource.isTerraformResource(construct))) {
    for (const [path, value] of Object.entries(changes[resource.terraformResourceType] ?? {})) {
      resource.addOverride(path, value);
    }
  }
}

test("what the plan role planned for a pull request is what the deploy role applies after the merge, or it stops", async () => {
  const github = new FakeGithub();
  await github.start();
  try {
    const repository = new Repository(REPOSITORY, TOKEN, github.url);
    const COMMIT = "c0ffee";
    const make = (purpose: Purpose) =>
      makePlan({
        environment: "local",
        commit: COMMIT,
        terraform: system.as(purpose),
        review: () => Promise.resolve({ passed: true, markdown: "The review." }),
        folder: system.folder,
      });
    const deploy = async () => applyReviewedPlan({ report: await make("deploy"), terraform: system.as("deploy"), repository });

    system.synthesize(
      {
        logRetentionDays: 3,
        tokenHeader: "X-Token",
        throttling: { requestsPerSecond: 20, burst: 40 },
        signIn: { accessTokenMinutes: 30 },
      },
      changeInPlace,
    );
    const reviewed = await make("plan");
    await repository.putComment(7, marker("plan", "local"), commentBody(reviewed));
    github.pulls[COMMIT] = [{ number: 7, merged_at: "2026-11-24T00:00:00Z", merge_commit_sha: COMMIT }];
    const updated = Object.entries(reviewed.fingerprint.changes).filter(([, change]) => change.startsWith("update "));
    expect(updated.map(([address]) => address.split(".")[0])).toEqual(
      expect.arrayContaining([
        "aws_api_gateway_authorizer",
        "aws_api_gateway_method_settings",
        "aws_cloudwatch_log_group",
        "aws_cognito_user_pool",
        "aws_cognito_user_pool_client",
        "aws_iam_role",
        "aws_lambda_function",
      ]),
    );

    const root = clients(system.emulator.credentials).logs;
    const retention = (days: number) =>
      root.send(new PutRetentionPolicyCommand({ logGroupName: `/aws/lambda/${FUNCTION}`, retentionInDays: days }));
    await retention(5);
    await expect(deploy()).rejects.toThrow(/not the one that was reviewed.*aws_cloudwatch_log_group\.\S+: update, but with other values/s);
    await retention(30);
    await expect(deploy()).resolves.toContain("applied the plan");
  } finally {
    await github.stop();
  }
}, 180_000);

test("the deploy role takes everything away", async () => {
  const terraform = system.as("deploy");
  await terraform.plan("destroy");
  await terraform.apply();
  const root = clients(system.emulator.credentials);
  expect((await root.lambda.send(new lambda.ListFunctionsCommand())).Functions).toEqual([]);
}, 120_000);

describe.each<Purpose>(["plan", "deploy"])("the actions of the %s role", (purpose) => {
  /** What AWS lets everybody do, whatever the policies say. */
  const FOR_EVERYBODY = "sts:GetCallerIdentity";
  const called = () =>
    new Set(system.calls(purpose).flatMap(({ action, allowed }) => (allowed && action !== FOR_EVERYBODY ? [action] : [])));
  const actions = () => githubRoleStatements(purpose, system.environment()).flatMap((statement) => statement.actions);

  test("are those that were called, and those that have a reason not to be", () => {
    const withoutReason = actions().filter((action) => typeof action === "string");
    expect([...called()].sort()).toEqual([...new Set(withoutReason)].sort());
  });

  test("have a reason only where they were not called", () => {
    const excused = actions().filter((action) => typeof action !== "string");
    const alsoPlain = new Set(actions().filter((action) => typeof action === "string"));
    expect(excused.map(actionName).filter((name) => called().has(name) && !alsoPlain.has(name))).toEqual([]);
  });
});
