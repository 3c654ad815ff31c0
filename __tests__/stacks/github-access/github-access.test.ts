import { App, Testing } from "cdktf";
import type { Environment, EnvironmentSettings } from "../../../config/environment";
import { loadEnvironments } from "../../../config/load-environments";
import { actionName, githubAccess, GithubAccessStack, githubRoleStatements } from "../../../stacks/github-access";
import { environments } from "../../support/environments";
import { EVERYTHING_ON } from "../../support/everything-on";
import { SETTINGS } from "../../support/settings";
import { only, securedApi, synthesized, type TerraformJson } from "../../support/synthesized";

type Settings = Partial<EnvironmentSettings>;
type Github = NonNullable<EnvironmentSettings["github"]>;

const GITHUB = {
  planSubjects: ["repo:octo-org/octo-repo:pull_request", "repo:octo-org@123/octo-repo@456:pull_request"],
  deploySubjects: ["repo:octo-org/octo-repo:environment:test"],
} satisfies Github;

const CERTIFICATE = "certificate/01234567-89ab-cdef-0123-456789abcdef";

/** Every optional part at once. */
const EVERYTHING: Settings = {
  ...EVERYTHING_ON,
  users: {
    ...EVERYTHING_ON.users,
    emailSender: { from: "a@example.com", identityArn: "arn:aws:ses:eu-central-1:111111111111:identity/example.com" },
  },
  customDomains: {
    api: { name: "api.example.com", certificateArn: `arn:aws:acm:eu-central-1:111111111111:${CERTIFICATE}` },
    loginPages: { name: "login.example.com", certificateArn: `arn:aws:acm:us-east-1:111111111111:${CERTIFICATE}` },
  },
};

const environment = (settings: Settings = {}) => loadEnvironments({ test: { ...SETTINGS, github: GITHUB, ...settings } }).test;
const app = () => Testing.stubVersion(new App({ stackTraces: false, outdir: Testing.app().outdir }));

function jsonOf(one: Environment): TerraformJson {
  return JSON.parse(Testing.synth(new GithubAccessStack(app(), one), true)) as TerraformJson;
}
const json = (settings: Settings = {}) => jsonOf(environment(settings));

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string[];
  readonly Resource: string[];
  readonly Condition?: Record<string, Record<string, string | string[]>>;
}

const named = (type: string, name: string, of = json()) =>
  Object.values(of.resource[type] ?? {}).find((config) => config["name"] === `cognito-integration-demo-test-${name}`)!;
const parsed = (config: Record<string, unknown>) => (JSON.parse(config["policy"] as string) as { Statement: Statement[] }).Statement;
/** What the managed policy of a name allows, or what a role is allowed by its own policy and the one that both have. */
const statements = (name: string, of = json()) =>
  /boundary|read/.test(name)
    ? parsed(named("aws_iam_policy", name, of))
    : [
        ...parsed(named("aws_iam_policy", "read", of)),
        ...parsed(Object.entries(of.resource["aws_iam_role_policy"]!).find(([id]) => id.startsWith(`${name}_permissions_`))![1]),
      ];
const statement = (name: string, sid: string) => statements(name).find((candidate) => candidate.Sid === sid)!;

test("an environment without the setting has no such stack, and its function no boundary", () => {
  const { test: without } = loadEnvironments({ test: SETTINGS });
  expect(githubAccess(app(), without)).toBeUndefined();
  expect(() => new GithubAccessStack(app(), without)).toThrow("config/environments.ts: test.github is missing");
  expect(only(synthesized(), "aws_iam_role", "backend-function_")).not.toHaveProperty("permissions_boundary");
});

test("makes one provider, two roles and four policies, and nothing else", () => {
  const counts = Object.entries(json().resource).map(([type, resources]) => [type, Object.keys(resources).length]);
  expect(Object.fromEntries(counts)).toEqual({
    aws_iam_openid_connect_provider: 1,
    aws_iam_policy: 4,
    aws_iam_role: 2,
    aws_iam_role_policy: 2,
    aws_iam_role_policy_attachment: 2,
  });
  expect(json().data).toBeUndefined();
});

