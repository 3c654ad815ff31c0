/** The shop's API (fixtures/shop-api.ts), deployed beside the tutorial's on the emulator of global-setup.ts. */
import { rmSync } from "node:fs";
import { CloudWatchLogsClient, DescribeLogGroupsCommand, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { environments } from "../../config/environments";
import { loadEnvironments } from "../../config/load-environments";
import type { SmokeCheckTarget } from "../../local/smoke-check";
import { clientConfig, system } from "./deployed-system";
import { ShopApiStack } from "./fixtures/shop-api";
import { changesPlanned, terraformIn } from "./further-stack";

const { shop } = loadEnvironments({
  shop: {
    account: environments.local.account,
    region: environments.local.region,
    throwAway: true,
    names: { function: "shop", api: "shop", userPool: "shop" },
    allowedOrigin: "https://shop.example.com",
    throttling: { requestsPerSecond: 1_000, burst: 2_000 },
    emulator: { ...environments.local.emulator!, port: Number(new URL(system.outputs["emulator_url"]!).port) },
  },
});

const FOLDER = ".local/shop";

interface DeployedShop extends SmokeCheckTarget {
  readonly picturesUrl: string;
  /** What Terraform would change about it: actions by address. */
  readonly changesPlanned: () => Promise<Record<string, string>>;
}

/** Deploys the shop, many resources at a time: they wait for the emulator, not for this machine. */
export async function deployShop(): Promise<DeployedShop> {
  rmSync(FOLDER, { recursive: true, force: true });
  const terraform = terraformIn(FOLDER, (app) => new ShopApiStack(app, shop));
  await terraform("init", "-input=false");
  await terraform("apply", "-auto-approve", "-input=false", "-parallelism=30");
  const outputs = JSON.parse((await terraform("output", "-json")).stdout) as Record<string, { value: string }>;
  return {
    emulatorUrl: system.outputs["emulator_url"]!,
    region: shop.region,
    tokenHeader: shop.tokenHeader,
    invokeUrl: outputs["invoke_url"]!.value,
    landingPageUrl: outputs["landing_page_url"]!.value,
    clientId: outputs["user_pool_client_id"]!.value,
    picturesUrl: outputs["pictures_url"]!.value,
    changesPlanned: () => changesPlanned(terraform),
  };
}

const logs = new CloudWatchLogsClient(clientConfig);

/** Everything that is in the logs of a function so far. */
export async function logLines(logGroupName: string): Promise<string[]> {
  const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName, limit: 10_000 }));
  return (events ?? []).map(({ message }) => message ?? "");
}

/** The log groups of the emulator. */
export async function logGroups(): Promise<string[]> {
  const { logGroups } = await logs.send(new DescribeLogGroupsCommand());
  return (logGroups ?? []).map(({ logGroupName }) => logGroupName!);
}
