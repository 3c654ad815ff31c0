/** In which direction a change goes for access, at its edges. Whole reports are in golden-reports.test.ts. */
import { accessChanges } from "../../review/access";
import { plainText } from "../../review/text";
import { smallPlan, type SmallResource } from "./small-plan";

type Config = Record<string, unknown>;

/** Effect and sentence of each change, but for the one about the deployment. */
function changesOf(...resources: SmallResource[]): string[] {
  return accessChanges(smallPlan(resources))
    .filter(({ topic }) => topic !== "API")
    .map(({ effect, what }) => `${effect}: ${plainText(what)}`);
}

describe("a route", () => {
  const api: SmallResource = {
    address: "aws_api_gateway_rest_api.api",
    before: { id: "a1", root_resource_id: "r1" },
    after: { id: "a1", root_resource_id: "r1" },
  };
  const authorized = { http_method: "GET", resource_id: "r1", authorization: "COGNITO_USER_POOLS", authorizer_id: "z1" };
  const route = (before: Config | undefined, after: Config | null, more: Partial<SmallResource> = {}): SmallResource => ({
    address: "aws_api_gateway_method.get",
    ...(before && { before: { ...authorized, ...before } }),
    after: after && { ...authorized, ...after },
    ...more,
  });
  const EMAIL = { authorization_scopes: ["email"] };
  const PUBLIC = { authorization: "NONE", authorizer_id: null, authorization_scopes: null };

  test.each<[what: string, route: SmallResource, said: string[]]>([
    ["that stays", route(EMAIL, EMAIL), []],
    ["that is new", route(undefined, EMAIL), ["other: GET / is new and authorized: it takes access tokens with one of the scopes email"]],
    ["that is new and public", route(undefined, PUBLIC), ["wider: GET / is new and public: everybody may call it"]],
    ["that is new and asks no scope", route(undefined, {}), ["wider: GET / is new: callers with an ID token, whatever its scopes"]],
    [
      "that is new and authorized by IAM",
      route(undefined, { authorization: "AWS_IAM" }),
      ["wider: GET / is new: callers that another authorization lets in"],
    ],
    ["that goes", route(EMAIL, null), ["narrower: GET / is removed"]],
    [
      "that Terraform forgets",
      route(EMAIL, null, { actions: ["forget"] }),
      ["other: GET / answers as before, but Terraform manages it no longer"],
    ],
    [
      "with a scope more, one of which is enough",
      route(EMAIL, { authorization_scopes: ["email", "phone"] }),
      ["wider: GET /: scopes, one of which a token must carry"],
    ],
    [
      "with a scope less",
      route({ authorization_scopes: ["email", "phone"] }, EMAIL),
      ["narrower: GET /: scopes, one of which a token must carry"],
    ],
    [
      "with another scope instead",
      route(EMAIL, { authorization_scopes: ["phone"] }),
      ["wider: GET /: scopes, one of which a token must carry"],
    ],
    [
      "that asks no scope any more",
      route(EMAIL, {}),
      ["wider: GET / changes: callers with an ID token, whatever its scopes (before: callers with an access token)"],
    ],
    [
      "that asks a scope from now on",
      route({}, EMAIL),
      [
        "narrower: GET / changes: callers with an access token with one of the scopes email (before: callers with an ID token, whatever its scopes)",
      ],
    ],
    ["with another authorizer", route(EMAIL, { ...EMAIL, authorizer_id: "z2" }), ["wider: GET /: authorizer"]],
    [
      "that becomes public",
      route(EMAIL, PUBLIC),
      ["wider: GET / becomes public: everybody may call it (before: callers with an access token)"],
    ],
    [
      "that becomes authorized",
      route(PUBLIC, EMAIL),
      ["narrower: GET / becomes authorized: callers with an access token with one of the scopes email (before: everybody may call it)"],
    ],
    [
      "that IAM authorizes from now on",
      route(EMAIL, { ...EMAIL, authorization: "AWS_IAM" }),
      ["wider: GET / changes: callers that another authorization lets in (before: callers with an access token)"],
    ],
    [
      "of which it is known only after the apply",
      route(EMAIL, EMAIL, { unknown: { authorization: true } }),
      ["wider: GET / changes: its callers are known after apply (before: callers with an access token)"],
    ],
  ])("%s", (_, one, said) => {
    expect(changesOf(api, one)).toEqual(said);
  });

  test("of two APIs is told from the same one of the other", () => {
    const other = { ...api, address: "aws_api_gateway_rest_api.other", after: { id: "b2", root_resource_id: "r2" } };
    const written = (to: string) => ({ written: { rest_api_id: `\${aws_api_gateway_rest_api.${to}.id}` } });
    const second = { ...route(undefined, { ...PUBLIC, resource_id: "r2" }, written("other")), address: "aws_api_gateway_method.second" };
    expect(changesOf(api, other, route(undefined, EMAIL, written("api")), second)).toEqual([
      "wider: GET / of aws_api_gateway_rest_api.other is new and public: everybody may call it",
      "other: GET / of aws_api_gateway_rest_api.api is new and authorized: it takes access tokens with one of the scopes email",
    ]);
  });
});

