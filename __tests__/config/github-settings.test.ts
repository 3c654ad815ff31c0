/** Which jobs of GitHub Actions may work on an environment, and what the functions that they deploy may be allowed. */
import { loadEnvironments } from "../../config/load-environments";
import { SETTINGS } from "../support/settings";

const GITHUB = { planSubjects: ["repo:a/b:pull_request"], deploySubjects: ["repo:a/b:environment:prod"] };
const TABLE = "arn:aws:dynamodb:eu-central-1:111111111111:table/orders";

const planner = (subject: string) => ({ planSubjects: [subject] });
const deployer = (subject: string) => ({ deploySubjects: [subject] });
const allowed = (...actions: string[]) => ({ functionBoundary: [{ actions, resources: [TABLE] }] });
const allowedOn = (...resources: string[]) => ({ functionBoundary: [{ actions: ["dynamodb:GetItem"], resources }] });

test.each<[what: string, github: object]>([
  ["a subject with names alone", planner("repo:octo-org/octo.repo_1:ref:refs/heads/main")],
  ["a subject with ids beside the names", planner("repo:octo-org@12/octo-repo@345:pull_request")],
  ["a deployer of an environment whose name has a hyphen in it", deployer("repo:a/b@1:environment:prod-eu")],
  ["several subjects", { planSubjects: ["repo:a/b:pull_request", "repo:a/b:ref:refs/heads/main"] }],
  ["the provider of another environment", { oidcProvider: "existing" }],
  ["a provider of its own", { oidcProvider: "create" }],
  ["no further permissions of functions", { functionBoundary: [] }],
  ["actions of services whose names have digits and hyphens", allowed("s3:GetObject", "execute-api:Invoke", "ec2:DescribeVpcs")],
  ["an action of a service whose name ends like one that hands out rights", allowed("my-iam:Get")],
  ["all that begins with a name", allowedOn(`${TABLE}-*`)],
  ["a resource without account and Region", allowedOn("arn:aws:s3:::orders/*", "arn:aws:s3:::orders")],
  ["a resource without an account", allowedOn("arn:aws:apigateway:eu-central-1::/restapis/a")],
])("%s is taken", (_, settings) => {
  const github = { ...GITHUB, ...settings };
  expect(loadEnvironments({ test: { ...SETTINGS, github } }).test.github).toMatchObject(github);
});

test("what is left out gets its default", () => {
  expect(loadEnvironments({ test: { ...SETTINGS, github: GITHUB } }).test.github).toEqual({
    ...GITHUB,
    oidcProvider: "create",
    functionBoundary: [],
  });
});

const WILDCARD = "a wildcard would let other branches or repositories in. Write each subject out";
const SUBJECT = 'a subject is "repo:<owner>/<repository>:" and the context, e.g. "repo:octo-org/octo-repo:pull_request"';
const ENVIRONMENT = 'it must end in ":environment:<name>": whoever may deploy is decided by the protection rules of a GitHub environment';
const WHOLE_ACTION = "it must be one action in full, e.g. dynamodb:GetItem. Name each";
const GRANTS = "it would let whoever deploys the function grant himself more. Leave it out";
const ARN = "it must be an ARN, whose last characters alone may be a wildcard, e.g. arn:aws:dynamodb:<region>:<account>:table/orders-*";

const plans = (subject: string, rule: string): [object, string] => [planner(subject), `planSubjects.0 is "${subject}": ${rule}`];
const deploys = (subject: string, rule: string): [object, string] => [deployer(subject), `deploySubjects.0 is "${subject}": ${rule}`];
const action = (name: string, rule = WHOLE_ACTION): [object, string] => [
  allowed(name),
  `functionBoundary.0.actions.0 is "${name}": ${rule}`,
];
const resource = (arn: string): [object, string] => [allowedOn(arn), `functionBoundary.0.resources.0 is "${arn}": ${ARN}`];

