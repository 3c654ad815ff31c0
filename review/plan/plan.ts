import { Configuration } from "./configuration";
import type { ChangeJson, PlanJson, ResourceChangeJson } from "./plan-json";
import { isPlannedObject, plannedValue, type PlannedObject, type PlannedValue } from "./planned-value";

/** What Terraform will do with a resource. `replace` deletes it first, `replace before delete` makes the new one first. */
export const ACTIONS = [
  "delete",
  "replace",
  "replace before delete",
  "forget",
  "create",
  "update",
  "read",
  "import",
  "move",
  "no-op",
] as const;
export type Action = (typeof ACTIONS)[number];

/** A resource as the plan shows it: what it is, what it will be, and what happens in between. */
export interface PlannedResource {
  readonly address: string;
  readonly type: string;
  readonly mode: "managed" | "data";
  readonly action: Action;
  /** Undefined for what does not exist yet. */
  readonly before: PlannedObject | undefined;
  /** Undefined for what Terraform will manage no longer. */
  readonly after: PlannedObject | undefined;
  /** Whether the values of an attribute differ, also where they are sensitive. */
  readonly differs: (path: readonly (string | number)[]) => boolean;
  /** The attributes that force the replacement. */
  readonly replacePaths: readonly (readonly (string | number)[])[];
  /** Terraform's own word for why, e.g. `replace_by_request`. */
  readonly actionReason?: string;
  readonly previousAddress?: string;
  /** The id under which it is imported; empty when the plan does not tell. */
  readonly importId?: string;
  /** Why Terraform puts it off to a later plan. */
  readonly deferredReason?: string;
  /** Terraform's key of an object that was replaced by now, and that an earlier apply could not delete. */
  readonly deposedKey?: string;
}

/** An output of the stack that changes. */
export interface PlannedOutput {
  readonly name: string;
  readonly action: Action;
  readonly before: PlannedValue;
  readonly after: PlannedValue;
}

/** A plan, with whatever is sensitive taken out. */
export interface Plan {
  readonly terraformVersion: string;
  readonly errored: boolean;
  /** Whether the plan leaves out what the configuration has, as with `-target`. What is deferred is in it. */
  readonly partial: boolean;
  /** Every resource, those that stay as they are and the deferred ones included, in the order of their addresses. */
  readonly resources: readonly PlannedResource[];
  readonly byAddress: ReadonlyMap<string, PlannedResource>;
  /** Old objects that were replaced before and are still to be deleted, beside the resources that have their addresses now. */
  readonly deposed: readonly PlannedResource[];
  /** What changed since the last apply without Terraform. */
  readonly drift: readonly PlannedResource[];
  readonly outputs: readonly PlannedOutput[];
  /** What the plan's values were made from: a resource's attribute counts only when the configuration or another resource uses it. */
  readonly relevantAttributes: ReadonlySet<string>;
  readonly configuration: Configuration;
}

export function readPlan(json: PlanJson): Plan {
  const deferred = json.deferred_changes.map(({ reason, resource_change }) => resource(resource_change, reason));
  const changes = json.resource_changes.map((change) => resource(change));
  const resources = [...changes.filter(({ deposedKey }) => deposedKey === undefined), ...deferred].sort(inOrder);
  return {
    terraformVersion: json.terraform_version,
    errored: json.errored,
    partial: !json.complete && !json.errored && deferred.length === 0,
    resources,
    byAddress: new Map(resources.map((one) => [one.address, one])),
    deposed: changes.filter(({ deposedKey }) => deposedKey !== undefined).sort(inOrder),
    drift: json.resource_drift.map((change) => resource(change)).sort(inOrder),
    outputs: Object.entries(json.output_changes)
      .map(([name, change]) => ({ name, action: actionOf(change), ...values(change) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    relevantAttributes: new Set(json.relevant_attributes.map(({ resource: address, attribute }) => `${address}.${attribute[0] ?? ""}`)),
    configuration: new Configuration(json.configuration),
  };
}

function resource(json: ResourceChangeJson, deferredReason?: string): PlannedResource {
  const { address, type, mode, change } = json;
  const { before, after } = values(change);
  const previousAddress = json.previous_address !== address ? json.previous_address : undefined;
  const action = actionOf(change);
  return {
    address,
    type,
    mode,
    action: action !== "no-op" ? action : change.importing ? "import" : previousAddress !== undefined ? "move" : action,
    before: isPlannedObject(before) ? before : undefined,
    after: isPlannedObject(after) ? after : undefined,
    differs: (path) => JSON.stringify(at(change.before, path)) !== JSON.stringify(at(change.after, path)),
    replacePaths: change.replace_paths ?? [],
    ...(json.action_reason !== undefined && { actionReason: json.action_reason }),
    ...(previousAddress !== undefined && { previousAddress }),
    ...(change.importing && { importId: change.importing.id ?? "" }),
    ...(deferredReason !== undefined && { deferredReason }),
    ...(json.deposed !== undefined && { deposedKey: json.deposed }),
  };
}

function values(change: ChangeJson): { before: PlannedValue; after: PlannedValue } {
  return {
    before: plannedValue(change.before ?? undefined, undefined, change.before_sensitive),
    after: plannedValue(change.after ?? undefined, change.after_unknown, change.after_sensitive),
  };
}

function actionOf({ actions: [first, second] }: ChangeJson): Action {
  if (second === undefined) {
    return first ?? "no-op";
  }
  return first === "create" ? "replace before delete" : "replace";
}

function at(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce((parent: unknown, key) => (parent as Record<string | number, unknown> | null | undefined)?.[key], value);
}

function inOrder(a: PlannedResource, b: PlannedResource): number {
  return a.address < b.address ? -1 : a.address > b.address ? 1 : 0;
}
