/**
 * One system that grows while it is killed again and again: a deploy, then each run of the recovery itself, every one a little later in the
 * apply than the one before. Of none does the state learn anything: Terraform saves it every 20 seconds, and they live shorter.
 */
import path from "node:path";
import { CognitoIdentityProviderClient, ListUserPoolClientsCommand, ListUserPoolsCommand } from "@aws-sdk/client-cognito-identity-provider";
import {
  APIGatewayClient,
  GetAuthorizersCommand,
  GetResourcesCommand,
  GetRestApisCommand,
  GetStagesCommand,
} from "@aws-sdk/client-api-gateway";
import { GetPolicyCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { DeleteObjectCommand, GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { environments } from "../../config/environments";
import { LocalSystem } from "../../local/local-system";
import { loopbackRequest } from "../../local/loopback-request";
import { signIn, signUp } from "../../local/smoke-check";
import { stateBucketName } from "../../stacks/environment-stack";
import { Checkout } from "../support/checkout";
import { documentedCommands } from "../support/documented-commands";
import { existingResources } from "./existing-resources";

const { region } = environments.local;
const checkout = new Checkout("interrupted");
const local = path.join(checkout.folder, ".local");
const system = new LocalSystem({ environment: environments.local, folder: local, signal: new AbortController().signal });
const lock = { Bucket: stateBucketName(environments.local), Key: "local/secured-api.tfstate.tflock" };
const person = { email: "before@example.com", password: "Signed-up-before-1" };
let signedUp = false;

const options = () => ({ region, endpoint: system.emulator.url, credentials: system.emulator.credentials });
const s3 = () => new S3Client({ ...options(), forcePathStyle: true });
const target = () => ({ emulatorUrl: system.emulator.url, region, tokenHeader: "Token" });

beforeAll(async () => {
  // One resource after the other, so that a kill hits a point that can be told.
  process.env["TF_CLI_ARGS_apply"] = "-parallelism=1";
  for (const title of ["Start the emulator", "Start the login pages", "Make the state bucket"]) {
    await system.steps.find((candidate) => candidate.title === title)!.run(() => undefined);
  }
});

afterAll(async () => {
  delete process.env["TF_CLI_ARGS_apply"];
  await system.stop();
  checkout.remove();
});

/** How many there are of what AWS makes twice without a word. */
async function doubles(): Promise<Record<string, number>> {
  const apiGateway = new APIGatewayClient(options());
  const { items: apis } = await apiGateway.send(new GetRestApisCommand({}));
  const restApiId = apis?.[0]?.id;
  const authorizers = restApiId ? (await apiGateway.send(new GetAuthorizersCommand({ restApiId }))).items : [];
  const { pools, clients } = await poolsAndClients();
  return { apis: apis?.length ?? 0, authorizers: authorizers?.length ?? 0, pools: pools.length, clients: clients.length };
}

async function poolsAndClients() {
  const cognito = new CognitoIdentityProviderClient(options());
  const pools = (await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))).UserPools ?? [];
  const inPools = await Promise.all(pools.map(({ Id }) => cognito.send(new ListUserPoolClientsCommand({ UserPoolId: Id }))));
  return { pools, clients: inPools.flatMap(({ UserPoolClients }) => UserPoolClients ?? []) };
}

describe("killed while it applies, at ten points from the first resource to the last but one", () => {
  test.each([2, 4, 6, 8, 10, 12, 14, 16, 18, 20].map((point) => [point]))("after %i of 22 resources", async (point) => {
    const done = (output: string) => output.match(/(Creation|Import) complete/g)?.length ?? 0;
    await checkout.npmKilled(point === 2 ? "deploy" : "adopt", ["local", "--yes"], (output) => done(output) >= point);
    if (point < 20) {
      await s3().send(new DeleteObjectCommand(lock)); // the last one is left to the documented commands
    }
    Object.values(await doubles()).forEach((count) => {
      expect(count).toBeLessThanOrEqual(1);
    });
    const { clients } = await poolsAndClients();
    if (!signedUp && clients[0]) {
      await signUp({ ...target(), clientId: clients[0].ClientId!, landingPageUrl: "", invokeUrl: "" }, person);
      signedUp = true;
    }
  });
});

test("the documented recovery ends with an empty plan", async () => {
  const { Body } = await s3().send(new GetObjectCommand(lock));
  const { ID } = JSON.parse(await Body!.transformToString()) as { ID: string };
  const { code, output } = await checkout.shell(documentedCommands("docs/operations.md", "A lock that stayed"), { LOCK_ID: ID });
  expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining("No changes.") as unknown });
});

test("no resource is doubled or left over, service by service", async () => {
  expect(await doubles()).toEqual({ apis: 1, authorizers: 1, pools: 1, clients: 1 });
  expect(await existingResources(options())).toMatchObject({
    apis: ["cognito-integration-demo"],
    functions: ["testing"],
    roles: [`testing-${region}`],
    logGroups: ["/aws/lambda/testing"],
    userPools: ["testdemo"],
  });
  const { rest_api_id: restApiId } = await outputs();
  const apiGateway = new APIGatewayClient(options());
  const { items: resources } = await apiGateway.send(new GetResourcesCommand({ restApiId }));
  expect(resources!.map((resource) => resource.path).sort()).toEqual(["/", "/signed-in"]);
  const { item: stages } = await apiGateway.send(new GetStagesCommand({ restApiId }));
  expect(stages!.map(({ stageName }) => stageName)).toEqual(["demo"]);
  const { Policy } = await new LambdaClient(options()).send(new GetPolicyCommand({ FunctionName: "testing" }));
  expect((JSON.parse(Policy!) as { Statement: unknown[] }).Statement).toHaveLength(1);
});

test("who signed up between two kills signs in, and is let in", async () => {
  const { user_pool_client_id: clientId, landing_page_url: landingPageUrl, invoke_url: invokeUrl } = await outputs();
  expect(signedUp).toBe(true);
  const tokens = await signIn({ ...target(), clientId: clientId!, landingPageUrl: landingPageUrl!, invokeUrl: invokeUrl! }, person);
  expect(await loopbackRequest(invokeUrl!, { headers: { Token: tokens.access } })).toMatchObject({ status: 200 });
});

async function outputs(): Promise<Record<string, string>> {
  return JSON.parse((await checkout.npm("outputs", ["local", "--json"])).output) as Record<string, string>;
}
