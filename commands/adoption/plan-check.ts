import { z } from "zod";

const planSchema = z.object({
  resource_changes: z
    .array(
      z.object({
        address: z.string(),
        type: z.string(),
        change: z.object({
          actions: z.array(z.string()),
          before: z.unknown(),
          after: z.unknown(),
          before_sensitive: z.unknown(),
          replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).optional(),
        }),
      }),
    )
    .default([]),
});

/**
 * What a plan would destroy or replace, one line each, with the attributes that force it.
 *
 * A replaced deployment is none of it: it holds nothing, and the new one is there before the old one goes.
 *
 * @param plan what `terraform show -json` says of it
 */
export function destructiveChanges(plan: unknown): string[] {
  return planSchema
    .parse(plan)
    .resource_changes.filter(
      ({ type, change: { actions } }) =>
        actions.includes("delete") && !(type === "aws_api_gateway_deployment" && actions[0] === "create" && actions.length === 2),
    )
    .map(({ address, change }) => {
      if (!change.actions.includes("create")) {
        return `${address} would be destroyed: the configuration does not have it`;
      }
      const reasons = (change.replace_paths ?? []).map((path) => {
        const values = isSensitive(change.before_sensitive, path) ? "" : ` (${shown(change.before, path)} -> ${shown(change.after, path)})`;
        return path.join(".") + values;
      });
      return `${address} would be replaced, because AWS cannot change: ${reasons.join(", ") || "what it refers to"}`;
    });
}

function at(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inside, step) => (inside as Record<string | number, unknown> | null | undefined)?.[step], value);
}

function isSensitive(marks: unknown, path: readonly (string | number)[]): boolean {
  return path.some((_, length) => at(marks, path.slice(0, length)) === true) || at(marks, path) === true;
}

function shown(value: unknown, path: readonly (string | number)[]): string {
  const found = at(value, path);
  return found === undefined ? "known after the apply" : JSON.stringify(found);
}
