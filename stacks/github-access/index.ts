import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { project } from "../../config/project";
import { UserError } from "../../config/user-error";
import { EnvironmentStack } from "../environment-stack";
import { functionBoundary } from "../function-boundary";
import { functionBoundaryName } from "../resource-names";
import { GithubRole } from "./github-role";
import { optionalPermissions } from "./optional-permissions";
import { readPermissions } from "./read-permissions";
import { Resources } from "./resources";
import { skipWildcards } from "./skipped-checks";
import { fittingPolicyDocument, MANAGED_POLICY_CHARACTERS, merged, type Statement } from "./statement";
import { statePermissions } from "./state-permissions";
import { AUDIENCE, ISSUER } from "./trust-policy";
import { writePermissions } from "./write-permissions";

export { type Action, actionName, type Statement } from "./statement";

/** What a role is for: to plan (for pull requests and the drift check) or to deploy. */
export type Purpose = "plan" | "deploy";

/** The name of an environment's role, unique in the account because environments' names are. */
export function githubRoleName(purpose: Purpose, { name }: Pick<Environment, "name">): string {
  return `${project.name}-${name}-${purpose}`;
}

/** The ARN of an environment's role. */
export function githubRoleArn(purpose: Purpose, environment: Pick<Environment, "name" | "account">): string {
  return `arn:aws:iam::${environment.account}:role/${githubRoleName(purpose, environment)}`;
}

/** What an environment's roles may do: reading the stack is the same for both, and a policy of its own because of its length. */
export function githubRoleStatements(purpose: Purpose | "read", environment: Environment): Statement[] {
  const resources = new Resources(environment);
  const optional = optionalPermissions(resources, environment);
  switch (purpose) {
    case "read":
      return merged([...readPermissions(resources), ...optional.read]);
    case "plan":
      return statePermissions(resources, "read");
    case "deploy":
      return merged([...statePermissions(resources, "write"), ...writePermissions(resources), ...optional.write]);
  }
}

/** The stack of an environment whose settings name its subjects of GitHub Actions; nothing for any other. */
export function githubAccess(scope: Construct, environment: Environment): GithubAccessStack | undefined {
  return environment.github && new GithubAccessStack(scope, environment);
}

/**
 * Lets GitHub Actions plan and deploy the stack `secured-api` of an environment, without a stored key.
 *
 * A person deploys this stack, once and before the first `secured-api` with it: the roles have no access to its state or to themselves.
 */
export class GithubAccessStack extends EnvironmentStack {
  /** @throws UserError when the environment has no setting `github` */
  constructor(scope: Construct, environment: Environment) {
    super(scope, "github-access", environment);
    const { github, account } = environment;
    if (!github) {
      throw new UserError(
        `config/environments.ts: ${environment.name}.github is missing: the stack github-access needs it. See README.md.`,
      );
    }
    const providerArn =
      github.oidcProvider === "existing"
        ? `arn:aws:iam::${account}:oidc-provider/${ISSUER}`
        : // No thumbprint: for GitHub AWS trusts certificate authorities of its own choice and ignores it.
          new IamOpenidConnectProvider(this, "provider", { url: `https://${ISSUER}`, clientIdList: [AUDIENCE] }).arn;

    new IamPolicy(this, "function-boundary", {
      name: functionBoundaryName(environment),
      description: `The most that the functions of ${environment.name} can be allowed to do`,
      policy: fittingPolicyDocument(
        `The boundary of the functions of ${environment.name}`,
        functionBoundary(environment),
        MANAGED_POLICY_CHARACTERS,
      ),
    });

    const reading = githubRoleStatements("read", environment);
    const shared = {
      statements: reading,
      policy: new IamPolicy(this, "read", {
        name: `${project.name}-${environment.name}-read`,
        description: `Reads what Terraform reads of ${environment.name}: no user, no secret, no log event`,
        policy: fittingPolicyDocument(`The policy that reads ${environment.name}`, reading, MANAGED_POLICY_CHARACTERS),
      }),
    };
    const plan = new GithubRole(this, "plan", {
      name: githubRoleName("plan", environment),
      description: `GitHub Actions plans ${environment.name}: reads it, and writes nothing but the lock of its state`,
      providerArn,
      subjects: github.planSubjects,
      statements: githubRoleStatements("plan", environment),
      shared,
    });
    const deploy = new GithubRole(this, "deploy", {
      name: githubRoleName("deploy", environment),
      description: `GitHub Actions deploys ${environment.name}: only its own resources, and no further rights`,
      providerArn,
      subjects: github.deploySubjects,
      statements: githubRoleStatements("deploy", environment),
      shared,
    });

    skipWildcards({ plan, deploy, environment });

    new TerraformOutput(this, "plan_role_arn", { value: plan.role.arn, description: "Role of the jobs that plan" });
    new TerraformOutput(this, "deploy_role_arn", { value: deploy.role.arn, description: "Role of the jobs that deploy" });
  }
}
