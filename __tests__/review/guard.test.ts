/**
 * Each rule of the guard at its edges: what it lets through, what it does not, and what it says. Plans of the provider are in
 * golden-reports.test.ts.
 */
import { type Environment } from "../../config/environment";
import { type Exception, reviewPlan, type RuleName } from "../../review";
import { RULE_NAMES } from "../../review/guard";
import { type Plan } from "../../review/plan/plan";
import { plainText } from "../../review/text";
import { environments, publicRoutes } from "../support/environments";
import { environmentOf } from "./fixtures/environment-of";
import { PROD, smallPlan, type SmallResource } from "./small-plan";

const { local, dev, prod } = environments;

function findingsOf(rule: RuleName, plan: Plan, environment: Environment = prod): string[] {
  const { findings } = reviewPlan(plan, { environment, exceptions: [], publicRoutes, now: new Date(0) });
  return findings.filter((finding) => finding.rule === rule).map(({ what }) => plainText(what));
}

test("a plan with nothing in it breaks no rule", () => {
  expect(RULE_NAMES.flatMap((rule) => findingsOf(rule, smallPlan([])))).toEqual([]);
});

test("a plan that Terraform could not finish says so at the plan, however little is in it", () => {
  const { findings } = reviewPlan(smallPlan([], { errored: true }), { environment: prod, exceptions: [], publicRoutes, now: new Date(0) });
  expect(findings.map(({ rule, address, what }) => [rule, address, plainText(what)])).toEqual([
    ["no-incomplete-plan", "plan", "Terraform could not finish the plan"],
  ]);
});

test.each<[what: string, how: { errored: boolean; complete: boolean }, said: string[]]>([
  ["a whole plan", { errored: false, complete: true }, []],
  ["a plan of a part", { errored: false, complete: false }, ["The plan leaves out what the configuration has"]],
  [
    "one that Terraform could not finish, and which is therefore not whole",
    { errored: true, complete: false },
    ["Terraform could not finish the plan"],
  ],
])("%s is told as such", (_, how, said) => {
  expect(findingsOf("no-incomplete-plan", smallPlan([], how))).toEqual(said);
});

test("a finding says why the rule is there and what to do instead", () => {
  const resources: SmallResource[] = [
    { address: "aws_cognito_user_pool.one", after: { deletion_protection: "INACTIVE" } },
    { address: "aws_s3_bucket.one", before: {}, after: null },
    {
      address: "aws_cognito_user_pool_client.one",
      after: { allowed_oauth_flows: ["code"], logout_urls: ["https://elsewhere.example.com/"] },
    },
    { address: "aws_lambda_function_url.one", after: { authorization_type: "NONE" } },
    { address: "aws_lambda_permission.one", after: { principal: "*" } },
  ];
  const { findings } = reviewPlan(smallPlan(resources, { errored: true, provider: {} }), {
    environment: prod,
    exceptions: [],
    publicRoutes,
    now: new Date(0),
  });
  expect([...new Set(findings.map(({ rule }) => rule))]).toEqual(RULE_NAMES);
  for (const { reason, remedy } of findings) {
    expect([reason, remedy]).toEqual([expect.stringMatching(/^[A-Z].{20,}\.$/), expect.stringMatching(/^[A-Z].{20,}\.$/)]);
  }
});

