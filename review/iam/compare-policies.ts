/** What a policy allows that another one did not. */
import { principalsOf, type Statement } from "./policy-document";

/** One action on one resource by one principal, under a condition. */
interface Grant {
  readonly effect: "Allow" | "Deny";
  readonly action: string;
  readonly resource: string;
  readonly principal: string;
  /** Canonical JSON; `{}` for none. */
  readonly condition: string;
}

export interface PolicyDifference {
  /** What is allowed now and was not, or is no longer denied. */
  readonly wider: readonly string[];
  /** What was allowed and is no longer, or is denied now. */
  readonly narrower: readonly string[];
}

/** Compares two policies by what they allow, whatever the order, grouping and names of their statements. */
export function comparePolicies(before: readonly Statement[], after: readonly Statement[]): PolicyDifference {
  const [old, now] = [before.flatMap(grantsOf), after.flatMap(grantsOf)];
  const added = now.filter((grant) => !old.some((other) => covers(other, grant)));
  const removed = old.filter((grant) => !now.some((other) => covers(other, grant)));
  const sentence = (grants: readonly Grant[], others: readonly Grant[]) => grants.map((grant) => describe(grant, others));
  return {
    wider: [...sentence(added.filter(isAllow), old.filter(isAllow)), ...sentence(removed.filter(isDeny), [])].sort(),
    narrower: [...sentence(removed.filter(isAllow), []), ...sentence(added.filter(isDeny), [])].sort(),
  };
}

function grantsOf(statement: Statement): Grant[] {
  const actions = statement.Action ?? [`every action but ${(statement.NotAction ?? []).join(", ")}`];
  const resources = statement.Resource ?? (statement.NotResource ? [`every resource but ${statement.NotResource.join(", ")}`] : [""]);
  const principals = statement.NotPrincipal
    ? [`everybody but ${principalsOf(statement.NotPrincipal).join(", ")}`]
    : statement.Principal === undefined
      ? [""]
      : principalsOf(statement.Principal);
  const condition = JSON.stringify(canonical(statement.Condition ?? {}));
  return actions.flatMap((action) =>
    resources.flatMap((resource) => principals.map((principal) => ({ effect: statement.Effect, action, resource, principal, condition }))),
  );
}

/** Whether a grant says all that another one says. */
function covers(grant: Grant, other: Grant): boolean {
  return (
    grant.effect === other.effect &&
    matches(grant.action.toLowerCase(), other.action.toLowerCase()) &&
    matches(grant.resource, other.resource) &&
    (grant.principal === "*" || grant.principal === other.principal) &&
    (grant.condition === "{}" || grant.condition === other.condition)
  );
}

/** Whether a pattern with IAM's `*` and `?` stands for a text, which may itself be a pattern. */
function matches(pattern: string, value: string): boolean {
  if (pattern === value || !/[*?]/.test(pattern)) {
    return pattern === value;
  }
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${expression}$`, "s").test(value);
}

function describe(grant: Grant, others: readonly Grant[]): string {
  const { effect, action, resource, principal, condition } = grant;
  const same = others.find(
    (other) => other.condition !== condition && covers({ ...other, condition: "{}" }, { ...grant, condition: "{}" }),
  );
  return [
    ...(effect === "Deny" ? ["deny"] : []),
    action,
    ...(resource ? ["on", resource] : []),
    ...(principal ? ["by", principal === "*" ? "everybody (*)" : principal] : []),
    ...(condition === "{}" ? [] : ["if", condition]),
    ...(same && same.condition !== "{}" ? ["(before, only if", `${same.condition})`] : []),
  ].join(" ");
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(canonical).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, inner]) => [key, canonical(inner)]),
    );
  }
  return value;
}

const isAllow = ({ effect }: Grant) => effect === "Allow";
const isDeny = ({ effect }: Grant) => effect === "Deny";
