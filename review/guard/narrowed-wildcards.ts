/** Where a wildcard in a role's policy reaches no further than it must, because AWS makes up an id or knows no resource. */
import type { Environment } from "../../config/environment";
import { project } from "../../config/project";
import { functionBoundary } from "../../stacks/function-boundary";
import { anyFunctionRoleName, functionLogGroupName, furtherFunctionName } from "../../stacks/resource-names";
import type { Statement } from "../iam/policy-document";
import type { Plan, PlannedResource } from "../plan/plan";
import { stringsIn } from "../plan/planned-value";
import { remaining } from "./rule";

/** Actions that AWS authorizes on no single resource. None of them reads or writes what a resource holds. */
const WITHOUT_RESOURCE: ReadonlySet<string> = new Set([
  "cloudfront:UpdateDistribution", // asked for a custom login domain, whose distribution is Cognito's own
  "cloudwatch:DescribeAlarms",
  "cognito-idp:DescribeUserPoolDomain",
  "kms:ListAliases",
  "logs:DescribeLogGroups",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
  // WAF does not look at the tags of what it stands in front of. API Gateway and Cognito do, in actions of their own.
  "wafv2:AssociateWebACL",
  "wafv2:DisassociateWebACL",
  "wafv2:GetWebACLForResource",
]);

/** What ends in an id below a name, or is AWS's own. */
const NAMED: readonly RegExp[] = [
  // All streams of one log group, named by Lambda: also before the group's ARN is known.
  /^(?:arn:[^:*?]+:logs:[^:*?]+:[^:*?]+:log-group:[^:*?]+|\$\{aws_cloudwatch_log_group\.[^}*?]+\.arn\}):\*$/,
  /^arn:[^:*?]+:wafv2:[^:*?]+:[^:*?]+:regional\/webacl\/[^/*?]+\/\*$/,
  /^arn:[^:*?]+:wafv2:[^:*?]+:[^:*?]+:regional\/managedruleset\/\*\/\*$/,
  /^arn:[^:*?]+:cloudwatch:[^:*?]+:[^:*?]+:alarm:[^*? ]+ \*$/, // the alarms of one API (stacks/resource-names.ts)
  /^arn:[^:*?]+:apigateway:[^:*?]+::\/domainnames\/[^/*?]+\/basepathmappings\/\*$/,
];

/** Whether a wildcard in a statement's resource is none that the statement could do without. */
export function isNarrowed(resource: string, statement: Statement, environment: Environment): boolean {
  return (
    NAMED.some((pattern) => pattern.test(resource)) ||
    isFurtherFunction(resource, environment) ||
    isInFunctionBoundary(resource, statement, environment) ||
    (statement.Action !== undefined && statement.Action.every((action) => WITHOUT_RESOURCE.has(action))) ||
    isHeldByTags(statement, environment) ||
    isHeldByAlias(statement)
  );
}

/** The further functions of the environment, their roles and logs. No other environment's names begin so (config/load-environments.ts). */
function isFurtherFunction(resource: string, { account, region, names }: Environment): boolean {
  const name = furtherFunctionName(names.function, "*");
  return [
    `arn:aws:lambda:${region}:${account}:function:${name}`,
    `arn:aws:iam::${account}:role/${anyFunctionRoleName(names.function, region)}`,
    `arn:aws:logs:${region}:${account}:log-group:${functionLogGroupName(name)}`,
  ].includes(resource);
}

/** What the configuration lets the functions be allowed at most (`github.functionBoundary`), and their own logs. */
function isInFunctionBoundary(resource: string, { Action }: Statement, environment: Environment): boolean {
  return functionBoundary(environment).some(
    ({ actions, resources }) =>
      resource !== "*" && resources.includes(resource) && Action !== undefined && Action.every((action) => actions.includes(action)),
  );
}

/** Only what carries, or is made with, the tags of the project and its environment. */
function isHeldByTags({ Condition = {} }: Statement, { name }: Environment): boolean {
  const equals = Condition["StringEquals"] ?? {};
  return ["aws:ResourceTag", "aws:RequestTag"].some(
    (prefix) => equals[`${prefix}/project`] === project.name && equals[`${prefix}/environment`] === name,
  );
}

/** Only the key that has this alias. */
function isHeldByAlias({ Condition = {} }: Statement): boolean {
  const alias = Condition["ForAnyValue:StringEquals"]?.["kms:ResourceAliases"];
  return typeof alias === "string" && alias.startsWith("alias/");
}

/**
 * Whether a managed policy is a permissions boundary of roles in the plan and nothing else. It allows nobody anything: it says how much
 * other policies can allow at the most.
 */
export function isBoundaryOnly(plan: Plan, policy: PlannedResource): boolean {
  const arn = policy.after?.["arn"];
  const users = remaining(plan).flatMap(({ address, after }) =>
    plan.configuration
      .argumentsOf(address)
      .filter(
        (argument) =>
          plan.configuration.references(address, argument).some((reference) => reference.address === policy.address) ||
          (typeof arn === "string" && stringsIn(after?.[argument]).includes(arn)),
      ),
  );
  return policy.type === "aws_iam_policy" && users.length > 0 && users.every((argument) => argument === "permissions_boundary");
}
