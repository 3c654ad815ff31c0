/**
 * The policies of AWS's own that may be attached to a role. Their wildcards are not in the plan, and they grow: that one stands here is the
 * explicit word without which the guard lets none through.
 */
export const MANAGED_POLICIES: ReadonlySet<string> = new Set([
  // API Gateway refuses a role for its logs that can do less (stacks/api-gateway-account).
  "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
]);
