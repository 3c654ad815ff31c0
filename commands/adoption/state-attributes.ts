import { z } from "zod";
import type { Terraform } from "../../local/terraform";

const stateSchema = z.object({
  resources: z.array(
    z.object({
      module: z.string().optional(),
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      instances: z.array(
        z.object({
          index_key: z.union([z.string(), z.number()]).optional(),
          /** Set for what a replacement has left behind: its address stands for another one by now. */
          deposed: z.string().optional(),
          attributes: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
  ),
});

/** What the state says of each address that it holds: its attributes, as far as they are text. */
export type StateAttributes = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** Reads the state; nothing when there is none yet. As it is stored: for `show -json` Terraform loads the provider, which takes seconds. */
export async function readStateAttributes(terraform: Terraform): Promise<StateAttributes> {
  const text = (await terraform.read("state pull")).trim();
  const { resources } = stateSchema.parse(text === "" ? { resources: [] } : JSON.parse(text));
  return new Map(
    resources
      .filter(({ mode, module }) => mode === "managed" && module === undefined)
      .flatMap(({ type, name, instances }) =>
        instances
          .filter(({ deposed }) => deposed === undefined)
          .map(({ index_key, attributes }): [string, Readonly<Record<string, string>>] => [
            `${type}.${name}${index_key === undefined ? "" : `[${JSON.stringify(index_key)}]`}`,
            Object.fromEntries(Object.entries(attributes).filter(isText)),
          ]),
      ),
  );
}

function isText(entry: [name: string, value: unknown]): entry is [string, string] {
  return typeof entry[1] === "string";
}
