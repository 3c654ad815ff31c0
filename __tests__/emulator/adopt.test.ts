/** Systems that exist already, taken over by `npm run adopt`: the tutorial made by hand, and APIs of which nobody can tell which one it is. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { APIGatewayClient, CreateRestApiCommand, GetRestApisCommand } from "@aws-sdk/client-api-gateway";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { environments } from "../../config/environments";
import { LocalSystem } from "../../local/local-system";
import { loopbackRequest } from "../../local/loopback-request";
import { signIn, signUp } from "../../local/smoke-check";
import { Checkout } from "../support/checkout";
import { documentedCommands } from "../support/documented-commands";
import { COMPLETE } from "./complete-inventory";
import { existingParts } from "./existing-parts";
import { existingResources } from "./existing-resources";
import { followTutorial, type TutorialByHand } from "./tutorial-by-hand";

const { region } = environments.local;
const checkout = new Checkout("adopt");
const local = path.join(checkout.folder, ".local");
const system = new LocalSystem({ environment: environments.local, folder: local, signal: new AbortController().signal });
const person = { email: "before@example.com", password: "Signed-up-before-1" };

async function step(title: string): Promise<void> {
  await system.steps.find((candidate) => candidate.title === title)!.run(() => undefined);
}

function options() {
  return { region, endpoint: system.emulator.url, credentials: system.emulator.credentials };
}

function clients() {
  return {
    apiGateway: new APIGatewayClient(options()),
    cognito: new CognitoIdentityProviderClient(options()),
    iam: new IAMClient(options()),
    lambda: new LambdaClient(options()),
    logs: new CloudWatchLogsClient(options()),
  };
}

beforeAll(async () => {
  await step("Start the emulator");
  await step("Start the login pages");
});

afterAll(async () => {
  await system.stop();
  checkout.remove();
});

describe("the tutorial made by hand", () => {
  let byHand: TutorialByHand;

  beforeAll(async () => {
    await step("Make the state bucket");
    byHand = await followTutorial(clients());
    await signUp({ ...target(), clientId: byHand.clientId, landingPageUrl: byHand.callbackUrl, invokeUrl: "" }, person);
  });

  test("what AWS could only replace stops it, by name", async () => {
    const { code, output } = await checkout.npm("adopt", ["local", "--yes"]);
    expect({ code, output }).toMatchObject({
      code: 1,
      output: expect.stringMatching(
        /aws_cognito_user_pool_domain\.\S+ would be replaced, because AWS cannot change: domain \("made-by-hand" -> "testdemo-[0-9a-f]{12}"\)/,
      ) as unknown,
    });
    expect((await existingResources(options())).roles).toEqual([byHand.roleName]);
  });

  test("with the domain in the configuration the documented commands adopt it, and leave an empty plan", async () => {
    const file = path.join(checkout.folder, "config", "environments.ts");
    const prefix = `oauthGrant: "implicit", domainPrefix: ${JSON.stringify(byHand.domainPrefix)}`;
    writeFileSync(file, readFileSync(file, "utf8").replace('oauthGrant: "implicit"', prefix));
    const { code, outputs } = await checkout.shellEach(documentedCommands("docs/operations.md", "Take over what was made by hand"));
    expect({ code, outputs }).toMatchObject({ code: 0 });
    expect(outputs[0]).toContain(`The role ${byHand.roleName}`);
    expect(outputs[1]).toContain("0 added, 0 changed, 0 destroyed");
    expect(outputs[2]).toMatch(/^No changes\./m);
  });

  test("the ids are those of before, and nothing is doubled", async () => {
    expect(await outputs()).toMatchObject({
      rest_api_id: byHand.restApiId,
      user_pool_id: byHand.userPoolId,
      user_pool_client_id: byHand.clientId,
      function_name: "testing",
    });
    expect(await existingResources(options())).toMatchObject({
      apis: COMPLETE.apis,
      functions: COMPLETE.functions,
      roles: [byHand.roleName, ...COMPLETE.roles].sort(),
      logGroups: COMPLETE.logGroups,
      userPools: COMPLETE.userPools,
    });
    expect(await existingParts(options())).toMatchObject({
      methods: COMPLETE.methods,
      authorizers: COMPLETE.authorizers,
      stages: COMPLETE.stages,
      permissions: COMPLETE.permissions,
      clients: COMPLETE.clients,
      domains: [byHand.domainPrefix],
    });
  });

  test("who had signed up before still signs in, and is let in", async () => {
    const { invoke_url, landing_page_url } = await outputs();
    const tokens = await signIn(
      { ...target(), clientId: byHand.clientId, landingPageUrl: landing_page_url!, invokeUrl: invoke_url! },
      person,
    );
    expect(await loopbackRequest(invoke_url!, { headers: { Token: tokens.access } })).toMatchObject({
      status: 200,
      body: '"Hello from Liwanag Backend!"',
    });
  });
});

describe("two APIs of the stack's name", () => {
  let ids: string[];

  beforeAll(async () => {
    await loopbackRequest(`${system.emulator.url}/_ministack/reset`, { method: "POST" });
    await step("Make the state bucket");
    const { apiGateway } = clients();
    const made = await Promise.all([1, 2].map(() => apiGateway.send(new CreateRestApiCommand({ name: "cognito-integration-demo" }))));
    ids = made.map(({ id }) => id!);
  });

  test("nothing tells them apart: both are named, and none is taken", async () => {
    const { code, output } = await checkout.npm("adopt", ["local", "--yes"]);
    expect(code).toBe(1);
    expect([...output.matchAll(/--choose aws_api_gateway_rest_api\.\S+=(\w+)/g)].map(([, id]) => id).sort()).toEqual([...ids].sort());
    expect((await existingResources(options())).functions).toEqual([]);
  });

  test("the chosen one is adopted, the other one stays as it was", async () => {
    const refused = await checkout.npm("adopt", ["local", "--yes"]);
    const choice = new RegExp(`--choose (\\S+=${ids[1]!})`).exec(refused.output)![1]!;
    expect(await checkout.npm("adopt", ["local", "--yes", "--choose", choice])).toMatchObject({ code: 0 });
    expect((await outputs())["rest_api_id"]).toBe(ids[1]);
    const { items } = await clients().apiGateway.send(new GetRestApisCommand({}));
    expect(items!.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(items!.find(({ id }) => id === ids[0])!.tags ?? {}).toEqual({});
  });
});

function target() {
  return { emulatorUrl: system.emulator.url, region, tokenHeader: "Token" };
}

async function outputs(): Promise<Record<string, string>> {
  return JSON.parse((await checkout.npm("outputs", ["local", "--json"])).output) as Record<string, string>;
}
