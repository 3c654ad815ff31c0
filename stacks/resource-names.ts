/** Names that one stack gives and the permissions of another stack name. */
import type { Environment } from "../config/environment";
import { project } from "../config/project";

/** A further function of an environment: its name begins with that of the first one, and no other environment's does (config/load-environments.ts). */
export function furtherFunctionName(functionName: string, name: string): string {
  return `${functionName}-${name}`;
}

/** A function's role. Role names are unique in an account whatever the Region, so it carries both. */
export function functionRoleName(functionName: string, region: string): string {
  return `${functionName}-${region}`;
}

/** The roles of a function and of all further ones, as a policy names them. */
export function anyFunctionRoleName(functionName: string, region: string): string {
  return `${functionName}-*${region}`;
}

/** Where Lambda writes a function's log. The name is Lambda's own choice. */
export function functionLogGroupName(functionName: string): string {
  return `/aws/lambda/${functionName}`;
}

/** Where a stage writes its access log. */
export function accessLogGroupName(api: string, stage: string): string {
  return `/aws/apigateway/${api}/${stage}`;
}

/** Where API Gateway writes what goes wrong in a stage. The name is its own choice. */
export function executionLogGroupName(restApiId: string, stage: string): string {
  return `API-Gateway-Execution-Logs_${restApiId}/${stage}`;
}

/** The SNS topic that the alarms of an API tell. */
export function alarmTopicName(api: string): string {
  return `${api}-alarms`;
}

/** The name of one of an API's alarms, unique in the account and Region as the API's is. */
export function alarmName(api: string, alarm: string): string {
  return `${alarmTopicName(api)} ${alarm}`;
}

/** The alias of the key that encrypts an API's logs. */
export function logKeyAlias(api: string): string {
  return `alias/${api}`;
}

/** The permissions boundary of the function's role: the managed policy that stacks/github-access makes. */
export function functionBoundaryName({ name }: Pick<Environment, "name">): string {
  return `${project.name}-${name}-function-boundary`;
}

/** The ARN of {@link functionBoundaryName}. */
export function functionBoundaryArn(environment: Pick<Environment, "name" | "account">): string {
  return `arn:aws:iam::${environment.account}:policy/${functionBoundaryName(environment)}`;
}
