/** Names that one stack gives and the permissions of another stack name. */
import type { Environment } from "../config/environment";
import { project } from "../config/project";

/** The function's role. Role names are unique in an account whatever the Region, so it carries both. */
export function functionRoleName({ names, region }: Pick<Environment, "names" | "region">): string {
  return `${names.function}-${region}`;
}

/** The function's log group: Lambda writes to the one of this name. */
export function functionLogGroupName({ names }: Pick<Environment, "names">): string {
  return `/aws/lambda/${names.function}`;
}

/** The permissions boundary of the function's role: the managed policy that stacks/github-access makes. */
export function functionBoundaryName({ name }: Pick<Environment, "name">): string {
  return `${project.name}-${name}-function-boundary`;
}

/** The ARN of {@link functionBoundaryName}. */
export function functionBoundaryArn(environment: Pick<Environment, "name" | "account">): string {
  return `arn:aws:iam::${environment.account}:policy/${functionBoundaryName(environment)}`;
}