describe("no-undeclared-public-route", () => {
  const api: SmallResource = {
    address: "aws_api_gateway_rest_api.api",
    before: { id: "a1", root_resource_id: "r1" },
    after: { id: "a1", root_resource_id: "r1" },
    written: {},
  };
  const resource = (name: string, part: string): SmallResource => ({
    address: `aws_api_gateway_resource.${name}`,
    after: { path_part: part },
    unknown: { id: true, parent_id: true },
    written: { path_part: part, parent_id: "${aws_api_gateway_rest_api.api.root_resource_id}" },
  });
  const method = (
    after: Record<string, unknown>,
    { at = "${aws_api_gateway_rest_api.api.root_resource_id}", ...more }: { at?: string; unknown?: object; authorizer?: string } = {},
  ): SmallResource => ({
    address: "aws_api_gateway_method.one",
    after: { http_method: "GET", ...after },
    unknown: { resource_id: true, ...more.unknown },
    written: { ...after, resource_id: at, ...(more.authorizer && { authorizer_id: more.authorizer }) },
  });
  const AUTHORIZED = { unknown: { authorizer_id: true }, authorizer: "${aws_api_gateway_authorizer.users.id}" };
  const COGNITO = { authorization: "COGNITO_USER_POOLS", authorization_scopes: ["email"] };

  test.each<[what: string, method: SmallResource, said: string[]]>([
    ["an authorizer and a scope", method(COGNITO, AUTHORIZED), []],
    ["an authorizer that is not in the plan, by its id", method({ ...COGNITO, authorizer_id: "abc" }), []],
    ["an authorizer that is dropped", method(COGNITO), ["GET / answers everybody"]],
    ["an authorizer with an empty id", method({ ...COGNITO, authorizer_id: "" }), ["GET / answers everybody"]],
    ["an authorization that is not said", method({ authorization: null }), ["GET / answers everybody"]],
    [
      "no scope",
      method({ ...COGNITO, authorization_scopes: [] }, AUTHORIZED),
      ["GET / requires no scope, so it takes ID tokens of whatever scope"],
    ],
    [
      "a scope that is known only after the apply",
      method(
        { authorization: "COGNITO_USER_POOLS", authorization_scopes: [null] },
        { ...AUTHORIZED, unknown: { authorizer_id: true, authorization_scopes: [true] } },
      ),
      ["GET /: whom it answers is known only after the apply"],
    ],
    ["IAM", method({ authorization: "AWS_IAM" }), ["GET / is not authorized by the user pool but by AWS_IAM"]],
    ["a Lambda authorizer", method({ authorization: "CUSTOM" }, AUTHORIZED), ["GET / is not authorized by the user pool but by CUSTOM"]],
    [
      "an authorization that is known only after the apply",
      method({}, { unknown: { authorization: true } }),
      ["GET /: whom it answers is known only after the apply"],
    ],
    ["the landing page", method({ authorization: "NONE" }, { at: "${aws_api_gateway_resource.page.id}" }), []],
    [
      "another method of the landing page",
      method({ http_method: "POST", authorization: "NONE" }, { at: "${aws_api_gateway_resource.page.id}" }),
      ["POST /signed-in answers everybody"],
    ],
    ["another page", method({ authorization: "NONE" }, { at: "${aws_api_gateway_resource.other.id}" }), ["GET /other answers everybody"]],
    [
      "a page whose path the plan does not tell",
      method({ authorization: "NONE" }, { at: "${aws_api_gateway_resource.gone.id}" }),
      ["GET (path known after apply: aws_api_gateway_method.one) answers everybody"],
    ],
  ])("%s", (_, one, said) => {
    expect(
      findingsOf("no-undeclared-public-route", smallPlan([api, resource("page", "signed-in"), resource("other", "other"), one])),
    ).toEqual(said);
  });

  test("a method that goes is none", () => {
    const gone: SmallResource = {
      address: "aws_api_gateway_method.one",
      before: { http_method: "GET", authorization: "NONE" },
      after: null,
    };
    expect(findingsOf("no-undeclared-public-route", smallPlan([api, gone]))).toEqual([]);
  });

  const URL = "aws_lambda_function_url.url";
  test.each<[what: string, resource: SmallResource, said: string[]]>([
    ["a URL of the function for callers with IAM", { address: URL, after: { authorization_type: "AWS_IAM" } }, []],
    [
      "one for everybody",
      { address: URL, after: { authorization_type: "NONE" } },
      [`${URL} is a URL at which everybody may call the function past the API`],
    ],
    [
      "one of which it is known only after the apply",
      { address: URL, unknown: { authorization_type: true } },
      [`${URL} is a URL at which everybody may call the function past the API`],
    ],
    ["one that goes", { address: URL, before: { authorization_type: "NONE" }, after: null }, []],
    ["one that is only read", { address: URL, mode: "data", actions: ["read"], after: { authorization_type: "NONE" } }, []],
  ])("%s", (_, one, said) => {
    expect(findingsOf("no-undeclared-public-route", smallPlan([one]))).toEqual(said);
  });

  const IMPORTED = ["aws_api_gateway_rest_api.api has an OpenAPI body, whose methods the plan does not show"];
  test.each<[what: string, body: Partial<SmallResource>, said: string[]]>([
    ["an API without a body", { after: { body: null } }, []],
    ["an API with an empty body", { after: { body: "" }, written: {} }, []],
    ["a body that is written", { after: { body: "{}" } }, IMPORTED],
    [
      "a body that is written and known only after the apply",
      { unknown: { body: true }, written: { body: "${aws_ssm_parameter.body.value}" } },
      IMPORTED,
    ],
    ["a body that is read from AWS and not written", { after: { body: "{}" }, written: {} }, IMPORTED],
  ])("%s", (_, body, said) => {
    const written = body.written ?? Object.fromEntries(Object.entries(body.after ?? {}).filter(([, value]) => value !== null));
    expect(findingsOf("no-undeclared-public-route", smallPlan([{ address: "aws_api_gateway_rest_api.api", ...body, written }]))).toEqual(
      said,
    );
  });
});

describe("no-lost-data", () => {
  const KEPT: readonly [type: string, held: string][] = [
    ["aws_cloudwatch_log_group", "its log events"],
    ["aws_cognito_user_pool", "everybody's account"],
    ["aws_cognito_user_pool_client", "its client id, with which everybody signs in"],
    ["aws_cognito_user_pool_domain", "the address of the login pages"],
    ["aws_kms_key", "whatever is encrypted with it"],
    ["aws_s3_bucket", "its objects; of the state bucket, the state of every stack"],
  ];
  const WAYS: readonly [actions: string[], after: object | null, said: string][] = [
    [["delete"], null, "would be destroyed, and with it"],
    [["delete", "create"], {}, "would be replaced, which loses"],
    [["create", "delete"], {}, "would be replaced, which loses"],
  ];
  test.each(KEPT.flatMap(([type, held]) => WAYS.map(([actions, after, said]) => ({ type, held, actions, after, said }))))(
    "$type: $actions",
    ({ type, held, actions, after, said }) => {
      const plan = smallPlan([{ address: `${type}.one`, actions, before: {}, after: after as Record<string, unknown> | null }]);
      expect(findingsOf("no-lost-data", plan)).toEqual([`${type}.one ${said} ${held}`]);
    },
  );

  test.each<[what: string, resource: Partial<SmallResource>]>([
    ["created", {}],
    ["changed", { before: {} }],
    ["left as it is", { actions: ["no-op"], before: {} }],
    ["managed no longer, but not destroyed", { actions: ["forget"], before: {}, after: null }],
    ["a data source", { mode: "data", actions: ["delete"], before: {}, after: null }],
  ])("nothing is lost when it is %s", (_, resource) => {
    expect(findingsOf("no-lost-data", smallPlan([{ address: "aws_cognito_user_pool.one", ...resource }]))).toEqual([]);
  });

  test("what holds no data may go", () => {
    expect(findingsOf("no-lost-data", smallPlan([{ address: "aws_lambda_function.one", before: {}, after: null }]))).toEqual([]);
  });
});

