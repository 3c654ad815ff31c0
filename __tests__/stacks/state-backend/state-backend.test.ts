import { App, Testing } from "cdktf";
import type { EnvironmentSettings } from "../../../config/environment";
import { loadEnvironments } from "../../../config/load-environments";
import { SecuredApiStack } from "../../../stacks/secured-api";
import { StateBackendStack } from "../../../stacks/state-backend";
import { SETTINGS } from "../../support/settings";
import { only, type TerraformJson } from "../../support/synthesized";

const BUCKET = "cognito-integration-demo-state-111111111111-eu-central-1";

function app(): App {
  return Testing.stubVersion(new App({ stackTraces: false, outdir: Testing.app().outdir }));
}

function stateBackend(settings: Partial<EnvironmentSettings> = {}): TerraformJson {
  const { test } = loadEnvironments({ test: { ...SETTINGS, ...settings } });
  return JSON.parse(Testing.synth(new StateBackendStack(app(), test), true)) as TerraformJson;
}

const json = stateBackend();

test("the addresses, which are part of the interface: another one would make a second bucket", () => {
  expect(Object.entries(json.resource).flatMap(([type, resources]) => Object.keys(resources).map((name) => `${type}.${name}`))).toEqual([
    "aws_kms_alias.key-alias",
    "aws_kms_key.key",
    "aws_s3_bucket.bucket",
    "aws_s3_bucket_lifecycle_configuration.retention",
    "aws_s3_bucket_ownership_controls.ownership",
    "aws_s3_bucket_policy.policy",
    "aws_s3_bucket_public_access_block.public-access",
    "aws_s3_bucket_server_side_encryption_configuration.encryption",
    "aws_s3_bucket_versioning.versioning",
  ]);
});

test("its own state is in the bucket that it makes", () => {
  expect(only(json, "aws_s3_bucket")["bucket"]).toBe(BUCKET);
  expect(json.terraform.backend["s3"]).toEqual({
    bucket: BUCKET,
    key: "test/state-backend.tfstate",
    region: "eu-central-1",
    allowed_account_ids: ["111111111111"],
    use_lockfile: true,
  });
});

test.each<[type: string, expected: Record<string, unknown>]>([
  ["aws_s3_bucket", { lifecycle: { prevent_destroy: true } }],
  ["aws_kms_key", { lifecycle: { prevent_destroy: true }, enable_key_rotation: true, deletion_window_in_days: 30 }],
  ["aws_kms_alias", { name: `alias/${BUCKET}`, target_key_id: "${aws_kms_key.key.key_id}" }],
  ["aws_s3_bucket_versioning", { versioning_configuration: { status: "Enabled" } }],
  ["aws_s3_bucket_ownership_controls", { rule: { object_ownership: "BucketOwnerEnforced" } }],
  [
    "aws_s3_bucket_public_access_block",
    { block_public_acls: true, block_public_policy: true, ignore_public_acls: true, restrict_public_buckets: true },
  ],
  [
    "aws_s3_bucket_server_side_encryption_configuration",
    {
      rule: [
        {
          apply_server_side_encryption_by_default: { kms_master_key_id: "${aws_kms_key.key.arn}", sse_algorithm: "aws:kms" },
          bucket_key_enabled: true,
        },
      ],
    },
  ],
])("%s is protected as it should be", (type, expected) => {
  expect(only(json, type)).toMatchObject(expected);
});

test("earlier versions stay for the environment's days, the newest 20 longer; what is unfinished goes", () => {
  const custom = stateBackend({ stateBucket: { earlierVersionsDays: 400 } });
  expect(only(custom, "aws_s3_bucket_lifecycle_configuration")["rule"]).toEqual([
    expect.objectContaining({
      status: "Enabled",
      filter: [{ prefix: "" }],
      noncurrent_version_expiration: [{ noncurrent_days: 400, newer_noncurrent_versions: 20 }],
      expiration: [{ expired_object_delete_marker: true }],
      abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
    }),
  ]);
});

test("the policy only refuses: whoever comes without TLS or from another account", () => {
  const { Statement } = JSON.parse(only(json, "aws_s3_bucket_policy")["policy"] as string) as { Statement: Record<string, unknown>[] };
  const bucket = "${aws_s3_bucket.bucket.arn}";
  const everything = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: [bucket, `${bucket}/*`] };
  expect(Statement).toEqual([
    { Sid: "TlsOnly", ...everything, Condition: { Bool: { "aws:SecureTransport": "false" } } },
    {
      Sid: "OwnAccountOnly",
      ...everything,
      Condition: {
        StringNotEquals: { "aws:PrincipalAccount": "111111111111" },
        BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
      },
    },
  ]);
});

test("an access log is written where a bucket for it is named, and nowhere else", () => {
  expect(json.resource["aws_s3_bucket_logging"]).toBeUndefined();
  expect(only(stateBackend({ stateBucket: { accessLogBucket: "access-logs" } }), "aws_s3_bucket_logging")).toMatchObject({
    target_bucket: "access-logs",
    target_prefix: `${BUCKET}/`,
  });
});

test("a second stack for the same account and Region is refused", () => {
  const { dev, staging } = loadEnvironments({
    dev: SETTINGS,
    staging: { ...SETTINGS, names: { function: "staging", api: "staging", userPool: "staging" } },
  });
  const both = app();
  new StateBackendStack(both, dev);
  expect(() => new StateBackendStack(both, staging)).toThrow(
    `main.ts: staging shares its account and Region with another environment, and so the state bucket ${BUCKET}, which ` +
      `state-backend-dev has already. Remove the line with StateBackendStack and staging.`,
  );
});

test.each([
  [false, "ACTIVE", true],
  [true, "INACTIVE", undefined],
])("throwAway: %s decides on the user pool's protection, by Cognito and by Terraform", (throwAway, byCognito, byTerraform) => {
  const { test } = loadEnvironments({ test: { ...SETTINGS, throwAway } });
  const pool = only(JSON.parse(Testing.synth(new SecuredApiStack(app(), test), true)) as TerraformJson, "aws_cognito_user_pool");
  const { prevent_destroy } = pool["lifecycle"] as { prevent_destroy?: boolean };
  expect([pool["deletion_protection"], prevent_destroy]).toEqual([byCognito, byTerraform]);
});
