/** The attributes that decide who gets in, by resource type, and in which direction a change of them goes. */
import type { PlannedValue } from "../plan/planned-value";
import type { Effect, Topic } from "./access-change";

export interface WatchedAttribute {
  readonly path: readonly (string | number)[];
  readonly name: string;
  /** A `list` shows what it gains and loses; what it gains widens access unless `effect` says otherwise. */
  readonly kind: "value" | "list";
  readonly effect?: (before: PlannedValue, after: PlannedValue) => Effect;
}

export interface WatchedType {
  readonly topic: Topic;
  /** What a new resource of the type means for access. Default `other`. */
  readonly isNew?: Effect;
  /** What is said when it is replaced, after its address. */
  readonly replaced?: string;
  readonly attributes: readonly WatchedAttribute[];
}

/** More is wider: a lifetime. */
const longer = (before: PlannedValue, after: PlannedValue): Effect =>
  typeof before === "number" && typeof after === "number" ? (after > before ? "wider" : "narrower") : "other";
/** More is narrower: a password's length. */
const stricterAsItGrows = (before: PlannedValue, after: PlannedValue): Effect =>
  typeof before === "number" && typeof after === "number" ? (after > before ? "narrower" : "wider") : "other";
/** Switched on is narrower. */
const guarding = (before: PlannedValue, after: PlannedValue): Effect => (after === true ? "narrower" : before === true ? "wider" : "other");
/** From one of a row of values to a later one is narrower. */
const ordered =
  (...loosestFirst: readonly PlannedValue[]) =>
  (before: PlannedValue, after: PlannedValue): Effect => {
    const [from, to] = [loosestFirst.indexOf(before), loosestFirst.indexOf(after)];
    return from < 0 || to < 0 ? "other" : to > from ? "narrower" : "wider";
  };
const neither = (): Effect => "other";
/** Any new value could let somebody in who was kept out. */
const anyIsWider = (): Effect => "wider";

const value = (path: string, name: string, effect?: WatchedAttribute["effect"]): WatchedAttribute => ({
  path: path.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
  name,
  kind: "value",
  ...(effect && { effect }),
});
const list = (path: string, name: string, effect?: WatchedAttribute["effect"]): WatchedAttribute => ({
  ...value(path, name, effect),
  kind: "list",
});

