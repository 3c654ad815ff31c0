import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Backend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Environment } from "../config/environment";
import { project } from "../config/project";

/** The S3 bucket that holds the state of every stack of an account and Region. */
export function stateBucketName({ account, region }: Pick<Environment, "account" | "region">): string {
  return `${project.name}-state-${account}-${region}`;
}

/**
 * A stack of one environment: named `<kind>-<environment>`, with its state in S3 under a native lock and its provider held to the
 * environment's account and Region.
 *
 * It reads nothing from AWS at synth or plan: there is no data source, account and Region come from the configuration.
 */
export abstract class EnvironmentStack extends TerraformStack {
  protected constructor(scope: Construct, kind: string, environment: Environment) {
    super(scope, `${kind}-${environment.name}`);
    const { name, account, region, emulator } = environment;

    // 1.11 is the first version in which the S3 backend's native lock is generally available.
    this.addOverride("terraform.required_version", ">= 1.11.0");

    // The emulator has one account, and `npm start` makes its credentials up: there is nothing to mix up.
    const ownAccountOnly = emulator ? {} : { allowedAccountIds: [account] };

    // No `encrypt`: without a KMS key it would force AES256 over the bucket's own default encryption.
    new S3Backend(this, {
      bucket: stateBucketName(environment),
      key: `${name}/${kind}.tfstate`,
      region,
      ...ownAccountOnly,
    });
    // cdktf 0.21 does not know this argument yet.
    this.addOverride("terraform.backend.s3.use_lockfile", true);

    new AwsProvider(this, "aws", {
      region,
      ...ownAccountOnly,
      defaultTags: [
        {
          tags: {
            ...environment.tags,
            project: project.name,
            environment: name,
            stack: kind,
            "managed-by": "terraform",
            repository: project.repository,
          },
        },
      ],
    });
  }
}
