import { UserError } from "../../config/user-error";
import type { BoundaryStatement } from "../function-boundary";

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

/**
 * What a permissions boundary does not let a role do is refused by AWS when the function runs, in whatever the function was about to do.
 *
 * @param owner what the role is for, as errors name it
 * @throws UserError when a statement allows what the boundary does not; ARNs that are known only after an apply are taken for allowed
 */
export function refuseBeyondBoundary(owner: string, statements: readonly RoleStatement[], boundary: readonly BoundaryStatement[]): void {
  for (const { actions, resources } of statements) {
    for (const action of actions) {
      const bounds = boundary.filter((bound) => bound.actions.includes(action)).flatMap((bound) => bound.resources);
      const beyond = resources.find(
        (resource) => bounds.length === 0 || (!isExpression(resource) && !bounds.some((bound) => covers(bound, resource))),
      );
      if (beyond !== undefined) {
        const what = isExpression(beyond) ? action : `${action} on ${beyond}`;
        throw new UserError(
          `${owner} needs ${what}, which the permissions boundary of its role does not allow. Add it to github.functionBoundary in ` +
            `config/environments.ts, and have a person deploy the stack github-access first.`,
        );
      }
    }
  }
}

/** Whether Terraform knows it only when it applies. */
function isExpression(resource: string): boolean {
  return resource.includes("${");
}

function covers(bound: string, resource: string): boolean {
  return bound === resource || (bound.endsWith("*") && resource.startsWith(bound.slice(0, -1)));
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
