import { CreateBucketCommand, type BucketLocationConstraint, PutBucketVersioningCommand, S3Client } from "@aws-sdk/client-s3";
import type { Environment } from "../config/environment";
import { stateBucketName } from "../stacks/environment-stack";
import type { Emulator } from "./emulator";

/** Makes the bucket that the state is kept in, on an emulator that has just started and so has none. */
export async function makeStateBucket(environment: Environment, emulator: Emulator): Promise<string> {
  const Bucket = stateBucketName(environment);
  const s3 = new S3Client({
    region: environment.region,
    endpoint: emulator.url,
    forcePathStyle: true,
    credentials: emulator.credentials,
  });
  try {
    await s3.send(
      new CreateBucketCommand({
        Bucket,
        CreateBucketConfiguration: { LocationConstraint: environment.region as BucketLocationConstraint },
      }),
    );
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
  } finally {
    s3.destroy();
  }
  return Bucket;
}