describe("an attribute", () => {
  const POOL = "aws_cognito_user_pool.users";
  const CLIENT = "aws_cognito_user_pool_client.client";

  test.each<[address: string, what: string, before: Config, after: Config, effect: string]>([
    [
      POOL,
      "only administrators create users",
      { admin_create_user_config: [{ allow_admin_create_user_only: false }] },
      { admin_create_user_config: [{ allow_admin_create_user_only: true }] },
      "narrower",
    ],
    [
      POOL,
      "only administrators create users",
      { admin_create_user_config: [{ allow_admin_create_user_only: true }] },
      { admin_create_user_config: [{ allow_admin_create_user_only: false }] },
      "wider",
    ],
    [POOL, "shortest password", { password_policy: [{ minimum_length: 8 }] }, { password_policy: [{ minimum_length: 12 }] }, "narrower"],
    [POOL, "shortest password", { password_policy: [{ minimum_length: 12 }] }, { password_policy: [{ minimum_length: 8 }] }, "wider"],
    [POOL, "shortest password", { password_policy: [{ minimum_length: 8 }] }, { password_policy: [] }, "other"],
    [
      POOL,
      "days for which a temporary password works",
      { password_policy: [{ temporary_password_validity_days: 7 }] },
      { password_policy: [{ temporary_password_validity_days: 1 }] },
      "narrower",
    ],
    [POOL, "multi-factor authentication", { mfa_configuration: "ON" }, { mfa_configuration: "OPTIONAL" }, "wider"],
    [POOL, "multi-factor authentication", { mfa_configuration: "OFF" }, { mfa_configuration: "ON" }, "narrower"],
    [POOL, "multi-factor authentication", { mfa_configuration: "OFF" }, { mfa_configuration: "NEW" }, "other"],
    [
      POOL,
      "attributes that are verified at sign-up",
      { auto_verified_attributes: ["email"] },
      { auto_verified_attributes: ["email", "phone_number"] },
      "narrower",
    ],
    [POOL, "attributes that are verified at sign-up", { auto_verified_attributes: ["email"] }, { auto_verified_attributes: [] }, "wider"],
    [
      POOL,
      "attributes that are verified before they change",
      { user_attribute_update_settings: [] },
      { user_attribute_update_settings: [{ attributes_require_verification_before_update: ["email"] }] },
      "narrower",
    ],
    [POOL, "deletion protection", { deletion_protection: "ACTIVE" }, { deletion_protection: "INACTIVE" }, "wider"],
    [CLIENT, "OAuth grants", { allowed_oauth_flows: ["implicit"] }, { allowed_oauth_flows: ["code"] }, "wider"],
    [CLIENT, "OAuth grants", { allowed_oauth_flows: ["implicit", "code"] }, { allowed_oauth_flows: ["code"] }, "narrower"],
    [CLIENT, "lifetime of access tokens", { access_token_validity: 60 }, { access_token_validity: 61 }, "wider"],
    [CLIENT, "lifetime of access tokens", { access_token_validity: 60 }, { access_token_validity: 5 }, "narrower"],
    [CLIENT, "lifetime of access tokens", { access_token_validity: 60 }, { access_token_validity: null }, "other"],
    [CLIENT, "tokens can be revoked", { enable_token_revocation: true }, { enable_token_revocation: null }, "wider"],
    [
      CLIENT,
      "says nothing about who has an account",
      { prevent_user_existence_errors: "ENABLED" },
      { prevent_user_existence_errors: "LEGACY" },
      "wider",
    ],
    [
      "aws_iam_role.role",
      "permissions boundary",
      { permissions_boundary: "arn:aws:iam::222222222222:policy/a" },
      { permissions_boundary: null },
      "wider",
    ],
    [
      "aws_lambda_function_url.url",
      "authorization of the function's own URL",
      { authorization_type: "AWS_IAM" },
      { authorization_type: "NONE" },
      "wider",
    ],
  ])("%s, %s: %j, then %j", (address, name, before, after, effect) => {
    expect(changesOf({ address, before, after })).toEqual([`${effect}: ${address}: ${name}`]);
  });

  test.each<[what: string, before: boolean, after: boolean | null, said: string[]]>([
    ["logged from now on", false, true, ["wider"]],
    ["logged no longer", true, false, ["narrower"]],
    ["still logged", true, true, []],
  ])("requests with their tokens are %s", (_, before, after, said) => {
    const settings = (traced: boolean | null) => ({ settings: [{ data_trace_enabled: traced }] });
    const plan = smallPlan([{ address: "aws_api_gateway_method_settings.all", before: settings(before), after: settings(after) }]);
    expect(accessChanges(plan).map(({ effect }) => effect)).toEqual(said);
  });

  test("that is known only after the apply counts as wider, unless nobody wrote it", () => {
    const boundary = (written: Config): SmallResource => ({
      address: "aws_iam_role.role",
      before: {},
      unknown: { permissions_boundary: true },
      written,
    });
    expect(changesOf(boundary({ permissions_boundary: "${var.boundary}" }))).toEqual(["wider: aws_iam_role.role: permissions boundary"]);
    expect(changesOf(boundary({}))).toEqual([]);
  });

  test("that is sensitive is said to change, and only where it does", () => {
    const lambda = (before: string, after: string): SmallResource => ({
      address: "aws_lambda_function.f",
      before: { handler: before },
      after: { handler: after },
      sensitive: { handler: true },
    });
    expect(changesOf(lambda("hunter2", "hunter3"))).toEqual(["other: aws_lambda_function.f: handler"]);
    expect(JSON.stringify(accessChanges(smallPlan([lambda("hunter2", "hunter3")])))).not.toContain("hunter");
    expect(changesOf(lambda("hunter2", "hunter2"))).toEqual([]);
  });
});

