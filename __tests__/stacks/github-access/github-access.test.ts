import { App, Testing } from "cdktf";
import type { EnvironmentSettings } from "../../../config/environment";
import { loadEnvironments } from "../../../config/load-environments";
import { actionName, githubAccess, GithubAccessStack, githubRoleStatements } from "../../../stacks/github-access";
import { SETTINGS } from "../../support/settings";
import { only, securedApi, synthesized, type TerraformJson } from "../../support/synthesized";

type Settings = Partial<EnvironmentSettings>;
type Github = NonNullable<EnvironmentSettings["github"]>;

const GITHUB: Github = {
  planSubjects: ["repo:octo-org/octo-repo:pull_request", "repo:octo-org@123/octo-repo@456:pull_request"],
  deploySubjects: ["repo:octo-org/octo-repo:environment:test"],
};

const environment = (settings: Settings = {}) => loadEnvironments({ test: { ...SETTINGS, github: GITHUB, ...settings } }).test;
const app = () => Testing.stubVersion(new App({ stackTraces: false, outdir: Testing.app().outdir }));

function json(settings: Settings = {}): TerraformJson {
  return JSON.parse(Testing.synth(new GithubAccessStack(app(), environment(settings)), true)) as TerraformJson;
}

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string[];
  readonly Resource: string[];
  readonly Condition?: Record<string, Record<string, string | string[]>>;
}

const named = (type: string, name: string, of = json()) =>
  Object.values(of.resource[type] ?? {}).find((config) => config["name"] === `cognito-integration-demo-test-${name}`)!;
const parsed = (config: Record<string, unknown>) => (JSON.parse(config["policy"] as string) as { Statement: Statement[] }).Statement;
/** What the managed policy of a name allows, or what a role itself is allowed. */
const statements = (name: string, of = json()) =>
  name.endsWith("boundary")
    ? parsed(named("aws_iam_policy", name, of))
    : parsed(Object.entries(of.resource["aws_iam_role_policy"]!).find(([id]) => id.startsWith(`${name}_permissions_`))![1]);
const statement = (name: string, sid: string) => statements(name).find((candidate) => candidate.Sid === sid)!;

test("an environment without the setting has no such stack, and its function no boundary", () => {
  const { test: without } = loadEnvironments({ test: SETTINGS });
  expect(githubAccess(app(), without)).toBeUndefined();
  expect(() => new GithubAccessStack(app(), without)).toThrow("config/environments.ts: test.github is missing");
  expect(only(synthesized(), "aws_iam_role")).not.toHaveProperty("permissions_boundary");
});

