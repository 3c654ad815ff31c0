/** The names of the log groups, which the KMS key that encrypts them has to know. */

/** Where Lambda writes a function's log. The name is Lambda's own choice. */
export function functionLogGroupName(functionName: string): string {
  return `/aws/lambda/${functionName}`;
}

/** Where a stage writes its access log. */
export function accessLogGroupName(api: string, stage: string): string {
  return `/aws/apigateway/${api}/${stage}`;
}