export const WATCHED: Readonly<Record<string, WatchedType>> = {
  aws_api_gateway_authorizer: {
    topic: "authorizer",
    attributes: [
      value("type", "type", anyIsWider),
      value("identity_source", "token header"),
      value("authorizer_uri", "Lambda authorizer", anyIsWider),
      value("identity_validation_expression", "token pattern"),
    ],
  },
  aws_cognito_user_pool: {
    topic: "sign-in",
    replaced: " is replaced by a new pool, which knows nobody: everybody has to register again",
    attributes: [
      value("admin_create_user_config.0.allow_admin_create_user_only", "only administrators create users", guarding),
      value("password_policy.0.minimum_length", "shortest password", stricterAsItGrows),
      value("password_policy.0.require_lowercase", "passwords need a lower-case letter", guarding),
      value("password_policy.0.require_uppercase", "passwords need an upper-case letter", guarding),
      value("password_policy.0.require_numbers", "passwords need a digit", guarding),
      value("password_policy.0.require_symbols", "passwords need a symbol", guarding),
      value("password_policy.0.password_history_size", "passwords that may not come back", stricterAsItGrows),
      value("password_policy.0.temporary_password_validity_days", "days for which a temporary password works", longer),
      value("mfa_configuration", "multi-factor authentication", ordered("OFF", "OPTIONAL", "ON")),
      value("software_token_mfa_configuration.0.enabled", "authenticator apps", neither),
      list("auto_verified_attributes", "attributes that are verified at sign-up", (before, after) =>
        isMore(before, after) ? "narrower" : "wider",
      ),
      list(
        "user_attribute_update_settings.0.attributes_require_verification_before_update",
        "attributes that are verified before they change",
        (before, after) => (isMore(before, after) ? "narrower" : "wider"),
      ),
      value("account_recovery_setting.0.recovery_mechanism", "account recovery", neither),
      value("user_pool_add_ons.0.advanced_security_mode", "threat protection", ordered("OFF", "AUDIT", "ENFORCED")),
      value("lambda_config", "Lambda triggers", neither),
      value("deletion_protection", "deletion protection", ordered("INACTIVE", "ACTIVE")),
    ],
  },
  aws_cognito_user_pool_domain: {
    topic: "sign-in",
    attributes: [value("domain", "domain of the login pages", neither)],
  },
  aws_cognito_user_pool_client: {
    topic: "sign-in",
    replaced: " is replaced by a new one with another client id",
    attributes: [
      list("allowed_oauth_flows", "OAuth grants"),
      list("allowed_oauth_scopes", "OAuth scopes that a token may carry"),
      list("callback_urls", "callback addresses"),
      list("logout_urls", "logout addresses"),
      value("default_redirect_uri", "default redirect address", neither),
      list("explicit_auth_flows", "authentication flows"),
      list("supported_identity_providers", "identity providers"),
      value("access_token_validity", "lifetime of access tokens", longer),
      value("id_token_validity", "lifetime of ID tokens", longer),
      value("refresh_token_validity", "lifetime of refresh tokens", longer),
      value("token_validity_units", "units of the lifetimes", neither),
      value("generate_secret", "client secret", neither),
      value("prevent_user_existence_errors", "says nothing about who has an account", ordered("LEGACY", "ENABLED")),
      value("enable_token_revocation", "tokens can be revoked", guarding),
    ],
  },
  aws_iam_role: {
    topic: "permissions",
    attributes: [value("permissions_boundary", "permissions boundary", anyIsWider), list("managed_policy_arns", "attached policies")],
  },
  aws_iam_role_policy_attachment: {
    topic: "permissions",
    isNew: "wider",
    attributes: [value("policy_arn", "attached policy", anyIsWider)],
  },
  aws_iam_user_policy_attachment: {
    topic: "permissions",
    isNew: "wider",
    attributes: [value("policy_arn", "attached policy", anyIsWider)],
  },
  aws_iam_openid_connect_provider: {
    topic: "permissions",
    isNew: "wider",
    attributes: [value("url", "identity provider", anyIsWider), list("client_id_list", "audiences")],
  },
  aws_lambda_permission: {
    topic: "permissions",
    isNew: "wider",
    attributes: [
      value("principal", "who may invoke the function", anyIsWider),
      value("source_arn", "from where it may be invoked", anyIsWider),
      value("source_account", "from which account it may be invoked", anyIsWider),
      value("action", "what the permission allows", anyIsWider),
      value("function_name", "function that may be invoked", anyIsWider),
    ],
  },
  aws_lambda_function_url: {
    topic: "routes",
    isNew: "wider",
    attributes: [value("authorization_type", "authorization of the function's own URL", ordered("NONE", "AWS_IAM"))],
  },
  aws_lambda_function: {
    topic: "function",
    attributes: [
      value("source_code_hash", "code (SHA-256, Base64)", neither),
      value("image_uri", "code (image)", neither),
      value("s3_object_version", "code (S3 version)", neither),
      value("handler", "handler", neither),
      value("layers", "layers", neither),
      value("role", "role", anyIsWider),
    ],
  },
  aws_api_gateway_gateway_response: {
    topic: "API",
    attributes: [
      value("response_type", "refusal that is customised", neither),
      value("status_code", "status code of the refusal", neither),
      value("response_parameters", "headers of the refusal", neither),
      value("response_templates", "body of the refusal", neither),
    ],
  },
  aws_api_gateway_rest_api: {
    topic: "API",
    attributes: [
      value("body", "OpenAPI body", anyIsWider),
      value("disable_execute_api_endpoint", "closed at its default address", guarding),
    ],
  },
  aws_api_gateway_method_settings: {
    topic: "API",
    attributes: [
      value("settings.0.data_trace_enabled", "whole requests, tokens included, are logged", (_, after) =>
        after === true ? "wider" : "narrower",
      ),
    ],
  },
};

function isMore(before: PlannedValue, after: PlannedValue): boolean {
  const length = (all: PlannedValue) => (Array.isArray(all) ? all.length : 0);
  return length(after) > length(before);
}
