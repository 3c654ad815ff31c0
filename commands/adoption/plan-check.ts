import { hasSensitive, type Plan, type PlannedResource, type PlannedValue, UNKNOWN, valueAt } from "../../review";

/**
 * What a plan would destroy or replace, one line each, with the attributes that force it.
 *
 * A replaced deployment is none of it: it holds nothing, and the new one is there before the old one goes. Nor is one whose replacement was
 * interrupted in between.
 */
export function destructiveChanges({ resources, deposed }: Plan): string[] {
  return [...resources, ...deposed]
    .filter(
      ({ type, action, deposedKey }) =>
        !(type === "aws_api_gateway_deployment" && (action === "replace before delete" || deposedKey !== undefined)),
    )
    .flatMap((resource) => {
      switch (resource.action) {
        case "delete":
          return [`${resource.address} would be destroyed: the configuration does not have it`];
        case "replace":
        case "replace before delete":
          return [`${resource.address} would be replaced, because AWS cannot change: ${reasons(resource)}`];
        default:
          return [];
      }
    });
}

function reasons({ replacePaths, before, after }: PlannedResource): string {
  const reasonsOf = replacePaths.map((path) => {
    const [old, renewed] = [valueAt(before, path), valueAt(after, path)];
    return path.join(".") + (hasSensitive(old) || hasSensitive(renewed) ? "" : ` (${shown(old)} -> ${shown(renewed)})`);
  });
  return reasonsOf.join(", ") || "what it refers to";
}

function shown(value: PlannedValue): string {
  return value === undefined || value === UNKNOWN ? "known after the apply" : JSON.stringify(value);
}
