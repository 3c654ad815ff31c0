import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Backend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Environment } from "../config/environment";
import { project } from "../config/project";

/** The S3 bucket that holds the state of every stack of an account and Region. */
export function stateBucketName({ account, region }: Pick<Environment, "account" | "region">): string {
  return `${project.name}-state-${account}-${region}`;
}

/** The key of a stack's state in the state bucket. */
export function stateKey(kind: string, environment: Pick<Environment, "name">): string {
  return `${environment.name}/${kind}.tfstate`;
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

    // The first version of Terraform, and of OpenTofu, whose S3 backend has a native lock. Terraform calls it ready from 1.11 on, which the
    // commands ask for (local/prerequisites.ts).
    this.addOverride("terraform.required_version", ">= 1.10.0");

    // The emulator has one account, and `npm start` makes its credentials up: there is nothing to mix up.
    const ownAccountOnly = emulator ? {} : { allowedAccountIds: [account] };

    // No `encrypt` and no `kms_key_id`: the bucket encrypts with its own key by default (stacks/state-backend). `encrypt` without a key
    // would force AES256 over that, and with one the key would have to exist wherever a state bucket does.
    new S3Backend(this, {
      bucket: stateBucketName(environment),
      key: stateKey(kind, environment),
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
