import type { Plan } from "../plan/plan";
import { plainText } from "../text";
import { type AccessChange, type Effect, TOPICS } from "./access-change";
import { attributeChanges, poolChanges } from "./attribute-changes";
import { deploymentChanges } from "./deployment-changes";
import { policyChanges } from "./policy-changes";
import { routeChanges } from "./route-changes";

export { type AccessChange, TOPICS } from "./access-change";
export { routesOf } from "./routes";

const EFFECTS: readonly Effect[] = ["wider", "other", "narrower"];

/** What the plan changes for access: who may call which route, who may sign in and how, what roles may do. Within a topic the wider first. */
export function accessChanges(plan: Plan): readonly AccessChange[] {
  const rank = ({ topic, effect }: AccessChange) => TOPICS.indexOf(topic) * EFFECTS.length + EFFECTS.indexOf(effect);
  return [
    ...routeChanges(plan),
    ...plan.resources.flatMap((resource) => [
      ...poolChanges(plan, resource),
      ...attributeChanges(plan, resource),
      ...policyChanges(plan, resource),
    ]),
    ...deploymentChanges(plan),
  ]
    .map((change) => ({ change, rank: rank(change), words: plainText(change.what) }))
    .sort((a, b) => a.rank - b.rank || (a.words < b.words ? -1 : a.words > b.words ? 1 : 0))
    .map(({ change }) => change);
}
