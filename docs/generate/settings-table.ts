import { z } from "zod";
import { environmentSchema } from "../../config/environment";

interface Setting {
  readonly name: string;
  readonly meaning: string;
  /** What the table says of its default. */
  readonly fallback: string;
}

/** Every setting of an environment: what the schema in config/environment.ts knows of it. */
export function settings(): Setting[] {
  return settingsOf(environmentSchema);
}

/** The same as a Markdown table. */
export function settingsTable(): string {
  const rows = settings().map(({ name, meaning, fallback }) => `| \`${name}\` | ${meaning} | ${fallback} |`);
  return ["| setting | meaning | default |", "|---|---|---|", ...rows].join("\n");
}

/** @param group the optional group of settings that the schema is part of: what it requires is required only there */
function settingsOf(schema: z.ZodObject, prefix = "", group?: string): Setting[] {
  return Object.entries(schema.shape).flatMap(([key, field]) => {
    const name = prefix + key;
    const { inner, fallback, required } = unwrapped(field as z.ZodType);
    if (inner instanceof z.ZodObject) {
      return settingsOf(inner, `${name}.`, group ?? (field instanceof z.ZodOptional ? name : undefined));
    }
    const meaning = (field as z.ZodType).description;
    if (!meaning) {
      throw new Error(`config/environment.ts: ${name} has no .describe("…"), which the table of settings is made from.`);
    }
    return [{ name, meaning, fallback: required ? `**required**${group ? ` in \`${group}\`` : ""}` : fallback }];
  });
}

/** The schema below `.default`, `.prefault` and `.optional`, and what these said. */
function unwrapped(schema: z.ZodType): { inner: z.ZodType; fallback: string; required: boolean } {
  if (schema instanceof z.ZodDefault) {
    return { inner: schema.unwrap() as z.ZodType, fallback: `\`${JSON.stringify(schema.def.defaultValue)}\``, required: false };
  }
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodPrefault) {
    return { inner: schema.unwrap() as z.ZodType, fallback: "–", required: false };
  }
  return { inner: schema, fallback: "", required: true };
}
