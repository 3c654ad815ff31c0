import type { Plan, PlannedResource } from "../plan/plan";
import {
  isEmpty,
  isList,
  isPlannedObject,
  type PlannedValue,
  SENSITIVE,
  Sensitive,
  stringsIn,
  UNKNOWN,
  Unknown,
  valueAt,
} from "../plan/planned-value";
import { expectedValue } from "../plan/written-value";
import { text } from "../text";
import type { AccessChange } from "./access-change";
import { WATCHED, type WatchedAttribute, type WatchedType } from "./watched-attributes";

/** Changes of the attributes that decide who gets in. */
export function attributeChanges(plan: Plan, resource: PlannedResource): AccessChange[] {
  const watched = WATCHED[resource.type];
  if (!watched || resource.mode !== "managed") {
    return [];
  }
  if (!resource.after) {
    return resource.before ? [removal(resource, watched)] : [];
  }
  const changes = watched.attributes.flatMap((attribute): NamedChange[] => {
    const change = changeOf(plan, resource, watched, attribute);
    return change ? [{ name: attribute.name, change }] : [];
  });
  if (!resource.before) {
    return changes.length > 0 || resource.action === "create" ? [creation(resource, watched, changes)] : [];
  }
  return isReplaced(resource) && watched.replaced !== undefined
    ? [
        {
          topic: watched.topic,
          effect: "other",
          address: resource.address,
          what: { words: ["", watched.replaced], values: [resource.address] },
        },
        ...changes.map(({ change }) => change),
      ]
    : changes.map(({ change }) => change);
}

interface NamedChange {
  readonly name: string;
  readonly change: AccessChange;
}

function isReplaced({ action }: PlannedResource): boolean {
  return action === "replace" || action === "replace before delete";
}

function creation({ address }: PlannedResource, { topic, isNew = "other" }: WatchedType, changes: readonly NamedChange[]): AccessChange {
  const attributes = changes.map(({ name, change: { value, items } }) => ({ name, value: value ? value.after : items?.added }));
  const written = changes.some(({ change }) => change.written);
  return { topic, effect: isNew, address, what: text`${address} is new`, attributes, ...(written && { written }) };
}

function removal({ address, action, type }: PlannedResource, { topic }: WatchedType): AccessChange {
  const forgotten = action === "forget";
  const what = forgotten ? text`${address} stays as it is, but Terraform manages it no longer` : text`${address} is removed`;
  // A permissions boundary or a refusal that goes does not narrow anything.
  const effect = forgotten || !["aws_lambda_permission", "aws_lambda_function_url"].includes(type) ? "other" : "narrower";
  return { topic, effect, address, what };
}

function changeOf(plan: Plan, resource: PlannedResource, { topic }: WatchedType, attribute: WatchedAttribute): AccessChange | undefined {
  const { path, name, kind } = attribute;
  const { address } = resource;
  const before = valueAt(resource.before, path);
  const { value: after, isWritten } = expectedValue(plan, resource, path);
  const isMentioned = plan.configuration.mentions(address, path);
  if (!isMentioned && (after instanceof Unknown || (isEmpty(after) && isReplaced(resource)))) {
    return undefined; // the provider's own choice, which shows only after the apply
  }
  const base = { topic, address, what: { words: ["", `: ${name}`], values: [address] }, ...(isWritten && { written: true as const }) };
  if (before instanceof Sensitive || after instanceof Sensitive) {
    return resource.differs(path)
      ? { ...base, effect: "other", value: { before: isEmpty(before) ? undefined : SENSITIVE, after: SENSITIVE } }
      : undefined;
  }
  if ((isEmpty(before) && isEmpty(after)) || sameValue(before, after)) {
    return undefined;
  }
  if (kind === "list" && !(after instanceof Unknown)) {
    const [old, now] = [items(before), items(after)];
    const added = now.filter((item) => !old.includes(item));
    const removed = old.filter((item) => !now.includes(item));
    // What is written is no comparison with what was: all of it counts as new, and what was is named.
    const effect = attribute.effect?.(before, after) ?? (added.length > 0 ? "wider" : "narrower");
    return added.length + removed.length === 0 ? undefined : { ...base, effect, items: { added, removed } };
  }
  const effect = after instanceof Unknown ? "wider" : (attribute.effect?.(before, after) ?? "other");
  return { ...base, effect, value: { before, after } };
}

function items(value: PlannedValue): readonly PlannedValue[] {
  return (isList(value) ? value : []).map((item) => (isPlannedObject(item) || isList(item) ? JSON.stringify(item) : item)).sort();
}

function sameValue(a: PlannedValue, b: PlannedValue): boolean {
  return JSON.stringify(isList(a) ? items(a) : a) === JSON.stringify(isList(b) ? items(b) : b);
}

/** Which user pools an authorizer takes tokens of. */
export function poolChanges(plan: Plan, resource: PlannedResource): AccessChange[] {
  if (resource.type !== "aws_api_gateway_authorizer" || !resource.after) {
    return [];
  }
  const before = poolsOf(plan, stringsIn(resource.before?.["provider_arns"]), "before");
  const { value } = expectedValue(plan, resource, ["provider_arns"]);
  const after = value instanceof Unknown ? [UNKNOWN] : poolsOf(plan, stringsIn(value), "after");
  const added = after.filter((pool) => !before.includes(pool));
  const removed = before.filter((pool) => !after.includes(pool));
  return added.length + removed.length === 0
    ? []
    : [
        {
          topic: "authorizer",
          effect: resource.before && added.length === 0 ? "narrower" : "wider",
          address: resource.address,
          what: text`${resource.address}: user pools whose users it lets in`,
          items: { added, removed },
        },
      ];
}

/** The addresses of the pools with these ARNs; an ARN of none of them stays what it is, and so does an expression without its `${…}`. */
function poolsOf(plan: Plan, arns: readonly string[], side: "before" | "after"): PlannedValue[] {
  return arns.map((arn) => {
    const expression = /^\$\{([^}]+)\.arn\}$/.exec(arn)?.[1];
    const pool = plan.resources.find(({ type, [side]: state }) => type === "aws_cognito_user_pool" && state?.["arn"] === arn);
    return expression ?? pool?.address ?? arn;
  });
}
