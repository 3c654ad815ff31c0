/** Where resources hold their policies. */
import type { Plan, PlannedResource } from "../plan/plan";
import { isEmpty, isList, type PlannedValue } from "../plan/planned-value";
import { expectedValue } from "../plan/written-value";

/** Whose policy it is: of a role or user (`identity`), of who may take a role (`trust`), or of a thing that lets others in (`resource`). */
export type PolicyKind = "identity" | "trust" | "resource";

const POLICIES: Readonly<Record<string, Readonly<Record<string, PolicyKind>>>> = {
  aws_api_gateway_rest_api: { policy: "resource" },
  aws_api_gateway_rest_api_policy: { policy: "resource" },
  aws_iam_group_policy: { policy: "identity" },
  aws_iam_policy: { policy: "identity" },
  aws_iam_role: { assume_role_policy: "trust" },
  aws_iam_role_policy: { policy: "identity" },
  aws_iam_user_policy: { policy: "identity" },
  aws_kms_key: { policy: "resource" },
  aws_kms_key_policy: { policy: "resource" },
  aws_lambda_layer_version_permission: { policy: "resource" },
  aws_s3_bucket: { policy: "resource" },
  aws_s3_bucket_policy: { policy: "resource" },
  aws_secretsmanager_secret_policy: { policy: "resource" },
  aws_sns_topic: { policy: "resource" },
  aws_sns_topic_policy: { policy: "resource" },
  aws_sqs_queue: { policy: "resource" },
  aws_sqs_queue_policy: { policy: "resource" },
};

/** Here AWS also tells of a policy that a resource of its own sets, or that AWS made: only what is written for it counts. */
const READ_BACK: ReadonlySet<string> = new Set(["aws_s3_bucket", "aws_sns_topic"]);

export interface Policy {
  readonly kind: PolicyKind;
  /** Where in the resource it is. */
  readonly path: readonly (string | number)[];
  readonly before: PlannedValue;
  /** What will be, or what is written for it; unknown where neither is known. */
  readonly after: PlannedValue;
  readonly isWritten: boolean;
}

/** The policies of a resource, those that the stack does not set left out. */
export function policiesOf(plan: Plan, resource: PlannedResource): readonly Policy[] {
  const paths: [PolicyKind, (string | number)[]][] = Object.entries(POLICIES[resource.type] ?? {}).map(([attribute, kind]) => [
    kind,
    [attribute],
  ]);
  if (resource.type === "aws_iam_role" && plan.configuration.argumentsOf(resource.address).includes("inline_policy")) {
    const inline = resource.after?.["inline_policy"] ?? resource.before?.["inline_policy"];
    const count = isList(inline) ? inline.length : 1;
    paths.push(
      ...Array.from({ length: count }, (_, index): [PolicyKind, (string | number)[]] => ["identity", ["inline_policy", index, "policy"]]),
    );
  }
  return paths.flatMap(([kind, path]) => {
    const before = path.reduce<PlannedValue>((value, key) => (value as Record<string, PlannedValue> | undefined)?.[key], resource.before);
    const { value: after, isWritten } = expectedValue(plan, resource, path);
    const isWrittenFor = plan.configuration.argumentsOf(resource.address).includes(String(path[0]));
    const isSet = isWrittenFor || (!isEmpty(before) && !READ_BACK.has(resource.type));
    return isSet
      ? [{ kind, path, before: isEmpty(before) ? undefined : before, after: isEmpty(after) ? undefined : after, isWritten }]
      : [];
  });
}
