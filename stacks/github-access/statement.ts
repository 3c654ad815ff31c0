/** Statements of an IAM policy: named actions on named resources, and why an action is there that Terraform is not seen to call. */

/**
 * An action that a role may take. A plain name is one that the tests see called when the role does its work on the emulator
 * (`__tests__/emulator/github-access.test.ts`); any other says why it is needed all the same.
 */
export type Action = string | { readonly name: string; readonly uncalled: string };

type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

export interface Statement {
  readonly sid: string;
  readonly actions: readonly Action[];
  readonly resources: readonly string[];
  readonly condition?: Condition;
}

export function actionName(action: Action): string {
  return typeof action === "string" ? action : action.name;
}

/**
 * A permissions boundary for a role with these statements: the same actions and resources, service by service. A managed policy, which a
 * boundary must be, takes 6,144 characters, and the policy of the role itself 10,240.
 *
 * The conditions are left out, but for those on IAM: they are what keeps a role from granting more than it has.
 */
export function boundaryOf(statements: readonly Statement[]): Statement[] {
  const services = new Map<string, { actions: Set<string>; resources: Set<string> }>();
  for (const { actions, resources } of statements.filter((statement) => !isOn("iam", statement))) {
    for (const action of actions.map(actionName)) {
      const service = action.split(":")[0] ?? "";
      const merged = services.get(service) ?? { actions: new Set(), resources: new Set() };
      services.set(service, merged);
      merged.actions.add(action);
      resources.forEach((resource) => merged.resources.add(resource));
    }
  }
  return [
    ...[...services].map(([service, { actions, resources }]) => ({
      sid: service.replaceAll("-", ""),
      actions: [...actions],
      resources: [...resources],
    })),
    ...statements.filter((statement) => isOn("iam", statement)),
  ];
}

function isOn(service: string, { actions }: Statement): boolean {
  return actions.some((action) => actionName(action).startsWith(`${service}:`));
}

/**
 * The statements as a policy document: the JSON text, without white space, which IAM does not count either.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function policyDocument(statements: readonly Statement[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map(({ sid, actions, resources, condition }) => ({
      Sid: sid,
      Effect: "Allow",
      Action: actions.map(actionName),
      Resource: resources,
      ...(condition && { Condition: condition }),
    })),
  });
}
