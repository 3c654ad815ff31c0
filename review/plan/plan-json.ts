/**
 * Terraform's JSON of a plan, as `terraform show -json <plan>` prints it: what the review reads of it, and the check that it is one.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
import { z } from "zod";

/** What `terraform show -json` gives is additive within a major version: unknown fields are new, not wrong. */
const MAJOR_VERSION = "1";

const actions = z.array(z.enum(["no-op", "create", "read", "update", "delete", "forget"])).min(1);

const changeSchema = z.looseObject({
  actions,
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  after_unknown: z.unknown().optional(),
  before_sensitive: z.unknown().optional(),
  after_sensitive: z.unknown().optional(),
  replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).optional(),
  importing: z.looseObject({ id: z.string().optional() }).optional(),
});

const resourceChangeSchema = z.looseObject({
  address: z.string(),
  previous_address: z.string().optional(),
  mode: z.enum(["managed", "data"]),
  type: z.string(),
  deposed: z.string().optional(),
  change: changeSchema,
  action_reason: z.string().optional(),
});

const configuredResourceSchema = z.looseObject({
  address: z.string(),
  expressions: z.record(z.string(), z.unknown()).optional(),
});

const configuredModuleSchema = z.looseObject({
  resources: z.array(configuredResourceSchema).optional(),
  get module_calls() {
    return z.record(z.string(), z.looseObject({ module: configuredModuleSchema.optional() })).optional();
  },
});

const planSchema = z.looseObject({
  format_version: z.string(),
  terraform_version: z.string(),
  resource_changes: z.array(resourceChangeSchema).default([]),
  resource_drift: z.array(resourceChangeSchema).default([]),
  deferred_changes: z.array(z.looseObject({ reason: z.string(), resource_change: resourceChangeSchema })).default([]),
  output_changes: z.record(z.string(), changeSchema).default({}),
  relevant_attributes: z.array(z.looseObject({ resource: z.string(), attribute: z.array(z.union([z.string(), z.number()])) })).default([]),
  configuration: z.looseObject({
    provider_config: z
      .record(z.string(), z.looseObject({ name: z.string(), expressions: z.record(z.string(), z.unknown()).optional() }))
      .default({}),
    root_module: configuredModuleSchema,
  }),
  errored: z.boolean().default(false),
  complete: z.boolean().default(true),
});

export type PlanJson = z.output<typeof planSchema>;
export type ResourceChangeJson = z.output<typeof resourceChangeSchema>;
export type ChangeJson = z.output<typeof changeSchema>;
export type ConfiguredModule = z.output<typeof configuredModuleSchema>;

/** What was given is not a plan that the review can read. */
export class UnreadablePlan extends Error {
  override readonly name = "UnreadablePlan";
}

/**
 * Reads a plan.
 *
 * @param text what `terraform show -json <plan>` printed
 * @param source where it comes from, for the message
 * @throws UnreadablePlan when it is no JSON, no plan, or of a format version with another major number
 */
export function parsePlan(text: string, source: string): PlanJson {
  const wayOut = "Make the file with `terraform show -json <plan file> > plan.json`.";
  const json = parseJson(text, source, wayOut);
  if (typeof json !== "object" || json === null || !("format_version" in json)) {
    throw new UnreadablePlan(`${source} is not a plan: it has no "format_version". ${wayOut}`);
  }
  const version = String(json.format_version);
  if (version.split(".")[0] !== MAJOR_VERSION) {
    throw new UnreadablePlan(
      `${source} has format_version "${version}": this review reads ${MAJOR_VERSION}.x. Use a Terraform that writes it, or a newer review.`,
    );
  }
  if (!("configuration" in json)) {
    throw new UnreadablePlan(`${source} is Terraform's JSON, but not of a plan (a state has no "configuration"). ${wayOut}`);
  }
  const result = planSchema.safeParse(json);
  if (!result.success) {
    const faults = result.error.issues.slice(0, 3).map(({ path, message }) => `${path.join(".") || "the plan"}: ${message}`);
    throw new UnreadablePlan(`${source} is not a plan as Terraform writes it: ${faults.join("; ")}. ${wayOut}`);
  }
  return result.data;
}

function parseJson(text: string, source: string, wayOut: string): unknown {
  if (text.trim() === "") {
    throw new UnreadablePlan(`${source} is empty. ${wayOut}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    // The parser's own message quotes the text, which may hold a secret value.
    const truncated = /^\s*\{/.test(text) && !/\}\s*$/.test(text);
    throw new UnreadablePlan(
      truncated
        ? `${source} is JSON that breaks off after ${text.length} characters: it is truncated. ${wayOut}`
        : `${source} is not JSON (a plan file itself is binary). ${wayOut}`,
      { cause: error instanceof SyntaxError ? undefined : error },
    );
  }
}
