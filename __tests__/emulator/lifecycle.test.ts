/** A deployment from its first plan to its last: on an emulator of its own, because it takes everything away at the end. */
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { APIGatewayClient, GetRestApisCommand } from "@aws-sdk/client-api-gateway";
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CognitoIdentityProviderClient, ListUserPoolsCommand } from "@aws-sdk/client-cognito-identity-provider";
import { IAMClient, ListRolesCommand } from "@aws-sdk/client-iam";
import { LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { environments } from "../../config/environments";
import { LocalSystem } from "../../local/local-system";
import { terraformProgram } from "../../local/prerequisites";
import { stateBucketName } from "../../stacks/environment-stack";

const run = promisify(execFile);
const folder = ".local/lifecycle";
const stackFolder = path.join(folder, "cdktf.out", "stacks", "secured-api-local");
const stackFile = path.join(stackFolder, "cdk.tf.json");
const system = new LocalSystem({ environment: environments.local, folder, signal: new AbortController().signal });

interface PlannedChange {
  readonly address: string;
  readonly actions: readonly string[];
}

/** What Terraform would do with the stack as it lies in the folder. */
async function plannedChanges(): Promise<PlannedChange[]> {
  const terraform = (...args: string[]) => run(terraformProgram(), args, { cwd: stackFolder, env: system.env, maxBuffer: 64 << 20 });
  await terraform("plan", "-input=false", "-lock=false", "-out=plan.bin");
  const { stdout } = await terraform("show", "-json", "plan.bin");
  const plan = JSON.parse(stdout) as { resource_changes: { address: string; change: { actions: string[] } }[] };
  return plan.resource_changes
    .map(({ address, change: { actions } }) => ({ address: address.replace(/_[0-9A-F]{8}$/, ""), actions }))
    .filter(({ actions }) => actions.join() !== "no-op");
}

type StackJson = { resource: Record<string, Record<string, Record<string, unknown>>> };

/** The plan after an edit of the synthesized stack, which is put back afterwards. */
async function changesAfter(edit: (resources: StackJson["resource"]) => void): Promise<PlannedChange[]> {
  const original = readFileSync(stackFile, "utf8");
  try {
    const json = JSON.parse(original) as StackJson;
    edit(json.resource);
    writeFileSync(stackFile, JSON.stringify(json));
    return await plannedChanges();
  } finally {
    writeFileSync(stackFile, original);
  }
}

const theOnly = (resources: Record<string, Record<string, unknown>> | undefined) => Object.values(resources ?? {})[0]!;

beforeAll(async () => {
  for (const step of system.steps) {
    await step.run(() => undefined);
  }
});

afterAll(() => system.stop());

test("the plan after the apply is empty", async () => {
  expect(await plannedChanges()).toEqual([]);
});

test("a second deploy changes nothing", async () => {
  const output = await system.cdktf("deploy");
  expect(output).toContain("No changes. Your infrastructure matches the configuration.");
});

test("a new deployment is due when a value changes behind the same expression: the user pool is replaced", async () => {
  const changes = await changesAfter((resources) => {
    theOnly(resources["aws_cognito_user_pool"])["username_configuration"] = { case_sensitive: true };
  });
  expect(changes).toEqual(
    expect.arrayContaining([
      { address: "aws_cognito_user_pool.users_pool", actions: ["create", "delete"] },
      { address: "aws_api_gateway_authorizer.api_authorizer", actions: ["update"] },
      { address: "aws_api_gateway_deployment.api_deployment", actions: ["create", "delete"] },
      { address: "aws_api_gateway_stage.api_stage", actions: ["update"] },
    ]),
  );
});

test("no new deployment is due for what the API does not answer differently: its description, its tags, the function's code", async () => {
  const changes = await changesAfter((resources) => {
    theOnly(resources["aws_api_gateway_rest_api"])["description"] = "another";
    theOnly(resources["aws_api_gateway_rest_api"])["tags"] = { owner: "another" };
    theOnly(resources["aws_lambda_function"])["memory_size"] = 256;
  });
  expect(changes).toEqual([
    { address: "aws_api_gateway_rest_api.api_rest-api", actions: ["update"] },
    { address: "aws_lambda_function.backend-function", actions: ["update"] },
  ]);
});

test("the state is in S3, without a lock", async () => {
  expect(await objectsInStateBucket()).toEqual(["local/secured-api.tfstate"]);
});

test("destroy leaves nothing", async () => {
  await system.cdktf("destroy");
  const options = { region: environments.local.region, endpoint: system.emulator.url, credentials: system.emulator.credentials };
  expect({
    apis: (await new APIGatewayClient(options).send(new GetRestApisCommand())).items ?? [],
    functions: (await new LambdaClient(options).send(new ListFunctionsCommand())).Functions,
    roles: (await new IAMClient(options).send(new ListRolesCommand())).Roles,
    logGroups: (await new CloudWatchLogsClient(options).send(new DescribeLogGroupsCommand())).logGroups,
    userPools: (await new CognitoIdentityProviderClient(options).send(new ListUserPoolsCommand({ MaxResults: 60 }))).UserPools,
    state: (await state()).resources,
    objects: await objectsInStateBucket(),
  }).toEqual({ apis: [], functions: [], roles: [], logGroups: [], userPools: [], state: [], objects: ["local/secured-api.tfstate"] });
});

function s3(): S3Client {
  return new S3Client({
    region: environments.local.region,
    endpoint: system.emulator.url,
    credentials: system.emulator.credentials,
    forcePathStyle: true,
  });
}

async function objectsInStateBucket() {
  const { Contents } = await s3().send(new ListObjectsV2Command({ Bucket: stateBucketName(environments.local) }));
  return (Contents ?? []).map(({ Key }) => Key);
}

async function state() {
  const { Body } = await s3().send(new GetObjectCommand({ Bucket: stateBucketName(environments.local), Key: "local/secured-api.tfstate" }));
  return JSON.parse(await Body!.transformToString()) as { resources: unknown[] };
}
