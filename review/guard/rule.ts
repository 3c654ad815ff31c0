import type { Environment } from "../../config/environment";
import type { Plan, PlannedResource } from "../plan/plan";
import type { Text } from "../text";

export const RULE_NAMES = [
  "no-deletion-protection-off",
  "no-incomplete-plan",
  "no-lost-data",
  "no-other-account-or-region",
  "no-unconfigured-callback",
  "no-unconfigured-grant",
  "no-undeclared-public-route",
  "no-wildcard-in-iam",
] as const;
export type RuleName = (typeof RULE_NAMES)[number];

/** What a rule judges. */
export interface Judged {
  readonly plan: Plan;
  readonly environment: Environment;
  /** The routes that everybody may call, as method and path. */
  readonly publicRoutes: ReadonlySet<string>;
}

/** A place in which a plan breaks a rule. */
export interface Breach {
  /** The resource's address; `plan` or a provider's name where it is none. */
  readonly address: string;
  readonly what: Text;
}

/** Something that a plan must not do without a person's explicit word. */
export interface Rule {
  readonly name: RuleName;
  /** Why there is the rule, a sentence. */
  readonly reason: string;
  /** What to do instead, a sentence. */
  readonly remedy: string;
  /** The breaches, in a stable order. A value that the rule needs and that is known only after the apply is one. */
  readonly check: (judged: Judged) => readonly Breach[];
}

/** The resources that Terraform will manage after the apply. */
export function remaining(plan: Plan, ...types: readonly string[]): readonly PlannedResource[] {
  return plan.resources.filter(({ mode, type, after }) => mode === "managed" && after && (types.length === 0 || types.includes(type)));
}