describe("a thing that decides who gets in", () => {
  test.each<[address: string, action: "delete" | "forget", said: string]>([
    ["aws_lambda_permission.one", "delete", "narrower: aws_lambda_permission.one is removed"],
    ["aws_lambda_function_url.one", "delete", "narrower: aws_lambda_function_url.one is removed"],
    ["aws_lambda_permission.one", "forget", "other: aws_lambda_permission.one stays as it is, but Terraform manages it no longer"],
    ["aws_iam_role.one", "delete", "other: aws_iam_role.one is removed"],
  ])("%s: %s", (address, action, said) => {
    expect(changesOf({ address, actions: [action], before: {}, after: null })).toEqual([said]);
  });

  test("that is only read brings nothing", () => {
    expect(changesOf({ address: "aws_lambda_permission.one", mode: "data", actions: ["read"], after: { principal: "*" } })).toEqual([]);
  });
});

describe("an authorizer's user pools", () => {
  const ARN = "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_a";
  const pool: SmallResource = { address: "aws_cognito_user_pool.users", before: { arn: ARN }, after: { arn: ARN }, written: {} };
  const authorizer = (before: string[], after: Partial<SmallResource>): SmallResource => ({
    address: "aws_api_gateway_authorizer.one",
    before: { provider_arns: before },
    ...after,
  });
  const SAID = "aws_api_gateway_authorizer.one: user pools whose users it lets in";

  test.each<[what: string, authorizer: SmallResource, said: string[]]>([
    ["the same, by its ARN", authorizer([ARN], { after: { provider_arns: [ARN] } }), []],
    [
      "the same, by reference",
      authorizer([ARN], { unknown: { provider_arns: true }, written: { provider_arns: ["${aws_cognito_user_pool.users.arn}"] } }),
      [],
    ],
    ["one more", authorizer([ARN], { after: { provider_arns: [ARN, `${ARN}2`] } }), [`wider: ${SAID}`]],
    ["one less", authorizer([ARN, `${ARN}2`], { after: { provider_arns: [ARN] } }), [`narrower: ${SAID}`]],
    ["known only after the apply", authorizer([ARN], { unknown: { provider_arns: true }, written: {} }), [`wider: ${SAID}`]],
  ])("%s", (_, one, said) => {
    expect(changesOf(pool, one)).toEqual(said);
  });
});

