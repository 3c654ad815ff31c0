/** Every optional part at once, deployed to the emulator: the stack of an environment that asks for all of it. */
import { rmSync } from "node:fs";
import { APIGatewayClient, GetRestApisCommand, GetStageCommand } from "@aws-sdk/client-api-gateway";
import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import type { App } from "cdktf";
import type { Environment, EnvironmentSettings } from "../../config/environment";
import { loadEnvironments } from "../../config/load-environments";
import { environments } from "../../config/environments";
import { ApiGatewayAccountStack } from "../../stacks/api-gateway-account";
import type { EnvironmentStack } from "../../stacks/environment-stack";
import { SecuredApiStack } from "../../stacks/secured-api";
import { EVERYTHING_ON } from "../support/everything-on";
import { clientConfig } from "./deployed-system";
import { changesPlanned, terraformIn } from "./further-stack";

const folder = ".local/everything-on";

/** An environment on the emulator with these settings. */
function environmentWith(settings: Partial<EnvironmentSettings>): Environment {
  return loadEnvironments({
    everything: {
      account: environments.local.account,
      region: environments.local.region,
      throwAway: true,
      names: { function: "everything", api: "everything", userPool: "everything" },
      emulator: environments.local.emulator,
      ...settings,
    },
  }).everything;
}

const users = { ...EVERYTHING_ON.users, selfSignUp: false };
const everything = environmentWith({ ...EVERYTHING_ON, users });
// The emulator cannot take a key from a log group again, and keeps of a user pool what an update leaves out, which AWS sets to its default.
const switchedOff = environmentWith({ observability: { encryptLogs: true }, users });

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Deploys a stack, and returns what a plan would change afterwards: actions by address. */
async function changesAfterDeploying(makeStack: (app: App) => EnvironmentStack): Promise<Record<string, string>> {
  const terraform = terraformIn(folder, makeStack);
  await terraform("init", "-input=false");
  await terraform("apply", "-auto-approve", "-input=false");
  const changes = Object.entries(await changesPlanned(terraform));
  // The emulator reads metric alarms back empty, so each plan would write them again.
  return Object.fromEntries(changes.filter(([address]) => !address.startsWith("aws_cloudwatch_metric_alarm.")));
}

/** What the emulator has of an API and its function that can be switched on and off. */
async function switchesOf(name: string) {
  const apiGateway = new APIGatewayClient(clientConfig);
  const { items } = await apiGateway.send(new GetRestApisCommand({ limit: 500 }));
  const api = items!.find((one) => one.name === name)!;
  const stage = await apiGateway.send(new GetStageCommand({ restApiId: api.id!, stageName: everything.stage }));
  const lambda = await new LambdaClient(clientConfig).send(new GetFunctionConfigurationCommand({ FunctionName: name }));
  return {
    executionLog: stage.methodSettings!["*/*"]!.loggingLevel,
    stageIsTraced: stage.tracingEnabled ?? false,
    functionTracing: lambda.TracingConfig!.Mode,
  };
}

test.each<[what: string, makeStack: (app: App) => EnvironmentStack]>([
  ["the account's logging role", (app) => new ApiGatewayAccountStack(app, everything)],
  ["the API with everything on", (app) => new SecuredApiStack(app, everything)],
])("%s deploys, and plans clean afterwards", async (_what, makeStack) => {
  expect(await changesAfterDeploying(makeStack)).toEqual({});
});

test("what is switched off again is off", async () => {
  expect(await switchesOf("everything")).toEqual({ executionLog: "ERROR", stageIsTraced: true, functionTracing: "Active" });
  expect(await changesAfterDeploying((app) => new SecuredApiStack(app, switchedOff))).toEqual({});
  expect(await switchesOf("everything")).toEqual({ executionLog: "OFF", stageIsTraced: false, functionTracing: "PassThrough" });
});
