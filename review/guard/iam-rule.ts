import { type Policy, policiesOf } from "../iam/policies";
import { principalsOf, type Statement, statementsOf } from "../iam/policy-document";
import type { Plan, PlannedResource } from "../plan/plan";
import { hasUnknown, isEmpty, isList, type PlannedValue } from "../plan/planned-value";
import { expectedValue } from "../plan/written-value";
import { text } from "../text";
import { MANAGED_POLICIES } from "./managed-policies";
import { isBoundaryOnly, isNarrowed } from "./narrowed-wildcards";
import { type Breach, type Judged, remaining, type Rule } from "./rule";

const WILDCARD = /[*?]/;
const ATTACHMENTS = [
  "aws_iam_group_policy_attachment",
  "aws_iam_policy_attachment",
  "aws_iam_role_policy_attachment",
  "aws_iam_user_policy_attachment",
];

export const noWildcardInIam: Rule = {
  name: "no-wildcard-in-iam",
  reason: "A wildcard allows what nobody has named, now and whenever AWS adds to it.",
  remedy:
    "Name the actions, resources and principals. Where AWS makes up the id, hold the statement by StringEquals on the tags project and environment.",
  check: (judged) => [...policies(judged), ...attachments(judged), ...permissions(judged)],
};

function policies(judged: Judged): Breach[] {
  const { plan } = judged;
  return remaining(plan).flatMap((resource) => policiesOf(plan, resource).flatMap((policy) => breachesOf(judged, resource, policy)));
}

function breachesOf({ plan, environment }: Judged, resource: PlannedResource, { kind, path, after }: Policy): Breach[] {
  const { address } = resource;
  const where = path.join(".");
  if (after === undefined) {
    return [];
  }
  const statements = typeof after === "string" ? statementsOf(after) : undefined;
  if (!statements) {
    return [{ address, what: text`${address}: what ${where} allows cannot be read from the plan` }];
  }
  const mayName = isBoundaryOnly(plan, resource)
    ? () => true
    : (name: string, statement: Statement) => isNarrowed(name, statement, environment);
  return statements
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap((statement) => [...new Set(wildcards(statement, kind, mayName))])
    .map((wildcard) => ({ address, what: text`${address}: ${where} allows ${wildcard}` }));
}

/**
 * The wildcards in an Allow statement. In a policy of a thing itself, such as a key's, `*` names that thing.
 *
 * @param mayName says which resources may be named by a wildcard
 */
function wildcards(statement: Statement, kind: Policy["kind"], mayName: (resource: string, statement: Statement) => boolean): string[] {
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
      .filter((resource) => WILDCARD.test(resource) && !mayName(resource, statement))
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

/** A policy that is neither the plan's own nor declared: AWS's managed ones are full of wildcards, and grow. */
function attachments({ plan }: Judged): Breach[] {
  return [...remaining(plan, ...ATTACHMENTS), ...remaining(plan, "aws_iam_role")].flatMap((resource) =>
    attachedPolicies(plan, resource).flatMap((policy): Breach[] => {
      const isShown =
        (typeof policy === "string" && MANAGED_POLICIES.has(policy)) ||
        (typeof policy === "string" && /^\$\{aws_iam_policy\.[^}]+\.arn\}$/.test(policy)) ||
        remaining(plan, "aws_iam_policy").some(({ after }) => after?.["arn"] === policy && !hasUnknown(policy));
      return isShown
        ? []
        : [{ address: resource.address, what: text`${resource.address} attaches ${policy}, which the plan does not show` }];
    }),
  );
}

/** What an attachment attaches, or what a role lists itself; none of a role that lists nothing, where AWS tells what others attached. */
function attachedPolicies(plan: Plan, resource: PlannedResource): readonly PlannedValue[] {
  const isRole = resource.type === "aws_iam_role";
  const attribute = isRole ? "managed_policy_arns" : "policy_arn";
  if (isRole && !plan.configuration.argumentsOf(resource.address).includes(attribute)) {
    return [];
  }
  const { value } = expectedValue(plan, resource, [attribute]);
  return isList(value) ? value : isRole && isEmpty(value) ? [] : [value];
}

function permissions({ plan }: Judged): Breach[] {
  return remaining(plan, "aws_lambda_permission").flatMap(({ address, after }): Breach[] => {
    const principal: PlannedValue = after?.["principal"];
    return typeof principal === "string" && !WILDCARD.test(principal)
      ? []
      : [{ address, what: text`${address} lets ${principal} invoke the function` }];
  });
}