describe("a policy", () => {
  const policy = (Action: string[]) => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "r" }] });
  const ADDRESS = "aws_iam_role_policy.one";
  const of = (before: string, more: Partial<SmallResource>): SmallResource => ({ address: ADDRESS, before: { policy: before }, ...more });

  test.each<[what: string, resource: SmallResource, said: string[]]>([
    ["the same", of(policy(["a:B"]), { after: { policy: policy(["a:B"]) } }), []],
    ["more", of(policy(["a:B"]), { after: { policy: policy(["a:B", "a:C"]) } }), [`wider: ${ADDRESS}: policy allows more`]],
    ["less", of(policy(["a:B", "a:C"]), { after: { policy: policy(["a:B"]) } }), [`narrower: ${ADDRESS}: policy allows less`]],
    [
      "something else",
      of(policy(["a:B"]), { after: { policy: policy(["a:C"]) } }),
      [`wider: ${ADDRESS}: policy allows more`, `narrower: ${ADDRESS}: policy allows less`],
    ],
    [
      "what nobody can read",
      of(policy(["a:B"]), { unknown: { policy: true }, written: { policy: "${data.aws_iam_policy_document.one.json}" } }),
      [`wider: ${ADDRESS}: policy cannot be compared, so it may allow more`],
    ],
    ["gone", of(policy(["a:B"]), { after: null, written: { policy: "" } }), [`narrower: ${ADDRESS}: policy allows less`]],
    [
      "forgotten",
      of(policy(["a:B"]), { actions: ["forget"], after: null, written: { policy: "" } }),
      [`other: ${ADDRESS} keeps its policy, but Terraform manages it no longer`],
    ],
  ])("%s", (_, resource, said) => {
    expect(changesOf(resource)).toEqual(said);
  });
});

describe("the deployment, without which the API goes on answering as before", () => {
  const said = (...resources: SmallResource[]) =>
    accessChanges(smallPlan(resources))
      .filter(({ topic }) => topic === "API")
      .map(({ what }) => plainText(what));
  const api: SmallResource = { address: "aws_api_gateway_rest_api.api", actions: ["no-op"], before: {}, after: {} };
  const changed: SmallResource = { address: "aws_api_gateway_integration.one", before: {}, after: {} };
  const MISSING =
    "No new deployment: the API goes on answering as before, whatever changes in aws_api_gateway_integration.one and its like";

  test.each<[what: string, resources: SmallResource[], words: string[]]>([
    [
      "is due and made",
      [api, changed, { address: "aws_api_gateway_deployment.one" }],
      ["aws_api_gateway_deployment.one is made anew: the API answers as it is after this plan"],
    ],
    ["is due and missing", [api, changed], [MISSING]],
    ["is due and goes", [api, changed, { address: "aws_api_gateway_deployment.one", before: {}, after: null }], [MISSING]],
    ["is not due: nothing changes", [api, { ...changed, actions: ["no-op"] }], []],
    ["is not due: what changes is none of the API's model", [api, { address: "aws_api_gateway_stage.one", before: {}, after: {} }], []],
    ["is not due: what goes is forgotten, not removed", [api, { ...changed, actions: ["forget"], after: null }], []],
    [
      "is not due: the API goes",
      [
        { ...api, actions: ["delete"], after: null },
        { ...changed, after: null },
      ],
      ["aws_api_gateway_rest_api.api is removed"],
    ],
  ])("%s", (_, resources, words) => {
    expect(said(...resources)).toEqual(words);
  });
});
