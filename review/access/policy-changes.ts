import { comparePolicies } from "../iam/compare-policies";
import { policiesOf } from "../iam/policies";
import { type Statement, statementsOf } from "../iam/policy-document";
import type { Plan, PlannedResource } from "../plan/plan";
import { type PlannedValue } from "../plan/planned-value";
import { text } from "../text";
import type { AccessChange } from "./access-change";

/** What policies allow afterwards and did not before, and the other way round. */
export function policyChanges(plan: Plan, resource: PlannedResource): AccessChange[] {
  if (resource.mode !== "managed" || resource.action === "no-op") {
    return [];
  }
  return policiesOf(plan, resource).flatMap(({ path, before, after, isWritten }): AccessChange[] => {
    if (before === after) {
      return [];
    }
    const { address, action } = resource;
    const where = path.join(".");
    const base = { topic: "permissions" as const, address, ...(isWritten && { written: true as const }) };
    if (action === "forget") {
      return [{ ...base, effect: "other" as const, what: text`${address} keeps its ${where}, but Terraform manages it no longer` }];
    }
    const [old, now] = [parsed(before), parsed(after)];
    if (!old || !now) {
      return [
        {
          ...base,
          effect: "wider" as const,
          what: text`${address}: ${where} cannot be compared, so it may allow more`,
          value: { before, after },
        },
      ];
    }
    // What is written names other resources by `${…}`, what was by their ARNs: the two cannot be told to be the same.
    const { wider, narrower } = comparePolicies(old, now);
    const change = (effect: "wider" | "narrower", added: readonly string[], removed: readonly string[]) =>
      added.length + removed.length === 0
        ? []
        : [
            {
              ...base,
              effect,
              what: effect === "wider" ? text`${address}: ${where} allows more` : text`${address}: ${where} allows less`,
              items: { added, removed },
            },
          ];
    return [...change("wider", wider, []), ...change("narrower", [], narrower)];
  });
}

function parsed(policy: PlannedValue): readonly Statement[] | undefined {
  return policy === undefined ? [] : typeof policy === "string" ? statementsOf(policy) : undefined;
}
