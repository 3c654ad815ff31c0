import { utcTime } from "../../local/utc-time";
import type { Account } from "./account";

/** Something in the account that can be what an address of the stack stands for. */
export interface Existing {
  /** What a Terraform `import` block names it by. */
  readonly importId: string;
  /** What others may refer to, by the names of the provider's attributes, beside what it was searched by. `id` is always among them. */
  readonly attributes: Readonly<Record<string, string>> & { readonly id: string };
  /** Its tags; undefined for what has none of its own because it is a part of something else. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Why the stack cannot do with it, though it has the name. */
  readonly unfit?: string;
  /** What tells it from others of the same name, e.g. when it was made. */
  readonly details?: string;
}

/** How resources of a type are found. */
export interface Search {
  /** The arguments that it goes by. Where one is not known, because it refers to what does not exist, there is nothing to find. */
  readonly by: readonly string[];
  readonly find: (args: Readonly<Record<string, string>>, account: Account) => Promise<Existing[]>;
  /**
   * The command of the AWS CLI that removes one, for types of which AWS makes a second one under the same name. Of the others there is one
   * or none.
   */
  readonly removal?: (existing: Existing) => string;
}

/** A search by arguments whose names the compiler knows. */
export function searchBy<Argument extends string>(
  by: readonly Argument[],
  find: (args: Readonly<Record<Argument, string>>, account: Account) => Promise<Existing[]>,
  removal?: Search["removal"],
): Search {
  return { by, find: find, ...(removal && { removal }) };
}

/** The answer of a call, or undefined when AWS says that there is no such thing. */
export async function ifThere<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && /^(NotFound|ResourceNotFound|NoSuchEntity)(Exception)?$/.test(error.name)) {
      return undefined;
    }
    throw error;
  }
}

/** The tags of an answer, some fields of which the SDK calls possibly undefined. */
export function tagsOf(tags: Readonly<Record<string, string | undefined>> | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tags ?? {}).map(([key, value]) => [key, value ?? ""]));
}

/** E.g. `made 2026-11-24 22:10:03 UTC`. */
export function made(date: Date | undefined): string {
  return date ? `made ${utcTime(date)}` : "";
}