test.each<[string, readonly string[]]>([
  ["plan", GITHUB.planSubjects],
  ["deploy", GITHUB.deploySubjects],
])("the %s role trusts GitHub's tokens with the right audience and one of the subjects, letter by letter", (purpose, subjects) => {
  const { assume_role_policy: trust, max_session_duration: seconds } = named("aws_iam_role", purpose);
  expect(JSON.parse(trust as string)).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: "${aws_iam_openid_connect_provider.provider.arn}" },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": subjects,
          },
        },
      },
    ],
  });
  expect(seconds).toBe(3_600);
});

test("an account that trusts GitHub already keeps its provider, known by its ARN", () => {
  const existing = json({ github: { ...GITHUB, oidcProvider: "existing" } });
  expect(existing.resource["aws_iam_openid_connect_provider"]).toBeUndefined();
  expect(named("aws_iam_role", "plan", existing)["assume_role_policy"]).toContain(
    '"arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"',
  );
});

test.each(["plan", "deploy"])("the %s role has its boundary, which allows what it does and no other action", (purpose) => {
  expect(named("aws_iam_role", purpose)["permissions_boundary"]).toMatch(/^\$\{aws_iam_policy\.(plan|deploy)_boundary_\w+\.arn\}$/);
  expect(named("aws_iam_role", purpose)["permissions_boundary"]).toContain(`.${purpose}_boundary_`);
  const pairs = (name: string) =>
    statements(name).flatMap(({ Action, Resource }) => Action.flatMap((action) => Resource.map((resource) => `${action} ${resource}`)));
  const bounds = pairs(`${purpose}-boundary`);
  const isBounded = (pair: string) =>
    bounds.some((bound) => bound === pair || (bound.endsWith("*") && pair.startsWith(bound.slice(0, -1))));
  expect(pairs(purpose).filter((pair) => !isBounded(pair))).toEqual([]);
  const actions = (name: string) => new Set(statements(name).flatMap(({ Action }) => Action));
  expect(actions(`${purpose}-boundary`)).toEqual(actions(purpose));
});

test("the boundary of the deploy role keeps the conditions on IAM", () => {
  // Statements on the same roles under the same condition are one there.
  const onIam = (name: string) =>
    statements(name)
      .flatMap(({ Action, Resource, Condition }) => Action.map((action) => JSON.stringify([action, Resource, Condition])))
      .filter((text) => text.startsWith('["iam:'))
      .sort();
  expect(onIam("deploy").length).toBeGreaterThan(10);
  expect(onIam("deploy-boundary")).toEqual(onIam("deploy"));
});

describe.each(["plan", "deploy", "plan-boundary", "deploy-boundary", "function-boundary"])("the policy %s", (name) => {
  test("only allows, and names each action", () => {
    for (const { Effect, Action } of statements(name)) {
      expect(Effect).toBe("Allow");
      for (const action of Action) {
        expect(action).toMatch(/^[a-z0-9-]+:[A-Za-z]+$/);
      }
    }
  });

  test("touches only the environment's account and Region", () => {
    for (const arn of statements(name).flatMap(({ Resource }) => Resource)) {
      expect(arn).toMatch(
        /^(?:\*|arn:aws:(?:s3:::.*-111111111111-eu-central-1|iam::111111111111:|apigateway:eu-central-1::|[a-z-]+:eu-central-1:111111111111:).*)$/,
      );
    }
  });
});

describe("IAM's limits", () => {
  const size = (config: Record<string, unknown>) => (config["policy"] as string).length;
  const sizes = (of: TerraformJson) => ({
    managed: Math.max(...Object.values(of.resource["aws_iam_policy"]!).map(size)),
    ofRole: Math.max(...Object.values(of.resource["aws_iam_role_policy"]!).map(size)),
  });

  test.each<[string, Environment]>([
    ["the longest names, all optional parts off", environment({ names: { function: "f".repeat(49), api: "a".repeat(128) } })],
    ["all optional parts on", environment(EVERYTHING)],
    ["prod as the project comes with it", { ...environments.prod, github: { ...GITHUB, oidcProvider: "create", functionBoundary: [] } }],
  ])("are kept: %s", (_, one) => {
    const { managed, ofRole } = sizes(jsonOf(one));
    expect(managed).toBeLessThanOrEqual(6_144);
    expect(ofRole).toBeLessThanOrEqual(10_240);
  });

  test("stop the synthesis where they are not kept", () => {
    expect(() => json({ ...EVERYTHING, names: { api: "a".repeat(128) } })).toThrow(
      /^The (?:policy|boundary) of cognito-integration-demo-test-deploy has \d+ characters, and IAM takes (?:6144|10240)\. Shorten/,
    );
  });
});