describe("no-deletion-protection-off", () => {
  const POOL = "aws_cognito_user_pool.one";
  const pool = (before: string | null | undefined, after: string | null): SmallResource => ({
    address: POOL,
    ...(before !== undefined && { before: { deletion_protection: before } }),
    after: { deletion_protection: after },
  });
  const bucket = (before: boolean | undefined, after: boolean | null): SmallResource => ({
    address: "aws_s3_bucket.one",
    ...(before !== undefined && { before: { force_destroy: before } }),
    after: { force_destroy: after },
  });
  const OFF = [`${POOL}: deletion_protection is off`];
  const SWITCHED_OFF = [`${POOL}: deletion_protection is switched off`];
  const EMPTIED = ["aws_s3_bucket.one: force_destroy is on"];

  test.each<[what: string, resource: SmallResource, inProd: string[], inDev: string[]]>([
    ["a new pool with it", pool(undefined, "ACTIVE"), [], []],
    ["a new pool without", pool(undefined, "INACTIVE"), OFF, []],
    ["a new pool that does not say, which means without", pool(undefined, null), OFF, []],
    ["a pool that had none and gets none", pool("INACTIVE", "INACTIVE"), OFF, []],
    ["a pool that gets it", pool("INACTIVE", "ACTIVE"), [], []],
    ["a pool that loses it", pool("ACTIVE", "INACTIVE"), SWITCHED_OFF, SWITCHED_OFF],
    ["a pool of which it is said no longer", pool("ACTIVE", null), SWITCHED_OFF, SWITCHED_OFF],
    ["a bucket that is kept", bucket(false, false), [], []],
    ["a bucket that does not say, which means kept", bucket(undefined, null), [], []],
    ["a new bucket that a destroy may empty", bucket(undefined, true), EMPTIED, EMPTIED],
    [
      "a bucket that a destroy may empty from now on",
      bucket(false, true),
      ["aws_s3_bucket.one: force_destroy is switched on"],
      ["aws_s3_bucket.one: force_destroy is switched on"],
    ],
    ["a bucket that a destroy could empty before", bucket(true, true), EMPTIED, EMPTIED],
    [
      "a pool of which it is known only after the apply",
      { address: POOL, unknown: { deletion_protection: true } },
      [`${POOL}: deletion_protection is known only after the apply`],
      [`${POOL}: deletion_protection is known only after the apply`],
    ],
    ["a pool that goes", { address: POOL, before: { deletion_protection: "INACTIVE" }, after: null }, [], []],
    [
      "something else with that attribute",
      { address: "aws_dynamodb_table.one", after: { deletion_protection: "INACTIVE", force_destroy: true } },
      [],
      [],
    ],
  ])("%s", (_, resource, inProd, inDev) => {
    expect(findingsOf("no-deletion-protection-off", smallPlan([resource]), prod)).toEqual(inProd);
    expect(findingsOf("no-deletion-protection-off", smallPlan([resource]), dev)).toEqual(inDev);
  });
});

