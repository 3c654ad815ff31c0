/** How a command reaches an environment: variables for Terraform and its children, settings for the AWS SDK. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Environment } from "../config/environment";
import { UserError } from "../config/user-error";
import { quietTools } from "../local/cdktf";

/** What `npm start` writes for as long as the emulator runs. */
const EMULATOR_VARIABLES = path.join(".local", "emulator.env");

export interface AwsAccess {
  /** Environment variables for Terraform, cdktf and the app. */
  readonly env: NodeJS.ProcessEnv;
  /** Settings for the clients of the AWS SDK. Credentials are found as the AWS CLI finds them, on the emulator they are its own. */
  readonly client: {
    readonly region: string;
    readonly endpoint?: string;
    readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
    /** The bucket's name in the path: whatever stands in for AWS has no host name for each bucket. */
    readonly forcePathStyle: boolean;
  };
}

/**
 * The way to an environment: to AWS with the person's own credentials, or to the emulator that `npm start` runs.
 *
 * @throws UserError when the environment lives on the emulator and the emulator does not run
 */
export async function awsAccess({ name, region, emulator }: Environment): Promise<AwsAccess> {
  if (!emulator) {
    const standIn = process.env["AWS_ENDPOINT_URL"] ?? process.env["AWS_ENDPOINT_URL_S3"];
    return { env: { ...process.env, ...quietTools(process.env) }, client: { region, forcePathStyle: standIn !== undefined } };
  }
  const variables = existsSync(EMULATOR_VARIABLES) ? parseVariables(readFileSync(EMULATOR_VARIABLES, "utf8")) : {};
  const endpoint = variables["AWS_ENDPOINT_URL"];
  if (!endpoint || !(await answers(endpoint))) {
    throw new UserError(`${name} lives on the embedded emulator, which does not run. Run "npm start" in another terminal.`);
  }
  // Nothing of the user's own AWS set-up comes along.
  const withoutAws = Object.fromEntries(Object.entries(process.env).filter(([variable]) => !variable.startsWith("AWS_")));
  const accessKeyId = variables["AWS_ACCESS_KEY_ID"] ?? "";
  const secretAccessKey = variables["AWS_SECRET_ACCESS_KEY"] ?? "";
  return {
    env: { ...withoutAws, ...quietTools(process.env), NO_PROXY: "localhost,127.0.0.1", ...variables },
    client: { region, endpoint, credentials: { accessKeyId, secretAccessKey }, forcePathStyle: true },
  };
}

/** Lines of the form NAME='value'. */
function parseVariables(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/^(\w+)='(.*)'$/gm)].map(([, name = "", value = ""]) => [name, value]));
}

async function answers(endpoint: string): Promise<boolean> {
  const health = endpoint.replace("localhost", "127.0.0.1") + "/_ministack/health";
  return fetch(health, { signal: AbortSignal.timeout(30_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}
