import type { EnvironmentSettings } from "../../../config/environment";
import { only, securedApi, synthesized } from "../../support/synthesized";

type Settings = Partial<EnvironmentSettings>;

const IN_REGION = "arn:aws:acm:eu-central-1:111111111111:certificate/00000000-0000-0000-0000-000000000000";
const IN_VIRGINIA = IN_REGION.replace("eu-central-1", "us-east-1");
const SENDER = "arn:aws:ses:eu-central-1:111111111111:identity/example.com";

test("the firewall stands in front of the stage and the user pool", () => {
  const json = synthesized(securedApi({ firewall: { requestsPerAddress: 500 } }));
  const acl = only(json, "aws_wafv2_web_acl");
  expect(acl).toMatchObject({ scope: "REGIONAL", default_action: { allow: {} } });
  expect((acl["rule"] as { name: string; statement: unknown }[]).map(({ name, statement }) => [name, statement])).toEqual([
    ["limit-per-address", { rate_based_statement: { limit: 500, aggregate_key_type: "IP" } }],
    ["common-rules", { managed_rule_group_statement: { vendor_name: "AWS", name: "AWSManagedRulesCommonRuleSet" } }],
    ["known-bad-inputs", { managed_rule_group_statement: { vendor_name: "AWS", name: "AWSManagedRulesKnownBadInputsRuleSet" } }],
  ]);
  const protectedArns = Object.values(json.resource["aws_wafv2_web_acl_association"]!).map((association) => association["resource_arn"]);
  expect(protectedArns.sort()).toEqual([
    expect.stringMatching(/^\$\{aws_api_gateway_stage\.api_stage_[0-9A-F]+\.arn\}$/),
    expect.stringMatching(/^\$\{aws_cognito_user_pool\.users_pool_[0-9A-F]+\.arn\}$/),
  ]);
});

test("rules of the common rule set that are to count only let requests through, and no other rule does", () => {
  const json = synthesized(securedApi({ firewall: { countOnly: ["SizeRestrictions_BODY", "NoUserAgent_HEADER"] } }));
  const statements = (only(json, "aws_wafv2_web_acl")["rule"] as { statement: object }[]).map(({ statement }) => statement);
  expect(statements.filter((statement) => JSON.stringify(statement).includes("count"))).toEqual([
    {
      managed_rule_group_statement: {
        vendor_name: "AWS",
        name: "AWSManagedRulesCommonRuleSet",
        rule_action_override: [
          { name: "SizeRestrictions_BODY", action_to_use: { count: {} } },
          { name: "NoUserAgent_HEADER", action_to_use: { count: {} } },
        ],
      },
    },
  ]);
});

test.each<[settings: Settings, pool: object]>([
  [{ users: { selfSignUp: false } }, { admin_create_user_config: { allow_admin_create_user_only: true } }],
  [{ users: { mfa: "OPTIONAL" } }, { mfa_configuration: "OPTIONAL", software_token_mfa_configuration: { enabled: true } }],
  [{ users: { mfa: "ON" } }, { mfa_configuration: "ON", software_token_mfa_configuration: { enabled: true } }],
  [{ users: { minimumPasswordLength: 16 } }, { password_policy: { minimum_length: 16 } }],
  [{ users: { tier: "LITE" } }, { user_pool_tier: "LITE" }],
  [
    { users: { tier: "PLUS", threatProtection: "ENFORCED" } },
    { user_pool_tier: "PLUS", user_pool_add_ons: { advanced_security_mode: "ENFORCED" } },
  ],
  [
    { users: { emailSender: { from: "Orders <no-reply@example.com>", identityArn: SENDER } } },
    {
      email_configuration: { email_sending_account: "DEVELOPER", from_email_address: "Orders <no-reply@example.com>", source_arn: SENDER },
    },
  ],
])("%j makes the user pool %j", (settings, pool) => {
  expect(only(synthesized(securedApi(settings)), "aws_cognito_user_pool")).toMatchObject(pool);
});

test("groups are made in the pool, whose tokens name a member's", () => {
  const groups = Object.values(
    synthesized(securedApi({ users: { groups: ["operators", "readers"] } })).resource["aws_cognito_user_group"]!,
  );
  expect(groups.map((group) => group["name"])).toEqual(["operators", "readers"]);
});

test("with host names of its own, the API and the login pages are reached there and not under AWS's", () => {
  const json = synthesized(
    securedApi({
      customDomains: {
        api: { name: "api.example.com", certificateArn: IN_REGION },
        loginPages: { name: "login.example.com", certificateArn: IN_VIRGINIA },
      },
    }),
  );
  expect(json.output["invoke_url"]!.value).toBe("https://api.example.com");
  expect(json.output["landing_page_url"]!.value).toBe("https://api.example.com/signed-in");
  expect(json.output["sign_in_url"]!.value).toMatch(/^https:\/\/login\.example\.com\/login\?client_id=/);
  expect(only(json, "aws_api_gateway_domain_name")).toMatchObject({
    domain_name: "api.example.com",
    regional_certificate_arn: IN_REGION,
    security_policy: "TLS_1_2",
    endpoint_configuration: { types: ["REGIONAL"] },
  });
  expect(only(json, "aws_api_gateway_base_path_mapping")["stage_name"]).toMatch(/^\$\{aws_api_gateway_stage\./);
  expect(only(json, "aws_api_gateway_rest_api")["disable_execute_api_endpoint"]).toBe(true);
  expect(only(json, "aws_cognito_user_pool_domain")).toMatchObject({ domain: "login.example.com", certificate_arn: IN_VIRGINIA });
});

test.each<[output: string, target: RegExp, customDomains: Settings["customDomains"]]>([
  [
    "api_dns_target",
    /^\$\{aws_api_gateway_domain_name\.custom-domain_domain-name_[0-9A-F]+\.regional_domain_name\}$/,
    { api: { name: "api.example.com", certificateArn: IN_REGION } },
  ],
  [
    "login_pages_dns_target",
    /^\$\{aws_cognito_user_pool_domain\.users_domain_[0-9A-F]+\.cloudfront_distribution\}$/,
    { loginPages: { name: "login.example.com", certificateArn: IN_VIRGINIA } },
  ],
])("%s says what the DNS record points to, where there is one to make", (output, target, customDomains) => {
  const { output: outputs } = synthesized(securedApi({ customDomains }));
  expect(outputs[output]!.value).toMatch(target);
  expect(outputs[output]!.description).toMatch(/^What the DNS record of /);
  expect(Object.keys(outputs).filter((name) => name.endsWith("_dns_target"))).toEqual([output]);
});
