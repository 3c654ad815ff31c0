/** What Terraform will do, attribute by attribute. */
import type { Action, Plan, PlannedOutput, PlannedResource } from "./plan/plan";
import { ACTIONS } from "./plan/plan";
import { isEmpty, isList, isPlannedObject, type PlannedValue, Sensitive, Unknown } from "./plan/planned-value";

type Path = readonly (string | number)[];

export interface AttributeChange {
  readonly path: Path;
  readonly before: PlannedValue;
  readonly after: PlannedValue;
  readonly forcesReplacement: boolean;
}

export interface ResourceChange {
  readonly address: string;
  readonly action: Action;
  readonly attributes: readonly AttributeChange[];
  /** Where it was, of a resource that moves. */
  readonly previousAddress?: string;
  readonly importId?: string;
  /** Terraform's word for why, where the plan has one, e.g. `replace_by_request`. */
  readonly actionReason?: string;
  /** Terraform's word for why it waits for a later plan, e.g. `resource_config_unknown`. */
  readonly deferredReason?: string;
  /** Terraform's key of an object that was replaced before and is still to be deleted. */
  readonly deposedKey?: string;
}

/** What happens to resources, by action and then by address; those that stay as they are left out. */
export function resourceChanges(plan: Plan): readonly ResourceChange[] {
  return [...plan.resources, ...plan.deposed]
    .filter(({ action, deferredReason }) => action !== "no-op" || deferredReason !== undefined)
    .sort((a, b) => ACTIONS.indexOf(a.action) - ACTIONS.indexOf(b.action))
    .map((resource) => changeOf(resource, attributesOf(plan, resource)));
}

/**
 * What changed since the last apply without Terraform, as far as it matters: what the stack sets, or what another resource is made from.
 * (AWS reports a lot more, such as the number of users, and `[]` where nothing was written.)
 */
export function driftOf(plan: Plan): readonly ResourceChange[] {
  return plan.drift.flatMap((resource) => {
    const matters = ({ path: [argument = "", ...rest] }: AttributeChange) =>
      plan.configuration.mentions(resource.address, [argument, ...rest]) || plan.relevantAttributes.has(`${resource.address}.${argument}`);
    const attributes = resource.action === "update" ? differences(resource).filter(matters) : [];
    return resource.action === "update" && attributes.length === 0 ? [] : [changeOf(resource, attributes)];
  });
}

/** The stack's outputs that change. */
export function outputChanges(plan: Plan): readonly PlannedOutput[] {
  return plan.outputs.filter(({ action }) => action !== "no-op");
}

function changeOf(resource: PlannedResource, attributes: readonly AttributeChange[]): ResourceChange {
  const { address, action, previousAddress, importId, actionReason, deferredReason, deposedKey } = resource;
  return {
    address,
    action,
    attributes,
    ...(previousAddress !== undefined && { previousAddress }),
    ...(importId !== undefined && { importId }),
    ...(actionReason !== undefined && { actionReason }),
    ...(deferredReason !== undefined && { deferredReason }),
    ...(deposedKey !== undefined && { deposedKey }),
  };
}

function attributesOf(plan: Plan, resource: PlannedResource): AttributeChange[] {
  const isWritten = ({ path }: AttributeChange) => plan.configuration.mentions(resource.address, path);
  switch (resource.action) {
    case "create":
    case "read":
    case "import":
      // Whatever the provider fills in by itself says nothing that a reviewer could judge.
      return differences(resource).filter((change) => isWritten(change) && !isEmpty(change.after));
    case "delete":
    case "forget":
      return [];
    case "replace":
    case "replace before delete":
      return differences(resource).filter((change) => isWritten(change) || !(change.after instanceof Unknown || isEmpty(change.after)));
    default:
      return differences(resource).filter((change) => isWritten(change) || !(change.after instanceof Unknown));
  }
}

/** The leaves in which the two sides differ, in the order of their paths. */
function differences(resource: PlannedResource): AttributeChange[] {
  const forced = new Set(resource.replacePaths.map((path) => JSON.stringify(path)));
  const isForcing = (path: Path) => path.some((_, index) => forced.has(JSON.stringify(path.slice(0, index + 1))));

  const walk = (path: Path, before: PlannedValue, after: PlannedValue): AttributeChange[] => {
    if (isEmpty(before) && isEmpty(after)) {
      return [];
    }
    if (hasInner(before) || hasInner(after)) {
      if ((hasInner(before) || isEmpty(before)) && (hasInner(after) || isEmpty(after))) {
        return keysOf(before, after).flatMap((key) => walk([...path, key], inner(before, key), inner(after, key)));
      }
    }
    const differ =
      before instanceof Sensitive || after instanceof Sensitive ? resource.differs(path) : JSON.stringify(before) !== JSON.stringify(after);
    return differ ? [{ path, before, after, forcesReplacement: isForcing(path) }] : [];
  };
  return walk([], resource.before, resource.after);
}

/** Objects, and lists of objects: lists of plain values are read as a whole. */
function hasInner(value: PlannedValue): boolean {
  return isPlannedObject(value) || (isList(value) && value.some((item) => isPlannedObject(item)));
}

function keysOf(...values: readonly PlannedValue[]): (string | number)[] {
  const keys = values.flatMap((value): (string | number)[] =>
    isList(value) ? [...value.keys()] : isPlannedObject(value) ? Object.keys(value) : [],
  );
  return [...new Set(keys)].sort((a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : 1));
}

function inner(value: PlannedValue, key: string | number): PlannedValue {
  return isList(value) ? value[Number(key)] : isPlannedObject(value) ? value[String(key)] : undefined;
}

/** As Terraform writes it, e.g. `password_policy[0].minimum_length`. */
export function pathText(path: Path): string {
  return path
    .map((key, index) =>
      typeof key === "number" ? `[${key}]` : !/^[A-Za-z_][\w-]*$/.test(key) ? `[${JSON.stringify(key)}]` : index === 0 ? key : `.${key}`,
    )
    .join("");
}
