/** The shop's API (fixtures/shop-api.ts), deployed beside the tutorial's on the emulator of global-setup.ts. */
import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { CloudWatchLogsClient, DescribeLogGroupsCommand, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { App } from "cdktf";
import { environments } from "../../config/environments";
import { loadEnvironments } from "../../config/load-environments";
import { terraformProgram } from "../../local/prerequisites";
import type { SmokeCheckTarget } from "../../local/smoke-check";
import { system } from "./deployed-system";
import { ShopApiStack } from "./fixtures/shop-api";

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

const OUTDIR = path.resolve(".local/shop");

/** Runs Terraform on the shop's stack. */
async function terraform(...args: string[]): Promise<string> {
  const cwd = path.join(OUTDIR, "stacks", "secured-api-shop");
  const { stdout } = await promisify(execFile)(terraformProgram(), args, { cwd, env: system.env, maxBuffer: 64 << 20 });
  return stdout;
}

/** Deploys the shop, many resources at a time: they wait for the emulator, not for this machine. */
export async function deployShop(): Promise<SmokeCheckTarget & { readonly picturesUrl: string }> {
  rmSync(OUTDIR, { recursive: true, force: true });
  const app = new App({ outdir: OUTDIR, stackTraces: false });
  new ShopApiStack(app, shop);
  app.synth();
  await terraform("init", "-input=false");
  await terraform("apply", "-auto-approve", "-input=false", "-parallelism=30");
  const outputs = JSON.parse(await terraform("output", "-json")) as Record<string, { value: string }>;
  return {
    emulatorUrl: system.outputs["emulator_url"]!,
    region: shop.region,
    tokenHeader: shop.tokenHeader,
    invokeUrl: outputs["invoke_url"]!.value,
    landingPageUrl: outputs["landing_page_url"]!.value,
    clientId: outputs["user_pool_client_id"]!.value,
    picturesUrl: outputs["pictures_url"]!.value,
  };
}

/** What Terraform would change about the deployed shop: actions by address. */
export async function changesPlanned(): Promise<Record<string, string>> {
  await terraform("plan", "-input=false", "-lock=false", "-out=plan.bin");
  const plan = JSON.parse(await terraform("show", "-json", "plan.bin")) as {
    resource_changes: { address: string; change: { actions: string[] } }[];
  };
  const actions = plan.resource_changes.map(({ address, change }) => [address, change.actions.join()] as const);
  return Object.fromEntries(actions.filter(([, action]) => action !== "no-op"));
}

const logs = new CloudWatchLogsClient({
  region: environments.local.region,
  endpoint: system.outputs["emulator_url"]!,
  credentials: system.credentials,
});

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
