import { loadEnvironments } from "../../config/load-environments";
import { SETTINGS } from "../support/settings";

const FILE = "config/environments.ts";
const ownNames = (name: string) => ({ names: { function: name, api: name, userPool: name } });

function load(dev: object, prod: object) {
  return loadEnvironments<string>({ dev: { ...SETTINGS, ...dev }, prod: { ...SETTINGS, ...prod } });
}

test("two environments of one account and Region share every name", () => {
  const inTheSame = "in the same account and Region has that name already. Give one of them another name, account or Region.";
  expect(() => load({}, {})).toThrow(
    new Error(
      [
        `${FILE}: prod.names.function is "testing": dev ${inTheSame}`,
        `${FILE}: prod.names.api is "cognito-integration-demo": dev ${inTheSame}`,
        `${FILE}: prod.names.userPool is "testdemo": dev ${inTheSame}`,
      ].join("\n"),
    ),
  );
});

test.each<[what: string, account: string]>([
  ["of one account", SETTINGS.account],
  ["of two accounts, whose domains lie in one Region all the same", "222222222222"],
])("two environments %s share a domain prefix", (_, account) => {
  const signIn = { domainPrefix: "shop" };
  expect(() => load({ ...ownNames("a"), signIn }, { account, ...ownNames("b"), signIn })).toThrow(
    new Error(
      `${FILE}: prod.signIn.domainPrefix is "shop": dev in the same Region has that name already. Give one of them another name or Region.`,
    ),
  );
});

test.each<[what: string, dev: object, prod: object]>([
  ["in another account", {}, { account: "222222222222" }],
  ["in another Region", { signIn: { domainPrefix: "shop" } }, { region: "eu-west-1", signIn: { domainPrefix: "shop" } }],
  ["one with names of its own", {}, ownNames("other")],
  [
    "on the emulator, which has domains of its own",
    { signIn: { domainPrefix: "shop" } },
    { account: "000000000000", emulator: { port: 4566, loginPagesPort: 4567 }, signIn: { domainPrefix: "shop" } },
  ],
])("an environment does not collide with one %s", (_, dev, prod) => {
  expect(Object.keys(load(dev, prod))).toEqual(["dev", "prod"]);
});

describe("an environment whose function is named like a further function of another one", () => {
  const fault = (inner: string, outer: string) =>
    new Error(
      `${FILE}: ${inner}.names.function is "testing-staging": the further functions of ${outer} in the same account and Region begin with ` +
        '"testing-" too. Give one of them another name, account or Region.',
    );

  test("is refused, in whatever order they are written", () => {
    expect(() => load(ownNames("testing"), ownNames("testing-staging"))).toThrow(fault("prod", "dev"));
    expect(() => load(ownNames("testing-staging"), ownNames("testing"))).toThrow(fault("dev", "prod"));
  });

  test.each<[what: string, prod: object]>([
    ["in another account", { ...ownNames("testing-staging"), account: "222222222222" }],
    ["in another Region", { ...ownNames("testing-staging"), region: "eu-west-1" }],
    ["with no hyphen between", ownNames("testingstaging")],
    ["that ends so", ownNames("my-testing-")],
  ])("is taken %s", (_, prod) => {
    expect(Object.keys(load(ownNames("testing"), prod))).toEqual(["dev", "prod"]);
  });
});

describe("the provider of GitHub's tokens, of which an account has one", () => {
  const github = (oidcProvider?: "create" | "existing") => ({
    github: {
      planSubjects: ["repo:a/b:pull_request"],
      deploySubjects: ["repo:a/b:environment:prod"],
      ...(oidcProvider && { oidcProvider }),
    },
  });

  test("is made by two environments of one account", () => {
    expect(() => load(github(), { region: "eu-west-1", ...github("create") })).toThrow(
      new Error(`${FILE}: prod.github.oidcProvider is "create": dev in the same account makes it already. Set it to "existing".`),
    );
  });

  test.each<[what: string, dev: object, prod: object]>([
    ["is made by one of them", github(), { region: "eu-west-1", ...github("existing") }],
    ["is made by neither", github("existing"), { region: "eu-west-1", ...github("existing") }],
    ["is made in each of two accounts", github(), { account: "222222222222", ...github() }],
    ["is needed by one of them", {}, { region: "eu-west-1", ...github() }],
  ])("%s", (_, dev, prod) => {
    expect(Object.keys(load(dev, prod))).toEqual(["dev", "prod"]);
  });
});