describe("no-unconfigured-grant and no-unconfigured-callback", () => {
  const CLIENT = "aws_cognito_user_pool_client.one";
  const API: SmallResource = { address: "aws_api_gateway_rest_api.api", before: { id: "a1" }, after: { id: "a1" }, written: {} };
  const GATEWAY = `execute-api.${PROD.region}.amazonaws.com/demo`;
  const said = (client: Partial<SmallResource>, others: readonly SmallResource[] = [API], environment: Environment = prod) => {
    const plan = smallPlan([...others, { address: CLIENT, ...client }]);
    return [...findingsOf("no-unconfigured-grant", plan, environment), ...findingsOf("no-unconfigured-callback", plan, environment)];
  };

  test.each<[what: string, client: Partial<SmallResource>, findings: string[]]>([
    ["the configured grant", { after: { allowed_oauth_flows: ["implicit"] } }, []],
    [
      "another one beside it",
      { after: { allowed_oauth_flows: ["implicit", "client_credentials"] } },
      [`grant client_credentials of ${CLIENT} is not in the configuration`],
    ],
    ["no grant at all", { after: { allowed_oauth_flows: [] } }, []],
    ["nothing said of grants", { after: { allowed_oauth_flows: null } }, []],
    ["the configured scopes", { after: { allowed_oauth_scopes: ["email", "openid"] } }, []],
    [
      "another scope",
      { after: { allowed_oauth_scopes: ["email", "phone"] } },
      [`OAuth scope phone of ${CLIENT} is not in the configuration`],
    ],
    [
      "the addresses of the API",
      {
        after: {
          callback_urls: [`https://a1.${GATEWAY}/signed-in`, `https://a1.${GATEWAY}`],
          default_redirect_uri: `https://a1.${GATEWAY}/signed-in`,
          logout_urls: [`https://a1.${GATEWAY}/signed-in`],
        },
      },
      [],
    ],
    [
      "the address of another API",
      { after: { callback_urls: [`https://b2.${GATEWAY}`] } },
      [`callback address https://b2.${GATEWAY} of ${CLIENT} is not in the configuration`],
    ],
    [
      "another path of the API",
      { after: { callback_urls: [`https://a1.${GATEWAY}/open`] } },
      [`callback address https://a1.${GATEWAY}/open of ${CLIENT} is not in the configuration`],
    ],
    [
      "another default address",
      { after: { default_redirect_uri: "https://elsewhere.example.com/" } },
      [`callback address https://elsewhere.example.com/ of ${CLIENT} is not in the configuration`],
    ],
    [
      "sign-out that leads to where only sign-in may",
      { after: { logout_urls: [`https://a1.${GATEWAY}`] } },
      [`logout address https://a1.${GATEWAY} of ${CLIENT} is not in the configuration`],
    ],
    [
      "what is the provider's own choice, known only after the apply",
      { unknown: { callback_urls: true, allowed_oauth_scopes: true }, written: {} },
      [],
    ],
    [
      "what is written and known only after the apply",
      { unknown: { callback_urls: true }, written: { callback_urls: ["${aws_ssm_parameter.address.value}"] } },
      [`callback address \${aws_ssm_parameter.address.value} of ${CLIENT} is not in the configuration`],
    ],
    [
      "what is sensitive",
      { after: { callback_urls: ["https://elsewhere.example.com/"] }, sensitive: { callback_urls: true } },
      [`callback address (sensitive value) of ${CLIENT} is not in the configuration`],
    ],
    [
      "what is sensitive in one part and known only after the apply in another one: what is written could be the secret",
      {
        after: { callback_urls: ["secret", null] },
        unknown: { callback_urls: [false, true] },
        sensitive: { callback_urls: [true, false] },
      },
      [`${CLIENT}: callback_urls is known only after the apply`],
    ],
    ["a client that goes", { before: { allowed_oauth_flows: ["code"] }, after: null }, []],
  ])("%s", (_, client, findings) => {
    expect(said(client)).toEqual(findings);
  });

  test.each<[what: string, server: SmallResource, findings: string[]]>([
    [
      "has the scope",
      {
        address: "aws_cognito_resource_server.orders",
        after: { identifier: "orders", scope: [{ scope_name: "write" }, { scope_name: "read" }] },
      },
      [],
    ],
    [
      "has another scope",
      { address: "aws_cognito_resource_server.orders", after: { identifier: "orders", scope: [{ scope_name: "write" }] } },
      [`OAuth scope orders/read of ${CLIENT} is not in the configuration`],
    ],
    [
      "is another one",
      { address: "aws_cognito_resource_server.orders", after: { identifier: "bills", scope: [{ scope_name: "read" }] } },
      [`OAuth scope orders/read of ${CLIENT} is not in the configuration`],
    ],
    [
      "has no scope",
      { address: "aws_cognito_resource_server.orders", after: { identifier: "orders", scope: null } },
      [`OAuth scope orders/read of ${CLIENT} is not in the configuration`],
    ],
    [
      "goes",
      {
        address: "aws_cognito_resource_server.orders",
        before: { identifier: "orders", scope: [{ scope_name: "read" }] },
        after: null,
      },
      [`OAuth scope orders/read of ${CLIENT} is not in the configuration`],
    ],
    [
      "is of another type",
      { address: "aws_cognito_user_group.orders", after: { identifier: "orders", scope: [{ scope_name: "read" }] } },
      [`OAuth scope orders/read of ${CLIENT} is not in the configuration`],
    ],
  ])("a scope of a resource server that %s", (_, server, findings) => {
    expect(said({ after: { allowed_oauth_scopes: ["openid", "orders/read"] } }, [API, server])).toEqual(findings);
  });

  test("the address of an API of which no id is known is none", () => {
    const api: SmallResource = { address: "aws_api_gateway_rest_api.api", unknown: { id: true }, written: {} };
    expect(said({ after: { callback_urls: [`https://.${GATEWAY}`, `https://undefined.${GATEWAY}`] } }, [api])).toHaveLength(2);
  });

  test("an API that is made with the client: the address that is written for it, and no other one", () => {
    const api: SmallResource = { address: "aws_api_gateway_rest_api.api", unknown: { id: true }, written: {} };
    const client = (id: string) => ({ unknown: { callback_urls: true }, written: { callback_urls: [`https://${id}.${GATEWAY}`] } });
    expect(said(client("${aws_api_gateway_rest_api.api.id}"), [api])).toEqual([]);
    expect(said(client("${aws_api_gateway_rest_api.other.id}"), [api])).toHaveLength(1);
  });

  test("the address of an API that goes is none any more", () => {
    const gone: SmallResource = { address: "aws_api_gateway_rest_api.api", before: { id: "a1" }, after: null };
    expect(said({ after: { callback_urls: [`https://a1.${GATEWAY}`] } }, [gone])).toHaveLength(1);
  });

  test("what the environment configures counts without an API too", () => {
    const further = environmentOf("prod", { signIn: { callbackUrls: ["https://app.example.com/"], oauthGrant: "code" } });
    const client = { after: { callback_urls: ["https://app.example.com/"], allowed_oauth_flows: ["code"] } };
    expect(said(client, [], further)).toEqual([]);
    expect(said(client, [], prod)).toHaveLength(2);
  });

  test("the callbacks of the configuration are for sign-in: sign-out does not lead there", () => {
    const further = environmentOf("prod", { signIn: { callbackUrls: ["https://app.example.com/"] } });
    expect(said({ after: { logout_urls: ["https://app.example.com/"] } }, [API], further)).toHaveLength(1);
  });
});

