/**
 * An app client's `generate_secret`, which the provider's import leaves empty in the state. A client that says `false` there would be replaced,
 * and one that ignores the difference could not be updated ("inconsistent result after apply"). So an imported client is brought up to date
 * without the argument, and afterwards the state is told what is known: there is no secret.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/cognito_user_pool_client#import
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { Terraform } from "../../local/terraform";

const TYPE = "aws_cognito_user_pool_client";

const stackSchema = z.looseObject({ resource: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))) });

const stateSchema = z.looseObject({
  serial: z.int(),
  resources: z.array(
    z.looseObject({ type: z.string(), instances: z.array(z.looseObject({ attributes: z.record(z.string(), z.unknown()) })) }),
  ),
});

/** Takes the argument out of the clients with these addresses, in the stack's file in a folder. */
export function leaveSecretOpen(folder: string, addresses: readonly string[]): void {
  const file = path.join(folder, "cdk.tf.json");
  const stack = stackSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  for (const [name, client] of Object.entries(stack.resource[TYPE] ?? {})) {
    if (addresses.includes(`${TYPE}.${name}`)) {
      delete client["generate_secret"];
    }
  }
  writeFileSync(file, JSON.stringify(stack));
}

/** Records in the state that the clients without a secret were made without one. Writes nothing when it is recorded already. */
export async function recordPublicClients(terraform: Terraform, folder: string): Promise<void> {
  const text = (await terraform.read("state pull")).trim();
  if (text === "") {
    return; // there is no state yet
  }
  const state = stateSchema.parse(JSON.parse(text));
  const open = state.resources
    .filter(({ type }) => type === TYPE)
    .flatMap(({ instances }) => instances)
    .filter(({ attributes }) => attributes["generate_secret"] === null && !attributes["client_secret"]);
  if (open.length === 0) {
    return;
  }
  open.forEach(({ attributes }) => (attributes["generate_secret"] = false));
  const file = path.resolve(folder, "recorded.tfstate");
  try {
    writeFileSync(file, JSON.stringify({ ...state, serial: state.serial + 1 }), { mode: 0o600 });
    await terraform.run("state push", file);
  } finally {
    rmSync(file, { force: true });
  }
}
