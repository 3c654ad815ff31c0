import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { Construct } from "constructs";
import { skipChecks } from "../skip-check";

export interface FirewallProps {
  readonly name: string;
  /** Requests that one IP address may send in five minutes. */
  readonly requestsPerAddress: number;
  /** Names of AWS's common rules that count a request and let it through. */
  readonly countOnly: readonly string[];
  /** ARNs of what it stands in front of, by the name of the association. */
  readonly protects: Readonly<Record<string, string>>;
}

/**
 * AWS WAF in front of the stage and the user pool: AWS's common rules, and a limit for each IP address.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-waf.html
 */
export class Firewall extends Construct {
  constructor(scope: Construct, id: string, props: FirewallProps) {
    super(scope, id);
    const visible = (metricName: string) => ({ cloudwatchMetricsEnabled: true, metricName, sampledRequestsEnabled: false });

    const acl = new Wafv2WebAcl(this, "web-acl", {
      name: props.name,
      description: `In front of ${props.name}`,
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      rule: [
        {
          name: "limit-per-address",
          priority: 1,
          action: { block: {} },
          statement: { rate_based_statement: { limit: props.requestsPerAddress, aggregate_key_type: "IP" } },
          visibilityConfig: visible(`${props.name}-limit-per-address`),
        },
        {
          name: "common-rules",
          priority: 2,
          overrideAction: { none: {} },
          statement: {
            managed_rule_group_statement: {
              vendor_name: "AWS",
              name: "AWSManagedRulesCommonRuleSet",
              ...(props.countOnly.length > 0 && {
                rule_action_override: props.countOnly.map((name) => ({ name, action_to_use: { count: {} } })),
              }),
            },
          },
          visibilityConfig: visible(`${props.name}-common-rules`),
        },
        {
          name: "known-bad-inputs",
          priority: 3,
          overrideAction: { none: {} },
          statement: { managed_rule_group_statement: { vendor_name: "AWS", name: "AWSManagedRulesKnownBadInputsRuleSet" } },
          visibilityConfig: visible(`${props.name}-known-bad-inputs`),
        },
      ],
      visibilityConfig: visible(props.name),
    });
    skipChecks(acl, {
      CKV2_AWS_31:
        "Its log would hold whole requests, the token's header among them, and cost by their number. What each rule refuses is counted in " +
        "CloudWatch.",
    });
    for (const [what, resourceArn] of Object.entries(props.protects)) {
      new Wafv2WebAclAssociation(this, what, { webAclArn: acl.arn, resourceArn });
    }
  }
}