test("makes one provider, two roles and three policies, and nothing else", () => {
  const counts = Object.entries(json().resource).map(([type, resources]) => [type, Object.keys(resources).length]);
  expect(Object.fromEntries(counts)).toEqual({
    aws_iam_openid_connect_provider: 1,
    aws_iam_policy: 3,
    aws_iam_role: 2,
    aws_iam_role_policy: 2,
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
  const bounded = new Set(pairs(`${purpose}-boundary`));
  expect(pairs(purpose).filter((pair) => !bounded.has(pair))).toEqual([]);
  const actions = (name: string) => new Set(statements(name).flatMap(({ Action }) => Action));
  expect(actions(`${purpose}-boundary`)).toEqual(actions(purpose));
});

test("the boundary of the deploy role keeps the conditions on IAM", () => {
  const onIam = (name: string) => statements(name).filter(({ Action }) => Action.some((action) => action.startsWith("iam:")));
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

  test("fits where it belongs, also with the longest names: 6,144 characters in a managed policy, 10,240 in a role", () => {
    const longest = json({ region: "ap-southeast-1", names: { function: "f".repeat(49) } });
    expect(JSON.stringify(statements(name, longest)).length).toBeLessThan(name.endsWith("boundary") ? 6_144 - 500 : 10_240 - 500);
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
  expect(actions.filter((action) => /Admin|ListUsers|LogEvents|LogStream|Invoke|secretsmanager|ssm|ses:/.test(action))).toEqual([]);
});

test("the deploy role makes the function's role with its boundary only, and passes it to Lambda only", () => {
  const role = ["arn:aws:iam::111111111111:role/testing-eu-central-1"];
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
  const role = only(synthesized(securedApi({ github: GITHUB })), "aws_iam_role");
  expect(role["permissions_boundary"]).toBe("arn:aws:iam::111111111111:policy/cognito-integration-demo-test-function-boundary");
  expect(role["name"]).toBe("testing-eu-central-1");
});

test("the boundary lets the function do what its own policy does", () => {
  const policy = only(synthesized(securedApi({ github: GITHUB })), "aws_iam_role_policy")["policy"] as string;
  const [allowed] = (JSON.parse(policy) as { Statement: Statement[] }).Statement;
  expect(statements("function-boundary").flatMap(({ Action }) => Action)).toEqual(allowed!.Action);
  expect(statements("function-boundary").flatMap(({ Resource }) => Resource)).toEqual([
    "arn:aws:logs:eu-central-1:111111111111:log-group:/aws/lambda/testing:*",
  ]);
});

test("what is made and what is touched carries the environment's own tags", () => {
  const tags = (key: string) => ({ [`${key}/project`]: "cognito-integration-demo", [`${key}/environment`]: "test" });
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
  expect((default_tags as { tags: Record<string, string> }[])[0]!.tags).toMatchObject({
    project: "cognito-integration-demo",
    environment: "test",
  });
});

test("every action that the tests do not see called says why it is there", () => {
  for (const action of githubRoleStatements("deploy", environment()).flatMap(({ actions }) => actions)) {
    if (typeof action !== "string") {
      expect({ [actionName(action)]: action.uncalled.length > 20 }).toEqual({ [actionName(action)]: true });
    }
  }
});

describe("bad settings", () => {
  const load = (github: unknown) => () => loadEnvironments({ test: { ...SETTINGS, github: github as Github } });
  const WILDCARD = "a wildcard would let other branches or repositories in";
  const SHAPE = 'a subject is "repo:<owner>/<repository>:" and the context';
  const ENVIRONMENT = 'it must end in ":environment:<name>"';
  test.each<[string, Partial<Record<keyof Github, unknown>>, string]>([
    [
      "a wildcard",
      { planSubjects: ["repo:octo-org/octo-repo:*"] },
      `test.github.planSubjects.0 is "repo:octo-org/octo-repo:*": ${WILDCARD}`,
    ],
    ["a question mark", { planSubjects: ["repo:octo-org/octo-rep?:pull_request"] }, WILDCARD],
    ["a wildcard that may deploy", { deploySubjects: ["repo:octo-org/octo-repo:environment:*"] }, WILDCARD],
    ["no repository", { planSubjects: ["repo:octo-org:pull_request"] }, SHAPE],
    ["no context", { planSubjects: ["repo:octo-org/octo-repo"] }, SHAPE],
    ["a branch that may deploy", { deploySubjects: ["repo:octo-org/octo-repo:ref:refs/heads/main"] }, ENVIRONMENT],
    ["a pull request that may deploy", { deploySubjects: ["repo:octo-org/octo-repo:pull_request"] }, ENVIRONMENT],
    ["nobody who may plan", { planSubjects: [] }, "test.github.planSubjects is []"],
    ["nobody who may deploy", { deploySubjects: undefined }, "test.github.deploySubjects is missing"],
    ["a provider that is neither", { oidcProvider: "maybe" }, 'test.github.oidcProvider is "maybe": it must be one of create, existing'],
    ["a field too many", { role: "admin" } as Record<string, unknown>, "test.github.role is not a setting"],
  ])("%s", (_, change, message) => {
    expect(load({ ...GITHUB, ...change })).toThrow(message);
  });

  test("two environments of one account that both make its provider", () => {
    const other = { ...SETTINGS, region: "eu-west-1" as const, github: GITHUB };
    expect(() => loadEnvironments({ one: { ...SETTINGS, github: GITHUB }, two: other })).toThrow(
      'two.github.oidcProvider is "create": one in the same account makes it already. Set it to "existing"',
    );
    expect(() =>
      loadEnvironments({ one: { ...SETTINGS, github: GITHUB }, two: { ...other, github: { ...GITHUB, oidcProvider: "existing" } } }),
    ).not.toThrow();
  });
});
