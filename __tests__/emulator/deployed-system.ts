/** The system that global-setup.ts deployed, as the tests see it. */
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { environments } from "../../config/environments";
import type { EmulatorCredentials } from "../../local/emulator";
import type { SmokeCheckTarget } from "../../local/smoke-check";

interface DeployedSystem {
  readonly folder: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly env: NodeJS.ProcessEnv;
  readonly smokeCheckTarget: SmokeCheckTarget;
  readonly credentials: EmulatorCredentials;
}

export const system = JSON.parse(process.env["DEPLOYED_SYSTEM"] ?? "{}") as DeployedSystem;

/** For clients of the AWS SDK. */
export const clientConfig = {
  region: environments.local.region,
  endpoint: system.outputs["emulator_url"]!,
  credentials: system.credentials,
};

export const cognito = new CognitoIdentityProviderClient(clientConfig);
const logs = new CloudWatchLogsClient(clientConfig);

/** What a function has logged so far, line by line. */
export async function functionLog(functionName: string = system.outputs["function_name"]!): Promise<string[]> {
  const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${functionName}`, limit: 10_000 }));
  return (events ?? []).map(({ message }) => message ?? "");
}

/** How often the function has run so far: Lambda writes a START line for each run. */
export async function functionRuns(functionName?: string): Promise<number> {
  return (await functionLog(functionName)).filter((line) => line.startsWith("START RequestId")).length;
}
