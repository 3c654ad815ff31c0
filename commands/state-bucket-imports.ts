import { DescribeKeyCommand, KMSClient, paginateListKeys } from "@aws-sdk/client-kms";
import { stateBucketName } from "../stacks/environment-stack";
import { stateKeyAlias, stateKeyDescription } from "../stacks/state-backend";
import type { EnvironmentContext } from "./environment-context";
import { stateBucketExists } from "./preflight";
import type { SynthesizedStack } from "./stack-terraform";

/** A block that takes an existing resource into the state. */
export interface Import {
  /** The resource's address, e.g. `aws_s3_bucket.bucket`. */
  readonly to: string;
  readonly id: string;
}

/**
 * Imports of the parts of the state bucket's stack that exist already: bucket, key and alias, each of which could not be made a second
 * time or would be doubled. The bucket's settings need none: to make one is to overwrite it.
 */
export async function stateBucketImports(stack: SynthesizedStack, context: EnvironmentContext): Promise<Import[]> {
  const { environment, client } = context;
  const kms = new KMSClient(client);
  try {
    const alias = stateKeyAlias(environment);
    const keyWithAlias = await enabledKey(kms, alias);
    const key = keyWithAlias ?? (await keyWithDescription(kms, stateKeyDescription(environment)));
    return [
      ...((await stateBucketExists(environment, context)) ? [{ type: "aws_s3_bucket", id: stateBucketName(environment) }] : []),
      ...(key ? [{ type: "aws_kms_key", id: key.id }] : []),
      ...(keyWithAlias ? [{ type: "aws_kms_alias", id: alias }] : []),
    ].map(({ type, id }) => ({ to: theOnlyAddress(stack, type), id }));
  } finally {
    kms.destroy();
  }
}

interface Key {
  readonly id: string;
  readonly description: string | undefined;
}

/** The key with an id or alias, unless there is none or it awaits its deletion. */
async function enabledKey(kms: KMSClient, idOrAlias: string): Promise<Key | undefined> {
  try {
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: idOrAlias }));
    return KeyMetadata?.KeyId && KeyMetadata.KeyState === "Enabled" && KeyMetadata.KeyManager === "CUSTOMER"
      ? { id: KeyMetadata.KeyId, description: KeyMetadata.Description }
      : undefined;
  } catch (error) {
    // A key of another team may be hidden from these credentials: then it is not this one.
    if (error instanceof Error && ["NotFoundException", "AccessDeniedException"].includes(error.name)) {
      return undefined;
    }
    throw error;
  }
}

/** A key that was made by a run that ended before the key had its alias. */
async function keyWithDescription(kms: KMSClient, description: string): Promise<Key | undefined> {
  for await (const { Keys } of paginateListKeys({ client: kms }, {})) {
    for (const { KeyId } of Keys ?? []) {
      const key = KeyId && (await enabledKey(kms, KeyId));
      if (key && key.description === description) {
        return key;
      }
    }
  }
  return undefined;
}

function theOnlyAddress(stack: SynthesizedStack, type: string): string {
  const names = Object.keys(stack.json.resource[type] ?? {});
  if (names.length !== 1 || names[0] === undefined) {
    throw new Error(`${stack.name} has ${names.length} resources of the type ${type}, and not one`);
  }
  return `${type}.${names[0]}`;
}
