import type { PlannedValue } from "../plan/planned-value";
import type { Text } from "../text";

/** What a change is about, in the order of the report. */
export const TOPICS = ["routes", "authorizer", "sign-in", "permissions", "function", "API"] as const;
export type Topic = (typeof TOPICS)[number];

/** Whether afterwards more people may do more (`wider`), fewer or less (`narrower`), or something else (`other`). */
export type Effect = "wider" | "narrower" | "other";

/** A change of who may call what. */
export interface AccessChange {
  readonly topic: Topic;
  readonly effect: Effect;
  /** The resource that brings it. */
  readonly address: string;
  readonly what: Text;
  /** A value that becomes another one. */
  readonly value?: { readonly before: PlannedValue; readonly after: PlannedValue };
  /** Items that a list gains and loses. */
  readonly items?: { readonly added: readonly PlannedValue[]; readonly removed: readonly PlannedValue[] };
  /** Of a new resource: its attributes that decide who gets in. */
  readonly attributes?: readonly { readonly name: string; readonly value: PlannedValue }[];
  /** Set where the values are those written in the stack, because `${…}` in them is known only after the apply. */
  readonly written?: true;
}
