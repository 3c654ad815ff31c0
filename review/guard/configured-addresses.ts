import type { Environment } from "../../config/environment";
// Past the stack's front door, which loads CDKTF and the provider: a second that a review need not take.
import { invokeUrl, LANDING_PAGE_PATH } from "../../stacks/secured-api/addresses";

/** The addresses that Cognito may redirect to after sign-in: the stack's own, and those of the environment's configuration. */
export function configuredCallbacks(environment: Environment, apiId: string): readonly string[] {
  return [...configuredLogouts(environment, apiId), invokeUrl(apiId, environment), ...environment.signIn.callbackUrls];
}

/** The addresses that Cognito may redirect to after sign-out. */
export function configuredLogouts(environment: Environment, apiId: string): readonly string[] {
  return [`${invokeUrl(apiId, environment)}${LANDING_PAGE_PATH}`];
}