describe("no-other-account-or-region", () => {
  const rule = "no-other-account-or-region";

  test.each<[what: string, provider: Record<string, unknown>, environment: Environment, said: string[]]>([
    ["its own", { region: "eu-central-1", allowed_account_ids: [PROD.account] }, prod, []],
    [
      "another Region",
      { region: "us-east-1", allowed_account_ids: [PROD.account] },
      prod,
      ["provider.aws works in Region us-east-1, not in eu-central-1"],
    ],
    ["no Region", { allowed_account_ids: [PROD.account] }, prod, ["provider.aws works in Region (none), not in eu-central-1"]],
    ["any account", { region: "eu-central-1" }, prod, ["provider.aws takes credentials of accounts (none), not only of 222222222222"]],
    [
      "another account",
      { region: "eu-central-1", allowed_account_ids: ["111111111111"] },
      prod,
      ['provider.aws takes credentials of accounts ["111111111111"], not only of 222222222222'],
    ],
    [
      "an account more",
      { region: "eu-central-1", allowed_account_ids: [PROD.account, "111111111111"] },
      prod,
      ['provider.aws takes credentials of accounts ["222222222222", "111111111111"], not only of 222222222222'],
    ],
    ["no account, on the emulator", { region: "eu-central-1" }, local, []],
    [
      "another account, on the emulator",
      { region: "eu-central-1", allowed_account_ids: ["111111111111"] },
      local,
      ['provider.aws takes credentials of accounts ["111111111111"], not only of 000000000000'],
    ],
  ])("a provider with %s", (_, provider, environment, said) => {
    expect(findingsOf(rule, smallPlan([], { provider }), environment)).toEqual(said);
  });

  const QUEUE = "aws_sqs_queue.one";
  const arn = (region: string, account: string) => `arn:aws:sqs:${region}:${account}:orders`;
  test.each<[what: string, resource: Partial<SmallResource>, said: string[]]>([
    ["its own account and Region", { after: { policy: arn(PROD.region, PROD.account) } }, []],
    ["another account", { after: { policy: arn(PROD.region, "999999999999") } }, [`${QUEUE} names account 999999999999`]],
    ["another Region", { after: { policy: arn("us-east-1", PROD.account) } }, [`${QUEUE} names Region us-east-1`]],
    [
      "both, each once and in order",
      { after: { a: arn("us-east-1", "999999999999"), b: arn("us-east-1", "888888888888") } },
      ["Region us-east-1", "account 888888888888", "account 999999999999"].map((stranger) => `${QUEUE} names ${stranger}`),
    ],
    [
      "one deep within a value",
      { after: { rules: [{ target: { text: `to ${arn(PROD.region, "999999999999")} and back` } }] } },
      [`${QUEUE} names account 999999999999`],
    ],
    [
      "two in one text",
      { after: { text: `${arn(PROD.region, PROD.account)} ${arn(PROD.region, "999999999999")}` } },
      [`${QUEUE} names account 999999999999`],
    ],
    [
      "another partition",
      { after: { policy: "arn:aws-cn:sqs:cn-north-1:999999999999:orders" } },
      [`${QUEUE} names Region cn-north-1`, `${QUEUE} names account 999999999999`],
    ],
    ["a role, which has no Region", { after: { role: "arn:aws:iam::222222222222:role/own" } }, []],
    ["a role of another account", { after: { role: "arn:aws:iam::999999999999:role/foreign" } }, [`${QUEUE} names account 999999999999`]],
    [
      "the root of another account, with nothing after it",
      { after: { role: "arn:aws:iam::999999999999" } },
      [`${QUEUE} names account 999999999999`],
    ],
    ["its own account, without an ARN", { after: { principal: PROD.account } }, []],
    ["another account, without an ARN", { after: { principal: "999999999999" } }, [`${QUEUE} names account 999999999999`]],
    ["another account in a list", { after: { accounts: [PROD.account, "999999999999"] } }, [`${QUEUE} names account 999999999999`]],
    [
      "another account in a policy",
      { after: { policy: JSON.stringify({ Statement: { Principal: { AWS: ["999999999999"] } } }) } },
      [`${QUEUE} names account 999999999999`],
    ],
    [
      "another account in a policy within a document",
      { after: { document: JSON.stringify({ policy: JSON.stringify({ Principal: { AWS: "999999999999" } }) }) } },
      [`${QUEUE} names account 999999999999`],
    ],
    ["twelve digits of a longer number or text", { after: { a: "9999999999990", b: "order 999999999999", c: "999999999999-1" } }, []],
    [
      "what is AWS's own",
      { after: { policy: "arn:aws:iam::aws:policy/ReadOnlyAccess arn:aws:apigateway:eu-central-1:lambda:path/x" } },
      [],
    ],
    ["a bucket, which has neither", { after: { bucket: "arn:aws:s3:::records" } }, []],
    [
      "what is written and known only after the apply",
      { unknown: { policy: true }, written: { policy: `${arn("us-east-1", PROD.account)}\${aws_sqs_queue.two.name}` } },
      [`${QUEUE} names Region us-east-1`],
    ],
    ["what is sensitive", { after: { policy: arn(PROD.region, "999999999999") }, sensitive: { policy: true } }, []],
    ["what was and is no longer", { before: { policy: arn(PROD.region, "999999999999") }, after: { policy: "" } }, []],
    ["what goes", { before: { policy: arn(PROD.region, "999999999999") }, after: null, written: {} }, []],
  ])("a resource that names %s", (_, resource, said) => {
    expect(findingsOf(rule, smallPlan([{ address: QUEUE, ...resource }]))).toEqual(said);
  });
});