test.each<[github: object, complaint: string]>([
  plans("repo:octo-org/octo-repo:*", WILDCARD),
  plans("repo:octo-org/octo-rep?:pull_request", WILDCARD),
  plans("octo-org/octo-repo:pull_request", SUBJECT),
  plans("a repo:octo-org/octo-repo:pull_request", SUBJECT),
  plans("repo:octo-org:pull_request", SUBJECT),
  plans("repo:octo-org/octo-repo", SUBJECT),
  plans("repo:octo-org/octo-repo:", SUBJECT),
  plans("repo:octo-org/octo-repo:pull request", SUBJECT),
  plans("repo:octo-org@x/octo-repo:pull_request", SUBJECT),
  plans("repo:octo-org/octo-repo@x:pull_request", SUBJECT),
  plans("repo:octo-org@/octo-repo:pull_request", SUBJECT),
  plans("repo:/octo-repo:pull_request", SUBJECT),
  plans("repo:octo-org/:pull_request", SUBJECT),
  deploys("repo:a/b:pull_request", ENVIRONMENT),
  deploys("repo:a/b:ref:refs/heads/main", ENVIRONMENT),
  deploys("repo:a/b:environment:", ENVIRONMENT),
  deploys("repo:a/b:environment:prod:ref:refs/heads/main", ENVIRONMENT),
  deploys("repo:a/b:environment:*", WILDCARD),
  [{ planSubjects: [] }, "planSubjects is []: it must be at least 1"],
  [{ deploySubjects: [] }, "deploySubjects is []: it must be at least 1"],
  [{ oidcProvider: "maybe" }, 'oidcProvider is "maybe": it must be one of create, existing'],

  action("dynamodb:*"),
  action("dynamodb:Get*"),
  action("*"),
  action("dynamodb"),
  action(":GetItem"),
  action("dynamodb:"),
  action("a b:GetItem"),
  action("dynamodb:GetItem, dynamodb:PutItem"),
  action("iam:PassRole", GRANTS),
  action("sts:AssumeRole", GRANTS),
  action("sso-directory:CreateUser", GRANTS),
  resource("*"),
  resource("arn:aws:s3:::*"),
  resource("arn:aws:s3:::*/orders"),
  resource("arn:aws:s3:::orders?"),
  resource("arn:aws:s3:::or*ders"),
  resource("arn:aws:*:eu-central-1:111111111111:table/orders"),
  resource("arn:aws:dynamodb:*:111111111111:table/orders"),
  resource("arn:aws:dynamodb:eu-central-1:*:table/orders"),
  resource("arn:aws:dynamodb:eu-central-1:1111:table/orders"),
  resource("arn:aws:dynamodb:eu-central-1:111111111111:"),
  resource(`x${TABLE}`),
  [allowed(), "functionBoundary.0.actions is []: it must be at least 1"],
  [allowedOn(), "functionBoundary.0.resources is []: it must be at least 1"],
])("%j is refused", (settings, complaint) => {
  expect(() => loadEnvironments({ test: { ...SETTINGS, github: { ...GITHUB, ...settings } } })).toThrow(
    new Error(`config/environments.ts: test.github.${complaint}.`),
  );
});

test.each([
  ["github", { ...GITHUB, role: "admin" }, "github.role"],
  [
    "github.functionBoundary",
    { ...GITHUB, functionBoundary: [{ actions: ["s3:GetObject"], resources: [TABLE], effect: "Deny" }] },
    "effect",
  ],
])("%s knows no setting of another name", (_, github, field) => {
  expect(() => loadEnvironments({ test: { ...SETTINGS, github } })).toThrow(`${field} is not a setting.`);
});

test("nobody who may deploy is missing", () => {
  const { planSubjects } = GITHUB;
  expect(() => loadEnvironments({ test: { ...SETTINGS, github: { planSubjects } as typeof GITHUB } })).toThrow(
    "test.github.deploySubjects is missing",
  );
});

test.each(["api", "api-gateway", "api-gateway-logs"])(
  "a function named %s is refused: the logging role would look like that of a further function",
  (name) => {
    const names = { function: name };
    expect(() => loadEnvironments({ test: { ...SETTINGS, names, github: GITHUB } })).toThrow(
      new Error(
        `config/environments.ts: test.names.function is "${name}": the roles of GitHub Actions may change every role that begins with "${name}-", ` +
          "and so that of the stack api-gateway-account. Choose another name.",
      ),
    );
    expect(loadEnvironments({ test: { ...SETTINGS, names } }).test.names.function).toBe(name);
  },
);

test.each(["gateway", "logs", "api-gateway-logs-of"])("a function named %s is taken", (name) => {
  expect(loadEnvironments({ test: { ...SETTINGS, names: { function: name }, github: GITHUB } }).test.names.function).toBe(name);
});
