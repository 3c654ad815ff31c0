/** Plans that the real AWS provider makes without an AWS account: of stacks of which nothing exists yet. */
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { quietTools } from "./cdktf";
import { failed, Terraform } from "./terraform";

type Config = Record<string, unknown>;

/** The Terraform JSON of a synthesized stack, as far as it is changed here. */
export interface OfflineStack {
  readonly terraform: Config;
  readonly provider: { readonly aws: readonly Config[] };
  readonly resource: Record<string, Record<string, Config>>;
}

/** The provider takes these as they are, and asks nobody whose they are. */
const MOCK_CREDENTIALS = {
  access_key: "mock",
  secret_key: "mock",
  skip_credentials_validation: true,
  skip_requesting_account_id: true,
  skip_metadata_api_check: "true",
};

/**
 * Copies a synthesized stack without what would be asked for at AWS: it has no backend, and its provider is held to no account.
 *
 * @param stackFolder the folder that synth wrote, e.g. `cdktf.out/stacks/secured-api-dev`
 * @param edit changes the copy further
 */
export function copyForOfflinePlan(stackFolder: string, copy: string, edit: (stack: OfflineStack) => void = () => undefined): void {
  cpSync(stackFolder, copy, { recursive: true });
  const file = path.join(copy, "cdk.tf.json");
  const stack = JSON.parse(readFileSync(file, "utf8")) as OfflineStack;
  delete stack.terraform["backend"];
  for (const provider of stack.provider.aws) {
    delete provider["allowed_account_ids"];
    Object.assign(provider, MOCK_CREDENTIALS);
  }
  edit(stack);
  writeFileSync(file, JSON.stringify(stack));
}

/**
 * Plans a folder of Terraform files in which nothing asks AWS.
 *
 * @returns the plan as `terraform show -json` prints it
 * @throws UserError with Terraform's words when there can be no plan, e.g. because of a data source
 */
export async function offlinePlan(folder: string, signal: AbortSignal): Promise<string> {
  const terraform = new Terraform(folder, {
    env: { ...process.env, ...quietTools(process.env) },
    signal,
    failure: (error, command) => failed(error, `terraform ${command}`, signal),
  });
  await terraform.run("init", "-input=false");
  await terraform.run("plan", "-input=false", "-refresh=false", "-out=plan.bin");
  return terraform.read("show", "-json", "plan.bin");
}
