/** The shop's API (fixtures/shop-api.ts), deployed beside the tutorial's on the emulator of global-setup.ts. */
import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { CloudWatchLogsClient, DescribeLogGroupsCommand, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { environments } from "../../config/environments";
import { cdktf, stackOutputs } from "../../local/cdktf";
import { terraformProgram } from "../../local/prerequisites";
import type { SmokeCheckTarget } from "../../local/smoke-check";
import { system } from "./deployed-system";

const STACK = "secured-api-shop";
const FOLDER = ".local/shop";
const APP = `${process.execPath} --import tsx __tests__/emulator/fixtures/main.ts`;

/** Deploys the shop. */
export async function deployShop(): Promise<SmokeCheckTarget> {
  mkdirSync(FOLDER, { recursive: true });
  await cdktf("deploy", STACK, FOLDER, { env: system.env, signal: new AbortController().signal, app: APP });
  const outputs = stackOutputs(STACK, FOLDER);
  return {
    emulatorUrl: system.outputs["emulator_url"]!,
    region: environments.local.region,
    tokenHeader: "Token",
    invokeUrl: outputs["invoke_url"]!,
    landingPageUrl: outputs["landing_page_url"]!,
    clientId: outputs["user_pool_client_id"]!,
  };
}

/** What Terraform would change about the deployed shop: the end of its plan, or an empty text. */
export async function changesPlanned(): Promise<string> {
  const cwd = path.join(FOLDER, "cdktf.out", "stacks", STACK);
  const args = ["plan", "-input=false", "-lock=false", "-no-color", "-detailed-exitcode"];
  return promisify(execFile)(terraformProgram(), args, { cwd, env: system.env, maxBuffer: 64 << 20 }).then(
    () => "",
    (error: unknown) => (error as { stdout: string; stderr: string }).stdout + (error as { stderr: string }).stderr,
  );
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