test.each(["plan", "deploy"])("the %s role's policy names its resources, and holds those without a name by their tags", (name) => {
  const unnamed = statements(name).filter(({ Resource, Condition }) => Resource.includes("*") && !Condition);
  expect(unnamed.flatMap(({ Action }) => Action)).toEqual(["cognito-idp:DescribeUserPoolDomain"]); // Cognito knows no resource for it
  const anyOfItsKind = statements(name).filter(({ Resource }) => Resource.some((arn) => /(?:restapis|%2F|userpool|key)\/?\*$/.test(arn)));
  expect(anyOfItsKind.length).toBeGreaterThan(2);
  expect(anyOfItsKind.filter(({ Condition }) => !Condition).map(({ Sid }) => Sid)).toEqual([]);
});

test("the plan role reads the project and writes the lock file, and that is all", () => {
  const writes = statements("plan").filter(({ Action }) => Action.some((action) => !/:(?:Get|List|Describe|GET)/.test(action)));
  expect(writes).toEqual([
    {
      Sid: "StateLock",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      Resource: ["arn:aws:s3:::cognito-integration-demo-state-111111111111-eu-central-1/test/secured-api.tfstate.tflock"],
    },
    {
      Sid: "StateKey",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"], // what encrypting and reading the lock file takes
      Resource: ["arn:aws:kms:eu-central-1:111111111111:key/*"],
      Condition: {
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/cognito-integration-demo-state-111111111111-eu-central-1" },
      },
    },
  ]);
});

test.each(["plan", "deploy"])("the %s role reaches no user, no secret and no log event", (purpose) => {
  const actions = statements(purpose).flatMap(({ Action }) => Action);
  expect(actions.filter((action) => /Admin|ListUsers|LogEvents|LogStream|:Invoke|secretsmanager|ssm|ses:/.test(action))).toEqual([]);
});

test("the deploy role makes the function's role with its boundary only, and passes it to Lambda only", () => {
  const role = ["arn:aws:iam::111111111111:role/testing-*eu-central-1"];
  expect(statement("deploy", "WriteBoundedRole")).toEqual({
    Sid: "WriteBoundedRole",
    Effect: "Allow",
    Action: ["iam:CreateRole", "iam:PutRolePolicy", "iam:PutRolePermissionsBoundary"],
    Resource: role,
    Condition: {
      StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::111111111111:policy/cognito-integration-demo-test-function-boundary" },
    },
  });
  expect(statement("deploy", "PassRoleToFunction")).toEqual({
    Sid: "PassRoleToFunction",
    Effect: "Allow",
    Action: ["iam:PassRole"],
    Resource: role,
    Condition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
  });
  const onIam = statements("deploy").filter(({ Action }) => Action.some((action) => action.startsWith("iam:")));
  expect(new Set(onIam.flatMap(({ Resource }) => Resource))).toEqual(new Set(role));
});

test("nobody here may take a boundary away, write a policy or change who is trusted", () => {
  const actions = statements("deploy").flatMap(({ Action }) => Action);
  const FORBIDDEN = /DeleteRolePermissionsBoundary|PolicyVersion|(?:Create|Delete)Policy|:Attach|UpdateAssumeRolePolicy|User$|AccessKey/;
  expect(actions.filter((action) => action.startsWith("iam:") && FORBIDDEN.test(action))).toEqual([]);
});

test("the function's role carries the boundary that the deploy role must give it", () => {
  const role = only(synthesized(securedApi({ github: GITHUB })), "aws_iam_role", "backend-function_");
  expect(role["permissions_boundary"]).toBe("arn:aws:iam::111111111111:policy/cognito-integration-demo-test-function-boundary");
  expect(role["name"]).toBe("testing-eu-central-1");
});

test("the boundary lets the function do what its own policy does", () => {
  const policy = only(synthesized(securedApi({ github: GITHUB })), "aws_iam_role_policy", "backend-function_")["policy"] as string;
  const [allowed] = (JSON.parse(policy) as { Statement: Statement[] }).Statement;
  const [logs, traces, ...others] = statements("function-boundary");
  expect(logs!.Action).toEqual(allowed!.Action);
  expect(logs!.Resource).toEqual([
    "arn:aws:logs:eu-central-1:111111111111:log-group:/aws/lambda/testing:*",
    "arn:aws:logs:eu-central-1:111111111111:log-group:/aws/lambda/testing-*:*",
  ]);
  expect(traces!.Action).toEqual(["xray:PutTelemetryRecords", "xray:PutTraceSegments"]);
  expect(others).toEqual([]);
});

