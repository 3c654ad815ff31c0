import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { Construct } from "constructs";
import { skipChecks } from "../skip-check";

export interface LogGroupProps {
  readonly name: string;
  /** Days for which the log is kept. */
  readonly retentionDays: number;
  /** ARN of the KMS key that encrypts it; AWS's own key otherwise. */
  readonly encryptionKeyArn?: string | undefined;
}

/** Fewer days fail the check CKV_AWS_338. */
const A_YEAR = 365;

/** A log group that is kept for the environment's time, under the environment's key if it has one. */
export class LogGroup extends CloudwatchLogGroup {
  constructor(scope: Construct, id: string, { name, retentionDays, encryptionKeyArn }: LogGroupProps) {
    super(scope, id, { name, retentionInDays: retentionDays, ...(encryptionKeyArn && { kmsKeyId: encryptionKeyArn }) });
    skipChecks(this, {
      ...(!encryptionKeyArn && {
        CKV_AWS_158:
          "The environment's choice, observability.encryptLogs: AWS's own key encrypts it, and one of your own has a monthly price.",
      }),
      ...(retentionDays < A_YEAR && {
        CKV_AWS_338:
          "The environment's choice, logRetentionDays: who keeps logs longer than needed pays for them, and keeps what they say of people.",
      }),
    });
  }
}