describe("no-wildcard-in-iam", () => {
  const rule = "no-wildcard-in-iam";
  const policy = (...Statement: Record<string, unknown>[]) => JSON.stringify({ Version: "2012-10-17", Statement });
  const allow = (more: Record<string, unknown>) =>
    policy({ Effect: "Allow", Action: "sqs:SendMessage", Resource: "arn:aws:sqs:eu-central-1:222222222222:orders", ...more });
  const only = (statement: Record<string, unknown>) => policy({ Effect: "Allow", ...statement });

  test.each<[what: string, policy: string, said: string[]]>([
    ["no wildcard", allow({}), []],
    ["a wildcard in an action", allow({ Action: ["sqs:GetQueueUrl", "sqs:*"] }), ["action sqs:*"]],
    ["one for a single letter", allow({ Action: "sqs:?endMessage" }), ["action sqs:?endMessage"]],
    ["a wildcard in a resource", allow({ Resource: "*" }), ["resource *"]],
    ["a wildcard that is denied", policy({ Effect: "Deny", Action: "*", Resource: "*" }), []],
    [
      "one that is denied, and one that is allowed",
      policy({ Effect: "Deny", Action: "*", Resource: "*" }, { Effect: "Allow", Action: "s3:*", Resource: "r" }),
      ["action s3:*"],
    ],
    ["the same one twice, said once", allow({ Action: ["sqs:*", "sqs:*"] }), ["action sqs:*"]],
    ["all actions but one", only({ NotAction: "iam:PassRole", Resource: "r" }), ["NotAction"]],
    ["all resources but one", only({ Action: "sqs:SendMessage", NotResource: "r" }), ["NotResource"]],
    ["a wildcard for who", allow({ Principal: "*" }), ["principal *"]],
    ["everybody but one", allow({ NotPrincipal: { AWS: "arn:aws:iam::222222222222:root" } }), ["principal NotPrincipal"]],
  ])("a role's policy with %s", (_, text, said) => {
    const address = "aws_iam_role_policy.one";
    expect(findingsOf(rule, smallPlan([{ address, after: { policy: text } }]))).toEqual(
      said.map((wildcard) => `${address}: policy allows ${wildcard}`),
    );
  });

  test.each<[what: string, policy: string, said: string[]]>([
    ["a service", only({ Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }), []],
    ["everybody", only({ Principal: "*", Action: "sts:AssumeRole" }), ["principal *"]],
    ["everybody of AWS", only({ Principal: { AWS: "*" }, Action: "sts:AssumeRole" }), ["principal *"]],
    [
      "roles with a beginning in common",
      only({ Principal: { AWS: "arn:aws:iam::222222222222:role/ci-*" }, Action: "sts:AssumeRole" }),
      ["principal AWS arn:aws:iam::222222222222:role/ci-*"],
    ],
    [
      "everybody but one",
      only({ NotPrincipal: { AWS: "arn:aws:iam::222222222222:root" }, Action: "sts:AssumeRole" }),
      ["principal NotPrincipal"],
    ],
    [
      "a subject that equals",
      only({
        Principal: { Federated: "oidc" },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringEquals: { "oidc:sub": "repo:*" } },
      }),
      [],
    ],
    [
      "subjects with a beginning in common",
      only({
        Principal: { Federated: "oidc" },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringLike: { "oidc:sub": "repo:one/*", "oidc:aud": "sts" } },
      }),
      ['StringLike oidc:sub "repo:one/*"'],
    ],
    [
      "ARNs with a beginning in common, however the operator is written",
      only({
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { "ForAnyValue:arnlikeIfExists": { "aws:SourceArn": ["arn:aws:lambda:*"] } },
      }),
      ['ForAnyValue:arnlikeIfExists aws:SourceArn ["arn:aws:lambda:*"]'],
    ],
  ])("a role that %s may take", (_, text, said) => {
    const address = "aws_iam_role.one";
    expect(findingsOf(rule, smallPlan([{ address, after: { assume_role_policy: text } }]))).toEqual(
      said.map((wildcard) => `${address}: assume_role_policy allows ${wildcard}`),
    );
  });

  test("a condition with a wildcard narrows a role's own policy, and is none there", () => {
    const text = allow({ Condition: { StringLike: { "aws:PrincipalTag/team": "api-*" } } });
    expect(findingsOf(rule, smallPlan([{ address: "aws_iam_role_policy.one", after: { policy: text } }]))).toEqual([]);
  });

  const EVERYTHING_TO_EVERYBODY = only({ Principal: "*", Action: "*", Resource: "*" });
  const LETS_EVERYBODY_IN: readonly [type: string, argument: string][] = [
    ["aws_api_gateway_rest_api", "policy"],
    ["aws_api_gateway_rest_api_policy", "policy"],
    ["aws_kms_key", "policy"],
    ["aws_kms_key_policy", "policy"],
    ["aws_lambda_layer_version_permission", "policy"],
    ["aws_s3_bucket_policy", "policy"],
    ["aws_secretsmanager_secret_policy", "policy"],
    ["aws_sns_topic_policy", "policy"],
    ["aws_sqs_queue", "policy"],
    ["aws_sqs_queue_policy", "policy"],
  ];
  test.each(LETS_EVERYBODY_IN)("in the policy of a thing itself, %s, a wildcard counts where it says who", (type, argument) => {
    expect(findingsOf(rule, smallPlan([{ address: `${type}.one`, after: { [argument]: EVERYTHING_TO_EVERYBODY } }]))).toEqual([
      `${type}.one: ${argument} allows principal *`,
    ]);
  });

  test.each(["aws_iam_group_policy", "aws_iam_policy", "aws_iam_role_policy", "aws_iam_user_policy"])(
    "in %s it counts wherever it stands",
    (type) => {
      expect(findingsOf(rule, smallPlan([{ address: `${type}.one`, after: { policy: only({ Action: "*", Resource: "*" }) } }]))).toEqual(
        ["action *", "resource *"].map((wildcard) => `${type}.one: policy allows ${wildcard}`),
      );
    },
  );

  test.each<[what: string, resource: Partial<SmallResource>, said: string[]]>([
    [
      "a policy that the role has within itself",
      { after: { inline_policy: [{ name: "own", policy: only({ Action: "s3:*", Resource: "r" }) }] } },
      ["inline_policy.0.policy allows action s3:*"],
    ],
    [
      "the second of two",
      {
        after: {
          inline_policy: [{ policy: only({ Action: "s3:GetObject", Resource: "r" }) }, { policy: only({ Action: "s3:*", Resource: "r" }) }],
        },
      },
      ["inline_policy.1.policy allows action s3:*"],
    ],
    [
      "one that is known only after the apply",
      { unknown: { inline_policy: true }, written: { inline_policy: "${data.a.b}" } },
      ["what inline_policy.0.policy allows cannot be read from the plan"],
    ],
  ])("%s", (_, resource, said) => {
    expect(findingsOf(rule, smallPlan([{ address: "aws_iam_role.one", ...resource }]))).toEqual(
      said.map((sentence) => `aws_iam_role.one: ${sentence}`),
    );
  });

  test.each<[what: string, resource: Partial<SmallResource>, readable: boolean]>([
    [
      "known only after the apply, and written as an expression alone",
      { unknown: { policy: true }, written: { policy: "${data.aws_iam_policy_document.one.json}" } },
      false,
    ],
    [
      "known only after the apply, but written with an expression within",
      { unknown: { policy: true }, written: { policy: allow({ Resource: "${aws_sqs_queue.one.arn}" }) } },
      true,
    ],
    ["sensitive", { after: { policy: "{}" }, sensitive: { policy: true } }, false],
    ["no policy", { after: { policy: "{}" } }, false],
    ["a policy with a word that nobody knows", { after: { policy: allow({ Actions: "*" }) } }, false],
    ["not said", { after: { policy: null }, written: {} }, true],
    ["taken away", { before: { policy: allow({ Resource: "*" }) }, after: { policy: null }, written: {} }, true],
  ])("a policy that is %s", (_, resource, readable) => {
    expect(findingsOf(rule, smallPlan([{ address: "aws_iam_role_policy.one", ...resource }]))).toEqual(
      readable ? [] : ["aws_iam_role_policy.one: what policy allows cannot be read from the plan"],
    );
  });

  describe("what is attached", () => {
    const DECLARED = "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs";
    const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
    const OWN = "arn:aws:iam::222222222222:policy/own";
    const own: SmallResource = { address: "aws_iam_policy.own", before: { arn: OWN }, after: { arn: OWN }, written: {} };
    const types = [
      "aws_iam_group_policy_attachment",
      "aws_iam_policy_attachment",
      "aws_iam_role_policy_attachment",
      "aws_iam_user_policy_attachment",
    ];

    test.each(types)("%s: none but what is declared or in the plan", (type) => {
      const said = (resource: Partial<SmallResource>, others: readonly SmallResource[] = [own]) =>
        findingsOf(rule, smallPlan([{ address: `${type}.one`, ...resource }, ...others]));
      const refused = (shown: string) => [`${type}.one attaches ${shown}, which the plan does not show`];
      const made = (arn: string) => ({ unknown: { policy_arn: true }, written: { policy_arn: arn } });

      expect(said({ after: { policy_arn: DECLARED } })).toEqual([]);
      expect(said({ after: { policy_arn: ADMIN } })).toEqual(refused(ADMIN));
      expect(said({ after: { policy_arn: OWN } })).toEqual([]);
      expect(said({ after: { policy_arn: OWN } }, [])).toEqual(refused(OWN));
      expect(said({ after: { policy_arn: OWN } }, [{ ...own, after: null }])).toEqual(refused(OWN));
      expect(said(made("${aws_iam_policy.own.arn}"))).toEqual([]);
      expect(said(made("${aws_iam_policy.own.arn}/*"))).toEqual(refused("${aws_iam_policy.own.arn}/*"));
      expect(said(made("arn:aws:iam::aws:policy/${aws_iam_policy.own.arn}"))).toEqual(
        refused("arn:aws:iam::aws:policy/${aws_iam_policy.own.arn}"),
      );
      expect(said(made("${data.aws_iam_policy.admin.arn}"))).toEqual(refused("${data.aws_iam_policy.admin.arn}"));
      expect(said({ unknown: { policy_arn: true }, written: {} })).toEqual(refused("(known after apply)"));
      // Two values that nobody knows are not the same one.
      expect(
        said({ unknown: { policy_arn: true }, written: {} }, [{ address: "aws_iam_policy.new", unknown: { arn: true }, written: {} }]),
      ).toEqual(refused("(known after apply)"));
    });
  });

  test.each<[what: string, resource: Partial<SmallResource>, said: string[]]>([
    [
      "what it lists",
      { after: { managed_policy_arns: ["arn:aws:iam::aws:policy/AdministratorAccess", "${aws_iam_policy.own.arn}"] } },
      ["aws_iam_role.one attaches arn:aws:iam::aws:policy/AdministratorAccess, which the plan does not show"],
    ],
    [
      "a list that is not known yet",
      { unknown: { managed_policy_arns: true }, written: { managed_policy_arns: "${data.aws_iam_policies.all.arns}" } },
      ["aws_iam_role.one attaches ${data.aws_iam_policies.all.arns}, which the plan does not show"],
    ],
    ["no policy, written out", { after: { managed_policy_arns: null } }, []],
    ["what others attached to it", { after: { managed_policy_arns: ["arn:aws:iam::aws:policy/AdministratorAccess"] }, written: {} }, []],
  ])("a role attaches %s", (_, resource, said) => {
    expect(findingsOf(rule, smallPlan([{ address: "aws_iam_role.one", ...resource }]))).toEqual(said);
  });

  test.each(["aws_s3_bucket", "aws_sns_topic"])("%s: only a policy that is written for it counts, not what AWS tells of", (type) => {
    const policy = only({ Principal: "*", Action: "a:B", Resource: "*" });
    const resource = { address: `${type}.one`, actions: ["no-op"], before: { policy }, after: { policy } };
    expect(findingsOf(rule, smallPlan([resource]))).toEqual([`${type}.one: policy allows principal *`]);
    expect(findingsOf(rule, smallPlan([{ ...resource, written: {} }]))).toEqual([]);
  });

  test.each<[what: string, resource: Partial<SmallResource>, said: string[]]>([
    ["API Gateway", { after: { principal: "apigateway.amazonaws.com" } }, []],
    ["everybody", { after: { principal: "*" } }, ["aws_lambda_permission.one lets * invoke the function"]],
    [
      "whoever is known after the apply",
      { unknown: { principal: true } },
      ["aws_lambda_permission.one lets (known after apply) invoke the function"],
    ],
    ["nobody, once it goes", { before: { principal: "*" }, after: null }, []],
  ])("a permission that lets %s invoke the function", (_, resource, said) => {
    expect(findingsOf(rule, smallPlan([{ address: "aws_lambda_permission.one", ...resource }]))).toEqual(said);
  });

  describe("a permissions boundary, which allows nobody anything", () => {
    const ARN = "arn:aws:iam::222222222222:policy/boundary";
    const wide = only({ Action: "sqs:SendMessage", Resource: "*" });
    const boundary: SmallResource = {
      address: "aws_iam_policy.boundary",
      before: { arn: ARN, policy: wide },
      after: { arn: ARN, policy: wide },
      written: { policy: wide },
    };
    const named = (address: string, argument: string): SmallResource => ({
      address,
      after: { [argument]: ARN },
      written: { [argument]: "arn:aws:iam::222222222222:policy/${var.name}" },
    });
    const referred = (address: string, argument: string, to = "aws_iam_policy.boundary"): SmallResource => ({
      address,
      unknown: { [argument]: true },
      written: { [argument]: `\${${to}.arn}` },
    });
    const FINDING = ["aws_iam_policy.boundary: policy allows resource *"];

    test.each<[what: string, users: SmallResource[], said: string[]]>([
      ["of a role, by its ARN", [named("aws_iam_role.one", "permissions_boundary")], []],
      ["of a role, by reference", [referred("aws_iam_role.one", "permissions_boundary")], []],
      ["of nothing", [], FINDING],
      [
        "that is attached too",
        [referred("aws_iam_role.one", "permissions_boundary"), referred("aws_iam_role_policy_attachment.one", "policy_arn")],
        FINDING,
      ],
      [
        "that is attached too, by its ARN",
        [referred("aws_iam_role.one", "permissions_boundary"), named("aws_iam_role_policy_attachment.one", "policy_arn")],
        FINDING,
      ],
      ["that is another policy's", [referred("aws_iam_role.one", "permissions_boundary", "aws_iam_policy.other")], FINDING],
    ])("%s", (_, users, said) => {
      expect(findingsOf(rule, smallPlan([boundary, ...users]))).toEqual(said);
    });

    test("names its actions all the same", () => {
      const policyOf = only({ Action: "sqs:*", Resource: "*" });
      const plan = smallPlan([
        { address: "aws_iam_policy.boundary", after: { policy: policyOf } },
        referred("aws_iam_role.one", "permissions_boundary"),
      ]);
      expect(findingsOf(rule, plan)).toEqual(["aws_iam_policy.boundary: policy allows action sqs:*"]);
    });

    test("is a managed policy: a role's own one is none, whatever refers to it", () => {
      const plan = smallPlan([
        { address: "aws_iam_role_policy.one", after: { policy: wide } },
        referred("aws_iam_role.one", "permissions_boundary", "aws_iam_role_policy.one"),
      ]);
      expect(findingsOf(rule, plan)).toEqual(["aws_iam_role_policy.one: policy allows resource *"]);
    });
  });
});

