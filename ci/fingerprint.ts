/** What identifies a plan: a digest over everything that it would do, and one for each change so that a difference can be named. */
import { createHash } from "node:crypto";
import { isJsonObject } from "../config/json-object";
import { UserError } from "../config/user-error";

export interface Fingerprint {
  /** SHA-256 in hex over all changes. */
  readonly digest: string;
  /** What would be done to each resource and output, as `<actions> <short digest>`, by address. */
  readonly changes: Readonly<Record<string, string>>;
}

interface Change {
  readonly actions: readonly string[];
  readonly [field: string]: unknown;
}

interface ResourceChange {
  readonly address: string;
  /** Set for an object that was replaced before and is still to be deleted: the resource itself has the same address. */
  readonly deposed?: string;
  readonly previous_address?: string;
  readonly change: Change;
}

interface Plan {
  readonly format_version: string;
  readonly errored?: boolean;
  readonly resource_changes?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, Change>>;
}

/** The parts of a change that say what it does. Sensitive values are left out: the fingerprint stands in a comment. */
const FIELDS = ["actions", "before", "after", "after_unknown", "replace_paths", "importing"] as const;
const SENSITIVE: Readonly<Record<string, string>> = { before: "before_sensitive", after: "after_sensitive" };

/**
 * The fingerprint of a plan as `terraform show -json` tells it. Two plans have the same one if they would do the same, sensitive values
 * aside. When it was made, by whom and with which version does not matter; nor does what would stay as it is.
 *
 * @throws UserError when it is not a plan, or one that failed
 */
export function fingerprint(planJson: string): Fingerprint {
  const plan = parsed(planJson);
  const resources = (plan.resource_changes ?? []).map(
    ({ address, deposed, previous_address, change }) =>
      [deposed === undefined ? address : `${address} (deposed object ${deposed})`, change, previous_address] as const,
  );
  const outputs = Object.entries(plan.output_changes ?? {}).map(([name, change]) => [`output.${name}`, change, undefined] as const);
  const changes: Record<string, string> = {};
  for (const [address, change, previousAddress] of [...resources, ...outputs].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (change.actions.join() === "no-op" && previousAddress === undefined && change["importing"] === undefined) {
      continue;
    }
    const what = FIELDS.map((field) => withoutSensitive(change[field], change[SENSITIVE[field] ?? ""]));
    changes[address] = `${change.actions.join(" and ")} ${sha256([previousAddress, what]).slice(0, 16)}`;
  }
  return { digest: sha256(changes), changes };
}

/** What a plan would do otherwise than the one that was reviewed, one line a resource. */
export function differences(reviewed: Fingerprint["changes"], now: Fingerprint["changes"]): string[] {
  const addresses = [...new Set([...Object.keys(reviewed), ...Object.keys(now)])].sort();
  return addresses.flatMap((address) => {
    const before = reviewed[address];
    const after = now[address];
    if (before === after) {
      return [];
    }
    const verb = (change: string | undefined) => (change === undefined ? "nothing" : change.replace(/ \S+$/, ""));
    return verb(before) === verb(after)
      ? [`${address}: ${verb(after)}, but with other values`]
      : [`${address}: reviewed was ${verb(before)}, now it would be ${verb(after)}`];
  });
}

function parsed(planJson: string): Plan {
  let plan: Plan;
  try {
    plan = JSON.parse(planJson) as Plan;
  } catch (error) {
    throw new UserError("The plan is not JSON. Make it with `terraform show -json`.", { cause: error });
  }
  if (!plan.format_version.startsWith("1.") || plan.errored) {
    throw new UserError(
      plan.errored
        ? "The plan failed half-way, so it is not the whole plan. Plan again."
        : `The plan has format version ${plan.format_version}; version 1 is known.`,
    );
  }
  return plan;
}

/** A value without its sensitive parts, which the mask marks with `true`. */
function withoutSensitive(value: unknown, mask: unknown): unknown {
  if (mask === true) {
    return "(sensitive)";
  }
  if (typeof value !== "object" || value === null || typeof mask !== "object" || mask === null) {
    return value;
  }
  const parts = mask as Record<string, unknown>;
  return Array.isArray(value)
    ? value.map((item: unknown, index) => withoutSensitive(item, parts[index]))
    : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSensitive(item, parts[key])]));
}

function sha256(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value, sortedKeys)).digest("hex");
}

function sortedKeys(_: string, value: unknown): unknown {
  return isJsonObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
}
