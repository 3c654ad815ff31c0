import type { Statement } from "./statement";

/** What Terraform needs for a part of the stack. */
export interface Permissions {
  /** For both roles. */
  readonly read: readonly Statement[];
  /** For the deploy role alone. */
  readonly write: readonly Statement[];
}

/** The permissions of several parts, of those that are there. */
export function together(parts: readonly (Permissions | false | undefined)[]): Permissions {
  const there = parts.filter((part) => typeof part === "object");
  return { read: there.flatMap(({ read }) => read), write: there.flatMap(({ write }) => write) };
}