test("the setting functionBoundary widens what functions can be allowed, and nothing else", () => {
  const functionBoundary = [{ actions: ["dynamodb:GetItem"], resources: ["arn:aws:dynamodb:eu-central-1:111111111111:table/orders"] }];
  const [wide, narrow] = [json({ github: { ...GITHUB, functionBoundary } }), json()];
  expect(statements("function-boundary", wide)).toEqual([
    ...statements("function-boundary", narrow),
    { Sid: "Own1", Effect: "Allow", Action: ["dynamodb:GetItem"], Resource: ["arn:aws:dynamodb:eu-central-1:111111111111:table/orders"] },
  ]);
  for (const name of ["plan", "deploy", "plan-boundary", "deploy-boundary"]) {
    expect(statements(name, wide)).toEqual(statements(name, narrow));
  }
});

test("what is made and what is touched carries the environment's own tags", () => {
  const own = { project: "cognito-integration-demo", environment: "test", stack: "secured-api" };
  const tags = (key: string) => Object.fromEntries(Object.entries(own).map(([name, value]) => [`${key}/${name}`, value]));
  for (const sid of ["CreateApi", "CreateUserPool"]) {
    expect(statement("deploy", sid).Condition).toEqual({ StringEquals: tags("aws:RequestTag") });
  }
  for (const sid of ["ReadApi", "WriteApi", "UntagApi", "ReadUserPool", "WriteUserPool"]) {
    expect(statement("deploy", sid).Condition).toEqual({ StringEquals: tags("aws:ResourceTag") });
  }
  expect(statement("deploy", "TagApi").Condition).toEqual({
    StringEquals: tags("aws:RequestTag"),
    StringEqualsIfExists: tags("aws:ResourceTag"),
  });
  const { default_tags } = synthesized().provider.aws[0]!;
  expect((default_tags as { tags: Record<string, string> }[])[0]!.tags).toMatchObject(own);
});

test.each<[observability: Settings["observability"], mayChangeKey: boolean]>([
  [{ executionLog: "ERROR", encryptLogs: true }, true],
  [{ executionLog: "ERROR" }, false],
  [{ encryptLogs: true }, false],
])("with %j, the deploy role may encrypt the execution log of a stage that exists: %s", (observability, mayChangeKey) => {
  const ofExecutionLogs = statements("deploy", json({ observability })).filter(({ Resource }) =>
    Resource.includes("arn:aws:logs:eu-central-1:111111111111:log-group:API-Gateway-Execution-Logs_*/demo"),
  );
  const ofKey = ofExecutionLogs.filter(({ Action }) => Action.includes("logs:AssociateKmsKey"));
  expect(ofKey).toHaveLength(mayChangeKey ? 1 : 0);
  for (const { Action, Condition } of ofKey) {
    expect(Action).toContain("logs:DisassociateKmsKey");
    expect(Object.keys(Condition!["StringEquals"]!)).toContain("aws:ResourceTag/environment");
  }
});

test("the deploy role may tag the API's own host name, and no other", () => {
  const onTags = statements("deploy", json(EVERYTHING)).filter(({ Resource }) => Resource.some((arn) => arn.includes("domainnames%2F")));
  expect(onTags).toHaveLength(1);
  expect(onTags[0]!.Action).toContain("apigateway:PUT");
  expect(onTags[0]!.Resource.filter((arn) => arn.includes("/tags/"))).toEqual([
    "arn:aws:apigateway:eu-central-1::/tags/arn%3Aaws%3Aapigateway%3Aeu-central-1%3A%3A%2Fdomainnames%2Fapi.example.com",
  ]);
});

test("every action that the tests do not see called says why it is there", () => {
  for (const action of githubRoleStatements("deploy", environment(EVERYTHING)).flatMap(({ actions }) => actions)) {
    if (typeof action !== "string") {
      expect({ [actionName(action)]: action.uncalled.length > 20 }).toEqual({ [actionName(action)]: true });
    }
  }
});
