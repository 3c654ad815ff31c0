import type { PlannedResource } from "./plan";
import type { PlannedObject } from "./planned-value";

/** Before the apply, or after it. */
export type Side = "before" | "after";

/** A resource's values on one side; undefined where it does not exist, or is none of Terraform's any longer. */
export function stateOf(resource: PlannedResource, side: Side): PlannedObject | undefined {
  return side === "before" ? resource.before : resource.after;
}
