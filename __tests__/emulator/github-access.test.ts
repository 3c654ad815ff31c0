/** The two roles of GitHub Actions at work: what each does, and what each is refused. On an emulator of its own. */
import { CreateRestApiCommand } from "@aws-sdk/client-api-gateway";
import { PutRetentionPolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import * as cognito from "@aws-sdk/client-cognito-identity-provider";
import * as iam from "@aws-sdk/client-iam";
import * as lambda from "@aws-sdk/client-lambda";
import * as s3 from "@aws-sdk/client-s3";
import { TerraformResource } from "cdktf";
import { applyReviewedPlan } from "../../ci/apply-reviewed-plan";
import { Repository } from "../../ci/github";
import { makePlan } from "../../ci/make-plan";
import { commentBody, marker } from "../../ci/report";
import { actionName, githubRoleStatements, type Purpose } from "../../stacks/github-access";
import type { SecuredApiStack } from "../../stacks/secured-api";
import {
  ADMINISTRATOR,
  type Attempt,
  clients,
  DEPLOY_REFUSED,
  DEPLOY_ROLE,
  foreign,
  FUNCTION,
  own,
  PLAN_REFUSED,
} from "./github-access-attempts";
import { FakeGithub, REPOSITORY, TOKEN } from "../ci/fake-github";
import { type Call, GithubAccessSystem, SUBJECTS } from "./github-access-system";

const system = new GithubAccessSystem();
interface Plan {
  readonly resource_changes: readonly { address: string; change: { actions: string[]; after: Record<string, unknown> | null } }[];
}

const started = Date.now();

beforeAll(async () => {
  await system.start();
  const root = clients(system.emulator.url, system.emulator.credentials);
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

/** What a role was refused last, and the name of the error. */
async function refusal(purpose: Purpose, call: Attempt[2]): Promise<{ action: string | undefined; error: unknown }> {
  const error: unknown = await call(clients(system.emulator.url, system.session(purpose))).catch(
    (thrown: unknown) => (thrown as Error).name,
  );
  const asked: Call | undefined = system.calls(purpose).at(-1);
  return { action: asked?.allowed === false ? asked.action : undefined, error };
}

describe("the plan role is refused", () => {
  test.each(PLAN_REFUSED)("%s: %s", async (action, _, call) => {
    expect(await refusal("plan", call)).toEqual({ action, error: expect.stringContaining("AccessDenied") as string });
  });
});

describe("the deploy role is refused", () => {
  test.each(DEPLOY_REFUSED)("%s: %s", async (action, _, call) => {
    expect(await refusal("deploy", call)).toEqual({ action, error: expect.stringContaining("AccessDenied") as string });
  });

  test("whatever lies beyond its boundary, even when somebody made it administrator", async () => {
    const root = clients(system.emulator.url, system.emulator.credentials).iam;
    const administrator = { RoleName: DEPLOY_ROLE, PolicyArn: ADMINISTRATOR };
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

    const root = clients(system.emulator.url, system.emulator.credentials).logs;
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
  const root = clients(system.emulator.url, system.emulator.credentials);
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
