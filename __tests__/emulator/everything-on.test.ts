/** Every optional part at once, deployed to the emulator: the stack of an environment that asks for all of it. */
import { rmSync } from "node:fs";
import type { App } from "cdktf";
import { loadEnvironments } from "../../config/load-environments";
import { environments } from "../../config/environments";
import { ApiGatewayAccountStack } from "../../stacks/api-gateway-account";
import type { EnvironmentStack } from "../../stacks/environment-stack";
import { SecuredApiStack } from "../../stacks/secured-api";
import { EVERYTHING_ON } from "../support/everything-on";
import { terraformIn } from "./further-stack";

const folder = ".local/everything-on";

const { everything } = loadEnvironments({
  everything: {
    account: environments.local.account,
    region: environments.local.region,
    throwAway: true,
    names: { function: "everything", api: "everything", userPool: "everything" },
    emulator: environments.local.emulator,
    ...EVERYTHING_ON,
    users: { ...EVERYTHING_ON.users, selfSignUp: false },
  },
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test.each<[what: string, makeStack: (app: App) => EnvironmentStack, readBackEmpty: string[]]>([
  ["the account's logging role", (app) => new ApiGatewayAccountStack(app, everything), []],
  [
    "the API with everything on",
    (app) => new SecuredApiStack(app, everything),
    // The emulator reads metric alarms back empty, so each plan would write them again.
    ["aws_cloudwatch_metric_alarm"],
  ],
])("%s deploys, and plans clean afterwards", async (_what, makeStack, readBackEmpty) => {
  const terraform = terraformIn(folder, makeStack);
  await terraform("init", "-input=false");
  await terraform("apply", "-auto-approve", "-input=false");
  await terraform("plan", "-input=false", "-out=plan.bin");
  const { stdout } = await terraform("show", "-json", "plan.bin");
  const { resource_changes } = JSON.parse(stdout) as {
    resource_changes: { address: string; type: string; change: { actions: string[] } }[];
  };
  const changes = resource_changes.filter(({ type, change }) => change.actions.join() !== "no-op" && !readBackEmpty.includes(type));
  expect(changes.map(({ address, change }) => [address, change.actions])).toEqual([]);
});
