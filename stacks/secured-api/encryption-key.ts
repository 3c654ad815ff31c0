import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { logKeyAlias } from "../resource-names";

export interface EncryptionKeyProps {
  readonly environment: Pick<Environment, "account" | "region" | "throwAway" | "names">;
  /** The names of the log groups that it encrypts; those of further functions come later. */
  readonly logGroups: readonly string[];
}

/** What the root user, and those whom the account's IAM policies allow, may do with the key. None of it encrypts or decrypts. */
const ADMINISTRATION = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKey",
  "kms:DisableKeyRotation",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListAliases",
  "kms:ListKeyPolicies",
  "kms:ListKeyRotations",
  "kms:ListResourceTags",
  "kms:PutKeyPolicy",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
];

/**
 * A KMS key for the logs and the alarms' topic. Only CloudWatch can use it, and only for these log groups and for alarms of this account.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export class EncryptionKey extends Construct {
  readonly key: KmsKey;
  readonly #logGroups: Set<string>;

  constructor(scope: Construct, id: string, { environment, logGroups }: EncryptionKeyProps) {
    super(scope, id);
    this.#logGroups = new Set(logGroups);
    const { account, region, throwAway, names } = environment;
    this.key = new KmsKey(this, "key", {
      description: `Logs and alarms of ${names.api}`,
      enableKeyRotation: true,
      deletionWindowInDays: throwAway ? 7 : 30,
      // Lazy: functions that are added later have log groups of their own.
      policy: Lazy.stringValue({ produce: () => this.#policy(account, region) }),
    });
    new KmsAlias(this, "alias", { name: logKeyAlias(names.api), targetKeyId: this.key.keyId });
  }

  /** Lets CloudWatch use the key for a log group, and tells its ARN. */
  arnFor(logGroup: string): string {
    this.#logGroups.add(logGroup);
    return this.key.arn;
  }

  #policy(account: string, region: string): string {
    const use = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey", "kms:DescribeKey"];
    return JSON.stringify({
      Version: "2012-10-17",
      // In a key's policy the resource "*" is the key itself.
      Statement: [
        {
          Sid: "Administration",
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${account}:root` },
          Action: ADMINISTRATION,
          Resource: "*",
        },
        {
          Sid: "LogGroups",
          Effect: "Allow",
          Principal: { Service: `logs.${region}.amazonaws.com` },
          Action: use,
          Resource: "*",
          Condition: {
            ArnEquals: {
              "kms:EncryptionContext:aws:logs:arn": [...this.#logGroups].map(
                (name) => `arn:aws:logs:${region}:${account}:log-group:${name}`,
              ),
            },
          },
        },
        {
          // An alarm cannot publish to a topic that AWS's own key encrypts.
          Sid: "Alarms",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: "*",
          Condition: { StringEquals: { "aws:SourceAccount": account } },
        },
      ],
    });
  }
}
