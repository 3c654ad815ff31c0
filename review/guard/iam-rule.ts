import { type Policy, policiesOf } from "../iam/policies";
import { principalsOf, type Statement, statementsOf } from "../iam/policy-document";
import type { PlannedResource } from "../plan/plan";
import { hasUnknown, type PlannedValue } from "../plan/planned-value";
import { expectedValue } from "../plan/written-value";
import { text } from "../text";
import { type Breach, type Judged, remaining, type Rule } from "./rule";

const WILDCARD = /[*?]/;
/** All streams of one log group, named by Lambda itself: `arn:…:log-group:<name>:*`, also before the group's ARN is known. */
const STREAMS_OF_ONE_GROUP = /^(?:arn:[^:*?]+:logs:[^:*?]+:[^:*?]+:log-group:[^:*?]+|\$\{aws_cloudwatch_log_group\.[^}*?]+\.arn\}):\*$/;
const ATTACHMENTS = [
  "aws_iam_group_policy_attachment",
  "aws_iam_policy_attachment",
  "aws_iam_role_policy_attachment",
  "aws_iam_user_policy_attachment",
];

export const noWildcardInIam: Rule = {
  name: "no-wildcard-in-iam",
  reason: "A wildcard allows what nobody has named, now and whenever AWS adds to it.",
  remedy: "Name the actions, resources and principals; all streams of one log group (`<log group's ARN>:*`) are one name.",
  check: (judged) => [...policies(judged), ...attachments(judged), ...permissions(judged)],
};

function policies({ plan }: Judged): Breach[] {
  return remaining(plan).flatMap((resource) => policiesOf(plan, resource).flatMap((policy) => breachesOf(resource, policy)));
}

function breachesOf({ address }: PlannedResource, { kind, path, after }: Policy): Breach[] {
  const where = path.join(".");
  if (after === undefined) {
    return [];
  }
  const statements = typeof after === "string" ? statementsOf(after) : undefined;
  if (!statements) {
    return [{ address, what: text`${address}: what ${where} allows cannot be read from the plan` }];
  }
  return statements
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap((statement) => [...new Set(wildcards(statement, kind))])
    .map((wildcard) => ({ address, what: text`${address}: ${where} allows ${wildcard}` }));
}

/** The wildcards in an Allow statement. In a policy of a thing itself, such as a key's, `*` names that thing. */
function wildcards(statement: Statement, kind: Policy["kind"]): string[] {
  const principals = [
    ...principalsOf(statement.Principal).filter((principal) => WILDCARD.test(principal)),
    ...(statement.NotPrincipal ? ["NotPrincipal"] : []),
  ].map((principal) => `principal ${principal}`);
  if (kind === "resource") {
    return principals;
  }
  return [
    ...(statement.Action ?? []).filter((action) => WILDCARD.test(action)).map((action) => `action ${action}`),
    ...(statement.Resource ?? [])
      .filter((resource) => WILDCARD.test(resource) && !STREAMS_OF_ONE_GROUP.test(resource))
      .map((resource) => `resource ${resource}`),
    ...(statement.NotAction ? ["NotAction"] : []),
    ...(statement.NotResource ? ["NotResource"] : []),
    ...principals,
    ...(kind === "trust" ? likeConditions(statement) : []),
  ];
}

/** Who may take a role is also said by its conditions, such as the subject of a token. */
function likeConditions({ Condition = {} }: Statement): string[] {
  return Object.entries(Condition)
    .filter(([operator]) => /like/i.test(operator))
    .flatMap(([operator, keys]) => Object.entries(keys).map(([key, value]) => `${operator} ${key} ${JSON.stringify(value)}`))
    .filter((condition) => WILDCARD.test(condition));
}

/** A policy that is not the plan's own: AWS's managed ones are full of wildcards, and grow. */
function attachments({ plan }: Judged): Breach[] {
  return remaining(plan, ...ATTACHMENTS).flatMap((attachment): Breach[] => {
    const { value } = expectedValue(plan, attachment, ["policy_arn"]);
    const isOfThePlan =
      (typeof value === "string" && /^\$\{aws_iam_policy\.[^}]+\.arn\}$/.test(value)) ||
      remaining(plan, "aws_iam_policy").some(({ after }) => after?.["arn"] === value && !hasUnknown(value));
    return isOfThePlan
      ? []
      : [{ address: attachment.address, what: text`${attachment.address} attaches ${value}, which the plan does not show` }];
  });
}

function permissions({ plan }: Judged): Breach[] {
  return remaining(plan, "aws_lambda_permission").flatMap(({ address, after }): Breach[] => {
    const principal: PlannedValue = after?.["principal"];
    return typeof principal === "string" && !WILDCARD.test(principal)
      ? []
      : [{ address, what: text`${address} lets ${principal} invoke the function` }];
  });
}
