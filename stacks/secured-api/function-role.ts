import { UserError } from "../../config/user-error";

/** Something that a function may do beside writing its own log. */
export interface RoleStatement {
  /** E.g. `dynamodb:GetItem`. */
  readonly actions: readonly [`${string}:${string}`, ...`${string}:${string}`[]];
  /** The ARNs of what it may do it to. */
  readonly resources: readonly [string, ...string[]];
  /** When it may do it, e.g. `{ StringEquals: { "aws:ResourceTag/team": "orders" } }`. */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  /** Why an action or a resource has a wildcard, in a sentence that a reviewer can judge. Without a wildcard there is nothing to say. */
  readonly wildcardReason?: string;
}

const ACTION = /^[a-z0-9-]+:[A-Za-z0-9*?]+$/;

/**
 * The statements as an IAM policy has them.
 *
 * @param owner what the role is for, as errors name it
 * @throws UserError when a statement is not one of IAM's, or has a wildcard without a reason
 */
export function policyDocument(owner: string, statements: readonly RoleStatement[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => {
      refuseUnexplainedWildcards(owner, statement);
      const { actions, resources, conditions } = statement;
      return { Effect: "Allow", Action: actions, Resource: resources, ...(conditions && { Condition: conditions }) };
    }),
  });
}

function refuseUnexplainedWildcards(owner: string, { actions, resources, wildcardReason }: RoleStatement): void {
  const refuse = (what: string) => {
    throw new UserError(`${owner} has a statement for its role ${what}`);
  };
  if (actions.length === 0 || resources.length === 0) {
    refuse("that names no action or no resource. Name what it may do, and to what.");
  }
  const wrong = actions.find((action) => !ACTION.test(action));
  if (wrong !== undefined) {
    refuse(`with the action "${wrong}": IAM writes actions like dynamodb:GetItem. Correct it.`);
  }
  const wildcard = [...actions, ...resources].find((text) => /[*?]/.test(text));
  if (wildcard !== undefined && !wildcardReason?.trim()) {
    refuse(`with the wildcard "${wildcard}". Name each one, or say in "wildcardReason" why that cannot be done.`);
  }
  if (wildcard === undefined && wildcardReason !== undefined) {
    refuse('with a "wildcardReason" and no wildcard. Leave the reason out.');
  }
}
