import type { EnvironmentSettings } from "../../../config/environment";
import { only, securedApi, standardScopes, synthesized, type TerraformJson } from "../../support/synthesized";

const json = synthesized();
const INVOKE_URL = "https://${aws_api_gateway_rest_api.api_rest-api_FFFBAE81.id}.execute-api.eu-central-1.amazonaws.com/demo";
const LANDING_PAGE = `${INVOKE_URL}/signed-in`;
const POOL_ID = "${aws_cognito_user_pool.users_pool_87CF6C50.id}";

test("people register with a verified e-mail address, which also recovers the account", () => {
  expect(only(json, "aws_cognito_user_pool")).toEqual({
    name: "testdemo",
    deletion_protection: "ACTIVE",
    lifecycle: { ignore_changes: ["schema"], prevent_destroy: true },
    username_attributes: ["email"],
    username_configuration: { case_sensitive: false },
    auto_verified_attributes: ["email"],
    user_attribute_update_settings: { attributes_require_verification_before_update: ["email"] },
    verification_message_template: { default_email_option: "CONFIRM_WITH_CODE" },
    account_recovery_setting: { recovery_mechanism: [{ name: "verified_email", priority: 1 }] },
    admin_create_user_config: { allow_admin_create_user_only: false },
    user_pool_tier: "ESSENTIALS",
    mfa_configuration: "OFF",
    email_configuration: { email_sending_account: "COGNITO_DEFAULT" },
    password_policy: {
      minimum_length: 12,
      require_lowercase: true,
      require_uppercase: true,
      require_numbers: true,
      require_symbols: false,
      temporary_password_validity_days: 7,
    },
  });
});

test.each([
  [true, "INACTIVE"],
  [false, "ACTIVE"],
])("throwAway %s makes the pool's deletion protection %s", (throwAway, deletionProtection) => {
  const of = synthesized(securedApi({ throwAway }));
  expect(only(of, "aws_cognito_user_pool")["deletion_protection"]).toBe(deletionProtection);
});

test.each<[what: string, domainPrefix: string | undefined, domain: string]>([
  ["derived from the pool's name and id", undefined, `testdemo-\${substr(sha256(${POOL_ID.slice(2, -1)}), 0, 12)}`],
  ["the environment's own", "shop", "shop"],
])("the domain prefix is %s", (_, domainPrefix, domain) => {
  const of = synthesized(securedApi(domainPrefix === undefined ? {} : { signIn: { domainPrefix } }));
  expect(only(of, "aws_cognito_user_pool_domain")).toEqual({ domain, user_pool_id: POOL_ID, managed_login_version: 1 });
});

/** The app client, with the scopes of a team's own left out. */
function clientOf(of: TerraformJson) {
  const client = only(of, "aws_cognito_user_pool_client");
  return { ...client, allowed_oauth_scopes: standardScopes(client["allowed_oauth_scopes"]) };
}

test("the app client is public, has one grant and knows the landing page and the invoke URL", () => {
  expect(clientOf(json)).toEqual({
    name: "testdemo",
    user_pool_id: POOL_ID,
    generate_secret: false,
    lifecycle: { ignore_changes: ["generate_secret"] },
    supported_identity_providers: ["COGNITO"],
    allowed_oauth_flows_user_pool_client: true,
    allowed_oauth_flows: ["implicit"],
    allowed_oauth_scopes: ["openid", "email"],
    callback_urls: [LANDING_PAGE, INVOKE_URL],
    default_redirect_uri: LANDING_PAGE,
    logout_urls: [LANDING_PAGE],
    explicit_auth_flows: ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"],
    prevent_user_existence_errors: "ENABLED",
    enable_token_revocation: true,
    access_token_validity: 60,
    id_token_validity: 60,
    refresh_token_validity: 1,
    token_validity_units: [{ access_token: "minutes", id_token: "minutes", refresh_token: "days" }],
  });
});

test("grant, scopes, callbacks and token lifetimes are the environment's", () => {
  const signIn: NonNullable<EnvironmentSettings["signIn"]> = {
    oauthGrant: "code",
    scopes: ["openid", "email", "profile"],
    callbackUrls: ["http://localhost:3000/"],
    accessTokenMinutes: 5,
    idTokenMinutes: 10,
    refreshTokenDays: 30,
  };
  expect(clientOf(synthesized(securedApi({ signIn })))).toMatchObject({
    allowed_oauth_flows: ["code"],
    allowed_oauth_scopes: ["openid", "email", "profile"],
    callback_urls: [LANDING_PAGE, INVOKE_URL, "http://localhost:3000/"],
    access_token_validity: 5,
    id_token_validity: 10,
    refresh_token_validity: 30,
  });
});
