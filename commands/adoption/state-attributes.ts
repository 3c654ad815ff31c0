import { z } from "zod";
import type { Terraform } from "../../local/terraform";

const stateSchema = z.object({
  values: z
    .object({
      root_module: z.object({
        resources: z.array(z.object({ address: z.string(), mode: z.string(), values: z.record(z.string(), z.unknown()) })).default([]),
      }),
    })
    .optional(), // there is no state yet
});

/** What the state says of each address that it holds: its attributes, as far as they are text. */
export type StateAttributes = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** Reads the state; nothing when there is none yet. */
export async function readStateAttributes(terraform: Terraform): Promise<StateAttributes> {
  const { values } = stateSchema.parse(JSON.parse(await terraform.read("show", "-json")));
  return new Map(
    (values?.root_module.resources ?? [])
      .filter(({ mode }) => mode === "managed")
      .map((resource) => [resource.address, Object.fromEntries(Object.entries(resource.values).filter(isText))]),
  );
}

function isText(entry: [name: string, value: unknown]): entry is [string, string] {
  return typeof entry[1] === "string";
}
