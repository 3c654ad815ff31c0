/** What decides whether AWS takes a dot in the name of the API: the API itself does, parts that are named after it do not. */
interface Named {
  readonly names: { readonly api: string };
  readonly firewall?: unknown;
  readonly observability: { readonly alarms: boolean; readonly dashboard: boolean; readonly encryptLogs: boolean };
}

/**
 * What is wrong with a dot in the API's name, or undefined.
 *
 * @see https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html
 * @see https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html
 */
export function faultInDottedName({ names, firewall, observability }: Named): string | undefined {
  const parts = [
    firewall !== undefined && "firewall (a web ACL)",
    observability.alarms && "observability.alarms (an SNS topic)",
    observability.dashboard && "observability.dashboard (a dashboard)",
    observability.encryptLogs && "observability.encryptLogs (a KMS alias)",
  ].filter((part) => part !== false);
  return names.api.includes(".") && parts.length > 0
    ? `AWS takes no dot in the names that are made of it for ${parts.join(", ")}. Write a hyphen, or switch that off`
    : undefined;
}
