/** Values of a plan in which whatever is secret or not yet known has been replaced by a word for it. */
import { isJsonObject } from "../../config/json-object";

/** A value that Terraform marks as sensitive. Nothing of it goes further than this. */
export class Sensitive {
  toJSON(): unknown {
    return { sensitive: true };
  }
}

/** A value that is known only after the apply. */
export class Unknown {
  toJSON(): unknown {
    return { knownAfterApply: true };
  }
}

export const SENSITIVE = new Sensitive();
export const UNKNOWN = new Unknown();

/** JSON, with {@link Sensitive} and {@link Unknown} in the places of what cannot be shown. `undefined`: there is none. */
export type PlannedValue =
  undefined | null | boolean | number | string | Sensitive | Unknown | readonly PlannedValue[] | { readonly [key: string]: PlannedValue };

export type PlannedObject = Readonly<Record<string, PlannedValue>>;

/**
 * Puts a value's marks into it.
 *
 * @param unknown `after_unknown`: `true`, or an object or list with `true` in the places of what is not known. The value leaves these out.
 * @param sensitive `before_sensitive` or `after_sensitive`, of the same shape
 */
export function plannedValue(value: unknown, unknown: unknown, sensitive: unknown): PlannedValue {
  if (sensitive === true) {
    return SENSITIVE;
  }
  if (unknown === true) {
    return UNKNOWN;
  }
  if (Array.isArray(value) || Array.isArray(unknown)) {
    const items = Array.isArray(value) ? (value as unknown[]) : [];
    const length = Math.max(items.length, Array.isArray(unknown) ? unknown.length : 0);
    return Array.from({ length }, (_, index) => plannedValue(items[index], part(unknown, index), part(sensitive, index)));
  }
  if (isJsonObject(value) || (isJsonObject(unknown) && Object.keys(unknown).length > 0)) {
    const keys = new Set([...Object.keys(isJsonObject(value) ? value : {}), ...Object.keys(isJsonObject(unknown) ? unknown : {})]);
    return Object.fromEntries(
      [...keys].sort().map((key) => [key, plannedValue(part(value, key), part(unknown, key), part(sensitive, key))]),
    );
  }
  return value as null | boolean | number | string | undefined;
}

/** Whether any part of a value is not known before the apply. */
export function hasUnknown(value: PlannedValue): boolean {
  return value instanceof Unknown || parts(value).some(hasUnknown);
}

/** Whether any part of a value is secret. */
export function hasSensitive(value: PlannedValue): boolean {
  return value instanceof Sensitive || parts(value).some(hasSensitive);
}

/** The strings in a value, however deep; none of a sensitive one. */
export function stringsIn(value: PlannedValue): string[] {
  return typeof value === "string" ? [value] : parts(value).flatMap(stringsIn);
}

/** What a value is made of: the items of a list, the values of an object; none of anything else. */
function parts(value: PlannedValue): readonly PlannedValue[] {
  if (isList(value)) {
    return value;
  }
  return isPlannedObject(value) ? Object.values(value) : [];
}

export function isList(value: PlannedValue): value is readonly PlannedValue[] {
  return Array.isArray(value);
}

export function isPlannedObject(value: PlannedValue): value is PlannedObject {
  return isJsonObject(value) && !(value instanceof Sensitive) && !(value instanceof Unknown);
}

/** null, "", [] and {} are one for the provider: it reads back one where another was written. */
export function isEmpty(value: PlannedValue): boolean {
  return (
    value === undefined ||
    value === null ||
    value === "" ||
    (isList(value) && value.length === 0) ||
    (isPlannedObject(value) && Object.keys(value).length === 0)
  );
}

/** The part of a value that a path leads to, e.g. `["password_policy", 0, "minimum_length"]`. */
export function valueAt(value: PlannedValue, path: readonly (string | number)[]): PlannedValue {
  return path.reduce<PlannedValue>((parent, key) => {
    if (parent instanceof Unknown || parent instanceof Sensitive) {
      return parent;
    }
    return isList(parent) ? parent[Number(key)] : isPlannedObject(parent) ? parent[String(key)] : undefined;
  }, value);
}

function part(value: unknown, key: string | number): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string | number, unknown>)[key] : undefined;
}
