/** Runs cdktf against the emulator as a person would run it against AWS: the same command, other addresses and credentials. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Emulator } from "./emulator";
import { run } from "./child-process";
import { terraformEnvironment } from "./terraform-mirror";

/** The cdktf program, relative to the project's root. */
export const CDKTF = path.join("node_modules", "cdktf-cli", "bundle", "bin", "cdktf");

export interface CdktfOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly onLine?: (line: string) => void;
}

/**
 * The environment variables that send Terraform, its AWS provider and its S3 backend to the emulator.
 *
 * Nothing of the user's own AWS set-up comes along: a profile there must not decide what happens here.
 */
export function emulatorEnvironment(
  emulator: Emulator,
  loginPagesPort: number,
  region: string,
  env: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const withoutAws = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("AWS_")));
  const noProxy = [env["NO_PROXY"] ?? env["no_proxy"], "localhost", "127.0.0.1"].filter(Boolean).join(",");
  return {
    ...withoutAws,
    ...quietTools(env),
    NO_PROXY: noProxy,
    no_proxy: noProxy,
    AWS_ENDPOINT_URL: emulator.url,
    // An IP address: there the provider puts a bucket's name into the path, and not before a host that nobody resolves.
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${emulator.port}`,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: emulator.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: emulator.credentials.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    TF_CLI_ARGS_init: "-backend-config=use_path_style=true",
    // The synthesized addresses hold both ports.
    LOCAL_EMULATOR_PORT: String(emulator.port),
    LOCAL_LOGIN_PAGES_PORT: String(loginPagesPort),
  };
}

/** Keeps cdktf and Terraform from asking for newer versions of themselves, which takes a minute where there is no way out. */
export function quietTools(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...terraformEnvironment(env), CHECKPOINT_DISABLE: "1", DISABLE_VERSION_CHECK: "1", TF_IN_AUTOMATION: "1", FORCE_COLOR: "0" };
}

/** Runs a cdktf command on one stack, its files in `folder`. */
export function cdktf(command: "deploy" | "destroy", stack: string, folder: string, options: CdktfOptions): Promise<string> {
  const args = [CDKTF, command, stack, "--auto-approve", "--output", path.join(folder, "cdktf.out"), "--skip-provider-lock"];
  return run(process.execPath, command === "deploy" ? [...args, "--outputs-file", outputsFile(folder)] : args, options);
}

/** What the last deploy of a stack put out. */
export function stackOutputs(stack: string, folder: string): Record<string, string> {
  const outputs = JSON.parse(readFileSync(outputsFile(folder), "utf8")) as Record<string, Record<string, string>>;
  return outputs[stack] ?? {};
}

function outputsFile(folder: string): string {
  return path.join(folder, "stack-outputs.json");
}