describe("exceptions", () => {
  const plan = smallPlan(
    ["one", "two"].map((name): SmallResource => ({ address: `aws_lambda_permission.${name}`, after: { principal: "*" } })),
  );
  const exception: Exception = {
    rule: "no-wildcard-in-iam",
    environment: "prod",
    address: "aws_lambda_permission.one",
    reason: "Asked for.",
    expires: "2026-01-31",
  };
  const reviewed = (now: string, ...exceptions: Exception[]) =>
    reviewPlan(plan, { environment: prod, exceptions, publicRoutes, now: new Date(now) });

  test("one lets one breach through, and the other one not", () => {
    const { findings, passed, unusedExceptions } = reviewed("2026-01-31T23:59:59Z", exception);
    expect(findings.map(({ address, exception: found }) => [address, found?.expired])).toEqual([
      ["aws_lambda_permission.one", false],
      ["aws_lambda_permission.two", undefined],
    ]);
    expect(passed).toBe(false);
    expect(unusedExceptions).toEqual([]);
  });

  test("both let the plan through, until one expires", () => {
    const both = [exception, { ...exception, address: "aws_lambda_permission.two", expires: "2026-02-28" }];
    expect(reviewed("2026-01-31T23:59:59Z", ...both).passed).toBe(true);
    expect(reviewed("2026-02-01T00:00:00Z", ...both).passed).toBe(false);
  });

  test("an unused one is named, one of another environment is not", () => {
    const other: Exception = { ...exception, rule: "no-lost-data" };
    expect(reviewed("2026-01-01", exception, other, { ...other, environment: "dev" }).unusedExceptions).toEqual([other]);
  });
});
