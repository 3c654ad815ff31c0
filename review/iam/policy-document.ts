/** IAM policy documents, as far as two can be compared and one can be checked. */
import { z } from "zod";

const oneOrMany = z.union([z.string(), z.array(z.string())]).transform((value) => (typeof value === "string" ? [value] : value));
const principals = z.union([z.literal("*"), z.record(z.string(), oneOrMany)]);

const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Action: oneOrMany.optional(),
  NotAction: oneOrMany.optional(),
  Resource: oneOrMany.optional(),
  NotResource: oneOrMany.optional(),
  Principal: principals.optional(),
  NotPrincipal: principals.optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});

const documentSchema = z.looseObject({
  Statement: z.union([statementSchema, z.array(statementSchema)]).transform((value) => (Array.isArray(value) ? value : [value])),
});

export type Statement = z.output<typeof statementSchema>;

/** The statements of a policy; undefined when the text is not a policy that can be understood to the last word. */
export function statementsOf(policy: string): readonly Statement[] | undefined {
  try {
    return documentSchema.safeParse(JSON.parse(policy)).data?.Statement;
  } catch {
    return undefined; // no JSON, e.g. an expression
  }
}

/** Who a statement is about, one string each: `*`, or kind and name. None in a policy of a role or user, which speaks of its owner. */
export function principalsOf(principal: Statement["Principal"]): readonly string[] {
  if (principal === undefined) {
    return [];
  }
  return principal === "*"
    ? ["*"]
    : Object.entries(principal).flatMap(([kind, names]) => names.map((name) => (name === "*" ? "*" : `${kind} ${name}`)));
}
