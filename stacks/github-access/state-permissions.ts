import type { Resources } from "./resources";
import type { Action, Statement } from "./statement";

const ENCRYPTED_STATE = "S3 asks KMS where the bucket has a key of its own (stacks/state-backend); the bucket of these tests has none";

/**
 * What Terraform's S3 backend does with a state and its lock. The state itself is never deleted: an emptied one stays.
 *
 * @param access `read` leaves the lock file as the only object that can be written
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#s3-bucket-permissions
 */
export function statePermissions(resources: Resources, access: "read" | "write"): Statement[] {
  const object = (key: string) => `${resources.stateBucket}/${key}`;
  const onState: Action[] = access === "read" ? ["s3:GetObject"] : ["s3:GetObject", "s3:PutObject"];
  return [
    {
      sid: "StateBucket",
      actions: ["s3:ListBucket"],
      resources: [resources.stateBucket],
      // The backend looks for the state itself, and for workspaces, which it keeps below env:/.
      condition: { StringLike: { "s3:prefix": [resources.stateKey, resources.lockKey, "env:/"] } },
    },
    { sid: "State", actions: onState, resources: [object(resources.stateKey)] },
    { sid: "StateLock", actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], resources: [object(resources.lockKey)] },
    {
      sid: "StateKey",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"].map((name) => ({ name, uncalled: ENCRYPTED_STATE })),
      resources: [resources.anyKmsKey],
      condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": resources.stateKeyAlias } },
    },
  ];
}
