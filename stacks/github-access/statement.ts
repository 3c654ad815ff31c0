/** Statements of an IAM policy: named actions on named resources, and why an action is there that Terraform is not seen to call. */

import { UserError } from "../../config/user-error";

/**
 * The characters that IAM takes, white space aside: of a managed policy, which a boundary must be, and of all inline policies of a role.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const MANAGED_POLICY_CHARACTERS = 6_144;
export const ROLE_POLICY_CHARACTERS = 10_240;

/**
 * An action that a role may take. A plain name is one that the tests see called when the role does its work on the emulator
 * (`__tests__/emulator/github-access.test.ts`); any other says why it is needed all the same.
 */
export type Action = string | { readonly name: string; readonly uncalled: string };

type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

export interface Statement {
  /** Its name in the policy; none where it would only make that longer. */
  readonly sid?: string;
  readonly actions: readonly Action[];
  readonly resources: readonly string[];
  readonly condition?: Condition;
}

export function actionName(action: Action): string {
  return typeof action === "string" ? action : action.name;
}

/** The statements, those on the same resources under the same condition as one. */
export function merged(statements: readonly Statement[]): Statement[] {
  const byTarget = new Map<string, Statement>();
  for (const statement of statements) {
    const target = JSON.stringify([statement.resources, statement.condition]);
    const known = byTarget.get(target);
    byTarget.set(target, known ? { ...known, actions: [...known.actions, ...statement.actions] } : statement);
  }
  return [...byTarget.values()];
}

/**
 * A permissions boundary for a role with these statements: the same actions and resources, service by service and without names, which is
 * shorter; services whose resources are the same share a statement.
 *
 * The conditions are left out, but for those on IAM: they are what keeps a role from granting more than it has.
 */
export function boundaryOf(statements: readonly Statement[]): Statement[] {
  const services = new Map<string, { actions: Set<string>; resources: Set<string> }>();
  for (const { actions, resources } of statements.filter((statement) => !isOn("iam", statement))) {
    for (const action of actions) {
      const ofService = services.get(serviceOf(action)) ?? { actions: new Set(), resources: new Set() };
      services.set(serviceOf(action), ofService);
      ofService.actions.add(actionName(action));
      resources.forEach((resource) => ofService.resources.add(resource));
    }
  }
  return [
    ...merged(
      [...services.values()].map(({ actions, resources }) => ({
        actions: [...actions],
        resources: [...resources].filter((resource) => ![...resources].some((other) => isCovered(resource, other))),
      })),
    ),
    ...merged(statements.filter((statement) => isOn("iam", statement))).map(({ actions, resources, condition }) => ({
      actions,
      resources,
      ...(condition && { condition }),
    })),
  ];
}

function serviceOf(action: Action): string {
  return actionName(action).split(":")[0] ?? "";
}

/** Whether a resource is among those that another one names with a wildcard at its end. */
function isCovered(resource: string, by: string): boolean {
  return resource !== by && by.endsWith("*") && resource.startsWith(by.slice(0, -1));
}

function isOn(service: string, { actions }: Statement): boolean {
  return actions.some((action) => actionName(action).startsWith(`${service}:`));
}

/**
 * The statements as a policy document: the JSON text, without white space, which IAM does not count either.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
function policyDocument(statements: readonly Statement[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map(({ sid, actions, resources, condition }) => ({
      ...(sid !== undefined && { Sid: sid }),
      Effect: "Allow",
      Action: actions.map(actionName),
      Resource: resources,
      ...(condition && { Condition: condition }),
    })),
  });
}

/**
 * The statements as a policy document that IAM takes.
 *
 * @param what the policy, for the error
 * @throws UserError when it is longer than `characters`
 */
export function fittingPolicyDocument(what: string, statements: readonly Statement[], characters: number): string {
  const document = policyDocument(statements);
  if (document.length > characters) {
    throw new UserError(
      `${what} has ${document.length} characters, and IAM takes ${characters}. Shorten the environment's names in config/environments.ts, or ` +
        `switch an optional part off.`,
    );
  }
  return document;
}
