import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { UserError } from "../../config/user-error";
import { EnvironmentStack, stateBucketName } from "../environment-stack";
import { skipChecks } from "../skip-check";

const KIND = "state-backend";

/** However old they are, so many earlier versions of each object stay. */
const VERSIONS_KEPT = 20;

/** The last chance to stop the deletion of a key without which no state can be read. 30 days are the most that KMS gives. */
const KEY_DELETION_DAYS = 30;

/**
 * What tells the key of a state bucket from the others of its account. Key and description are made by one call, so a key that was made
 * and then lost sight of, before it had its alias, is found again.
 */
export function stateKeyDescription(environment: Environment): string {
  return `Encrypts ${stateBucketName(environment)}`;
}

/** The name under which the key of a state bucket is found. */
export function stateKeyAlias(environment: Environment): string {
  return `alias/${stateBucketName(environment)}`;
}

/**
 * The bucket that holds the state of every stack of an account and Region, this one's own included. There is one for each account and
 * Region: environments that share them share the bucket, and only one of them has this stack. `npm run bootstrap` makes it.
 *
 * Nothing here can be destroyed by Terraform, in throw-away environments neither: the bucket outlives any of them.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export class StateBackendStack extends EnvironmentStack {
  readonly bucketName: string;

  /** @throws UserError when another environment of the app has the stack for this account and Region */
  constructor(scope: Construct, environment: Environment) {
    refuseSecondOwner(scope, environment);
    super(scope, KIND, environment);
    const name = stateBucketName(environment);
    this.bucketName = name;

    // No key policy: with the default one the account's IAM policies decide, and nobody can lock himself out of the state.
    const key = new KmsKey(this, "key", {
      description: stateKeyDescription(environment),
      enableKeyRotation: true,
      deletionWindowInDays: KEY_DELETION_DAYS,
      lifecycle: { preventDestroy: true },
    });
    skipChecks(key, {
      CKV2_AWS_64: "With the default policy the account's IAM policies decide, and nobody can lock himself out of the state.",
    });
    new KmsAlias(this, "key-alias", { name: stateKeyAlias(environment), targetKeyId: key.keyId });

    const bucket = new S3Bucket(this, "bucket", { bucket: name, lifecycle: { preventDestroy: true } });
    skipChecks(bucket, {
      CKV2_AWS_62: "Nothing works on a state when it changes. Who changed one is in the versions and in CloudTrail.",
      CKV_AWS_144:
        "A copy in another Region doubles the price and is stale when it is needed: a state without its Region describes what is gone. Earlier " +
        "versions are what a lost state is restored from.",
      ...(environment.stateBucket.accessLogBucket === undefined && {
        CKV_AWS_18:
          "The environment's choice, stateBucket.accessLogBucket: the log needs another bucket, which belongs to the whole account.",
      }),
    });

    // Earlier versions are what a lost or damaged state is restored from.
    const versioning = new S3BucketVersioningA(this, "versioning", {
      bucket: bucket.bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket: bucket.bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
          bucketKeyEnabled: true, // one call to KMS for many objects
        },
      ],
    });
    new S3BucketOwnershipControls(this, "ownership", { bucket: bucket.bucket, rule: { objectOwnership: "BucketOwnerEnforced" } });
    const publicAccess = new S3BucketPublicAccessBlock(this, "public-access", {
      bucket: bucket.bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketPolicy(this, "policy", {
      bucket: bucket.bucket,
      policy: bucketPolicy(bucket.arn, environment.account),
      dependsOn: [publicAccess], // S3 refuses two changes of a bucket's access at once
    });

    new S3BucketLifecycleConfiguration(this, "retention", {
      bucket: bucket.bucket,
      rule: [
        {
          id: "earlier-versions",
          status: "Enabled",
          filter: [{ prefix: "" }], // every object
          noncurrentVersionExpiration: [
            { noncurrentDays: environment.stateBucket.earlierVersionsDays, newerNoncurrentVersions: VERSIONS_KEPT },
          ],
          expiration: [{ expiredObjectDeleteMarker: true }], // what released locks leave behind
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
      dependsOn: [versioning], // the rule speaks of versions
    });

    if (environment.stateBucket.accessLogBucket !== undefined) {
      new S3BucketLoggingA(this, "access-log", {
        bucket: bucket.bucket,
        targetBucket: environment.stateBucket.accessLogBucket,
        targetPrefix: `${name}/`,
      });
    }
  }
}

/** Refuses what IAM might allow: callers without TLS, and callers of other accounts. */
function bucketPolicy(bucketArn: string, account: string): string {
  const everything = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: [bucketArn, `${bucketArn}/*`] };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Sid: "TlsOnly", ...everything, Condition: { Bool: { "aws:SecureTransport": "false" } } },
      {
        Sid: "OwnAccountOnly",
        ...everything,
        Condition: {
          StringNotEquals: { "aws:PrincipalAccount": account },
          // A service of AWS itself belongs to no account.
          BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
        },
      },
    ],
  });
}

/** Two stacks with one bucket would undo each other's changes. */
function refuseSecondOwner(scope: Construct, environment: Environment): void {
  const name = stateBucketName(environment);
  const owner = scope.node.children.find((child) => child instanceof StateBackendStack && child.bucketName === name);
  if (owner) {
    throw new UserError(
      `main.ts: ${environment.name} shares its account and Region with another environment, and so the state bucket ${name}, which ` +
        `${owner.node.id} has already. Remove the line with StateBackendStack and ${environment.name}.`,
    );
  }
}
