/** The two roles of GitHub Actions at work: what each does, and what each is refused. On an emulator of its own. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { CreateRestApiCommand } from "@aws-sdk/client-api-gateway";
import { PutRetentionPolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import * as cognito from "@aws-sdk/client-cognito-identity-provider";
import * as iam from "@aws-sdk/client-iam";
import { CreateKeyCommand } from "@aws-sdk/client-kms";
import * as lambda from "@aws-sdk/client-lambda";
import * as s3 from "@aws-sdk/client-s3";
import { fingerprintIn } from "../../ci/report";
import type { EnvironmentSettings } from "../../config/environment";
import { project } from "../../config/project";
import { actionName, githubRoleStatements, type Purpose } from "../../stacks/github-access";
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
import { Checkout, type Result } from "../support/checkout";
import { type Call, GithubAccessSystem, SETTINGS, SUBJECTS } from "./github-access-system";

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
  const tags = Object.entries({ project: project.name, environment: "local", stack: "state-backend" });
  const stateKey = new CreateKeyCommand({ Tags: tags.map(([TagKey, TagValue]) => ({ TagKey, TagValue })) });
  foreign.stateKey = (await root.kms.send(stateKey)).KeyMetadata!.KeyId!;
  foreign.pool = (await root.cognito.send(new cognito.CreateUserPoolCommand({ PoolName: "another" }))).UserPool!.Id!;
});

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
});

test("the plan role plans, and finds nothing to do", async () => {
  const planned = JSON.parse(await system.as("plan").plan()) as Plan;
  const changes = planned.resource_changes.filter(({ change }) => change.actions.join() !== "no-op");
  // The emulator reads metric alarms back empty, so each plan would write them again.
  expect(changes.filter(({ address }) => !address.startsWith("aws_cloudwatch_metric_alarm."))).toEqual([]);
  const idOf = (type: string) => planned.resource_changes.find(({ address }) => address.startsWith(`${type}.`))!.change.after!["id"];
  Object.assign(own, { api: idOf("aws_api_gateway_rest_api"), pool: idOf("aws_cognito_user_pool") });
});

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

describe("the way of a pull request, in the commands of the workflows and the two roles", () => {
  const github = new FakeGithub();
  let job: Checkout;

  beforeAll(async () => {
    await github.start();
    job = new Checkout("pull-request");
    configure({});
  });
  afterAll(async () => {
    job.remove();
    await github.stop();
  });

  const file = (name: string) => path.join(job.folder, name);
  function edit(name: string, from: string, to: string): void {
    const text = readFileSync(file(name), "utf8");
    expect(text).toContain(from);
    writeFileSync(file(name), text.replace(from, to));
  }

  /** Gives the environment `local` these settings, beside those that it was deployed with. */
  function configure(changed: Partial<EnvironmentSettings>): void {
    const settings = { ...SETTINGS, emulator: system.emulatorPorts(), ...changed };
    const source = [
      'import { loadEnvironments } from "./load-environments";',
      `const local = ${JSON.stringify(settings)} as const;`,
      "const elsewhere = { account: '111111111111', region: 'eu-central-1' } as const;",
      "export const environments = loadEnvironments({ local, dev: elsewhere, prod: { ...elsewhere, account: '222222222222' } });",
    ];
    writeFileSync(file("config/environments.ts"), source.join("\n"));
  }

  function run(script: string, purpose: Purpose, commit: string): Promise<Result> {
    return job.npm(script, ["local"], {
      ...system.jobEnvironment(system.session(purpose)),
      GITHUB_REPOSITORY: REPOSITORY,
      GITHUB_TOKEN: TOKEN,
      GITHUB_API_URL: github.url,
      GITHUB_SHA: commit,
      PULL_REQUEST: "7",
    });
  }

  const comment = () => github.comments.find(({ issue }) => issue === 7)?.body ?? "";
  const HEAD = "beef";
  const MERGE = "c0ffee";

  test("a change of many kinds passes the review, and its comment says what it changes", async () => {
    configure({
      logRetentionDays: 3,
      tokenHeader: "X-Token",
      throttling: { requestsPerSecond: 20, burst: 40 },
      signIn: { accessTokenMinutes: 30 },
      users: { ...SETTINGS.users, minimumPasswordLength: 14 },
      firewall: { requestsPerAddress: 500 },
    });
    edit(
      "stacks/secured-api/index.ts",
      "    // Beyond the tutorial",
      `    users.addResourceServer({ identifier: "sample", scopes: { read: "Read samples" } });
    this.addFunction("sample", {
      sourceFolder: "lambda-src",
      handler: "handler.lambda_handler",
      reservedConcurrency: 5,
      asynchronous: { deadLetterQueueArn: "arn:aws:sqs:eu-central-1:000000000000:lost" },
    });
    // Beyond the tutorial`,
    );
    edit("lambda-src/handler.py", "def lambda_handler", "# Changed.\ndef lambda_handler");
    edit("stacks/secured-api/backend-function.ts", "props.memoryMegabytes ?? 128", "props.memoryMegabytes ?? 256");
    edit("stacks/secured-api/backend-function.ts", "`What the function", "`All that the function");
    const planned = await run("ci:plan", "plan", HEAD);
    expect(planned).toEqual({ code: 0, output: expect.stringContaining("Every rule is kept.") as string });
    expect(await run("ci:comment", "plan", HEAD)).toEqual({ code: 0, output: "" });
    expect(comment().split("\n")[0]).toBe("<!-- plan of local -->");
    for (const text of [
      "Every rule is kept.",
      "token header: `method.request.header.Token` → `method.request.header.X-Token`",
      "shortest password: `12` → `14`",
      `Planned at ${HEAD}. Merging deploys exactly this plan, or nothing`,
    ]) {
      expect(comment()).toContain(text);
    }
    const changes = Object.entries(fingerprintIn(comment())?.changes ?? {});
    expect(changes.filter(([, change]) => change.startsWith("update ")).map(([address]) => address.split(".")[0])).toEqual(
      expect.arrayContaining([
        "aws_api_gateway_authorizer",
        "aws_api_gateway_method_settings",
        "aws_cloudwatch_log_group",
        "aws_cognito_user_pool",
        "aws_cognito_user_pool_client",
        "aws_iam_role",
        "aws_lambda_function",
        "aws_wafv2_web_acl",
      ]),
    );
    expect(changes.filter(([, change]) => change.startsWith("create ")).map(([address]) => address.split(".")[0])).toEqual(
      expect.arrayContaining([
        "aws_cognito_resource_server",
        "aws_iam_role",
        "aws_lambda_function",
        "aws_lambda_function_event_invoke_config",
      ]),
    );
  });

  test("after the merge, a state that moved in between stops the deployment, which names it; then the reviewed plan is applied", async () => {
    github.pulls[MERGE] = [{ number: 7, merged_at: "2026-11-24T00:00:00Z", merge_commit_sha: MERGE }];
    const root = clients(system.emulator.url, system.emulator.credentials);
    const retention = (days: number) =>
      root.logs.send(new PutRetentionPolicyCommand({ logGroupName: `/aws/lambda/${FUNCTION}`, retentionInDays: days }));
    await retention(5);
    const stopped = await run("ci:deploy", "deploy", MERGE);
    expect(stopped.code).toBe(1);
    expect(stopped.output).toContain("local: the plan is not the one that was reviewed. Nothing is applied.");
    expect(stopped.output).toMatch(/^ {2}aws_cloudwatch_log_group\.\S+: update, but with other values$/m);
    await retention(30);
    const deployed = await run("ci:deploy", "deploy", MERGE);
    expect(deployed).toEqual({ code: 0, output: expect.stringMatching(/^local: applied the plan [0-9a-f]{64}\.$/m) as string });
    const { Functions } = await root.lambda.send(new lambda.ListFunctionsCommand());
    expect(Functions?.map(({ FunctionName }) => FunctionName).sort()).toEqual(expect.arrayContaining([FUNCTION, `${FUNCTION}-sample`]));
  });

  test("a pull request that opens a route fails, and its comment names the rule", async () => {
    edit(
      "stacks/secured-api/index.ts",
      "    // Beyond the tutorial",
      '    api.addRoute({ method: "GET", path: "/open", target: backend, public: "Nobody said so." });\n    // Beyond the tutorial',
    );
    const planned = await run("ci:plan", "plan", HEAD);
    expect(planned).toEqual({ code: 1, output: expect.stringContaining("**One rule fails: `no-undeclared-public-route`**") as string });
    await run("ci:comment", "plan", HEAD);
    expect(comment()).toContain("**fails:** `GET /open` answers everybody");
    expect(github.comments.filter(({ issue }) => issue === 7)).toHaveLength(1);
  });
});

test("the deploy role takes everything away", async () => {
  const terraform = system.as("deploy");
  await terraform.plan("destroy");
  await terraform.apply();
  const root = clients(system.emulator.url, system.emulator.credentials);
  expect((await root.lambda.send(new lambda.ListFunctionsCommand())).Functions).toEqual([]);
});

describe.each<Purpose>(["plan", "deploy"])("the actions of the %s role", (purpose) => {
  /** What AWS lets everybody do, whatever the policies say. */
  const FOR_EVERYBODY = "sts:GetCallerIdentity";
  const called = () =>
    new Set(system.calls(purpose).flatMap(({ action, allowed }) => (allowed && action !== FOR_EVERYBODY ? [action] : [])));
  const actions = () =>
    [purpose, "read" as const]
      .flatMap((which) => githubRoleStatements(which, system.environment()))
      .flatMap((statement) => statement.actions);

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
