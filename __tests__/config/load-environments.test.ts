import type { EnvironmentSettings } from "../../config/environment";
import { loadEnvironments } from "../../config/load-environments";
import { UserError } from "../../config/user-error";
import { SETTINGS } from "../support/settings";

const FILE = "config/environments.ts";

/** What loading says about settings, which may be any that a person could write; undefined when it takes them. */
function complaint(environments: Record<string, unknown>): string | undefined {
  try {
    loadEnvironments(environments as Record<string, EnvironmentSettings>);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).message;
  }
}

const ACCOUNT_RULE = "an AWS account id is a string of 12 digits";
const RETENTION_RULE =
  "CloudWatch Logs knows 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days";
const REGION_RULE =
  "it must be one of af-south-1, ap-east-1, ap-northeast-1, ap-northeast-2, ap-northeast-3, ap-south-1, ap-south-2, ap-southeast-1, " +
  "ap-southeast-2, ap-southeast-3, ap-southeast-4, ap-southeast-5, ap-southeast-7, ca-central-1, ca-west-1, eu-central-1, eu-central-2, " +
  "eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-2, eu-west-3, il-central-1, me-central-1, me-south-1, mx-central-1, sa-east-1, " +
  "us-east-1, us-east-2, us-west-1, us-west-2";
const PREFIX_RESERVED = 'Cognito refuses prefixes that contain "aws", "amazon" or "cognito"';
const PREFIX_ALPHABET = "Cognito takes 1 to 63 lower-case letters, digits and hyphens, with no hyphen at either end";
const LEAVE_OUT = "Leave it out to get one derived from the pool's id";
const PREFIX_DERIVED = "the login pages' domain is derived from it, and";
const CHANGE_POOL = "Change it, or set signIn.domainPrefix";
const REDIRECT_HTTPS = "a redirect address is https, except http://localhost, http://127.0.0.1 and http://[::1]";
const REDIRECT_FRAGMENT = "a redirect address has no fragment: the tokens travel in it";
const REDIRECT_ABSOLUTE = "a redirect address must be an absolute URL";
const OPENID = 'Cognito answers invalid_scope to "email", "phone" or "profile" without "openid". Add "openid"';
const RATE_POSITIVE = "it must be more than 0, or the stage refuses every request";
const BURST_RULE = "it must be a whole number of requests from 1 to 5000";
const MINUTES_RULE = "it must be a whole number of minutes from 5 to 1440";
const DAYS_RULE = "it must be a whole number of days from 1 to 3650";
const FUNCTION_RULE = "Lambda takes 1 to 64 letters, digits, hyphens and underscores";
const API_RULE = "an API's name has 1 to 128 letters, digits, dots, hyphens and underscores";
const POOL_RULE = "Cognito takes 1 to 128 letters, digits, spaces and the characters _ + = , . @ -";
const AUTHORIZER_RULE = "an authorizer's name has 1 to 128 letters, digits, dots, hyphens and underscores";
const STAGE_RULE = "API Gateway takes 1 to 128 letters, digits, hyphens and underscores";
const HEADER_RULE = "a header's name has 1 to 128 letters, digits and hyphens and begins with a letter";
const TAG_KEY_RULE = "a tag's key has 1 to 128 letters, digits, spaces and the characters _ . : / = + - @";
const TAG_VALUE_RULE = "a tag's value has at most 256 letters, digits, spaces and the characters _ . : / = + - @";
const NOT_A_SETTING = "is not a setting. Remove it, or see the table of settings in README.md.";

/** Settings with one field, named with dots, set to a value. */
function withField(field: string, value: unknown): object {
  const [first, second] = field.split(/\.(.*)/);
  return { [first!]: second === undefined ? value : withField(second, value) };
}

describe("a faulty setting stops the loading with one line", () => {
  test.each<[field: string, value: unknown, rule: string]>([
    ["throwAway", "yes", "it must be a boolean"],
    ["signIn", "implicit", "it must be an object"],
    ["stage", 1, "it must be a string"],
    ["signIn.callbackUrls", "https://a.example", "it must be an array"],

    ["account", 111111111111, "it must be a string"],
    ["account", "11111111111", ACCOUNT_RULE],
    ["account", "1111111111111", ACCOUNT_RULE],
    ["account", "1111-1111-1111", ACCOUNT_RULE],

    ["region", "eu-central-9", REGION_RULE],
    ["region", "us-gov-west-1", REGION_RULE],

    ["signIn.domainPrefix", "my-cognito-app", `${PREFIX_RESERVED}. ${LEAVE_OUT}`],
    ["signIn.domainPrefix", "jaws", `${PREFIX_RESERVED}. ${LEAVE_OUT}`],
    ["signIn.domainPrefix", "amazonas", `${PREFIX_RESERVED}. ${LEAVE_OUT}`],
    ["signIn.domainPrefix", "Shop", `${PREFIX_ALPHABET}. ${LEAVE_OUT}`],
    ["signIn.domainPrefix", "-shop", `${PREFIX_ALPHABET}. ${LEAVE_OUT}`],
    ["signIn.domainPrefix", "shop-", `${PREFIX_ALPHABET}. ${LEAVE_OUT}`],
    ["signIn.domainPrefix", "my_shop", `${PREFIX_ALPHABET}. ${LEAVE_OUT}`],
    ["signIn.domainPrefix", "", `${PREFIX_ALPHABET}. ${LEAVE_OUT}`],
    ["signIn.domainPrefix", "s".repeat(64), `${PREFIX_ALPHABET}. ${LEAVE_OUT}`],
    ["names.userPool", "My Pool", `${PREFIX_DERIVED} ${PREFIX_ALPHABET}. ${CHANGE_POOL}`],
    ["names.userPool", "p".repeat(51), `${PREFIX_DERIVED} ${PREFIX_ALPHABET}. ${CHANGE_POOL}`],
    ["names.userPool", "my-aws-users", `${PREFIX_DERIVED} ${PREFIX_RESERVED}. ${CHANGE_POOL}`],

    ["signIn.scopes", ["email"], OPENID],
    ["signIn.scopes", [], OPENID],
    ["signIn.oauthGrant", "password", "it must be one of implicit, code"],
    ["signIn.oauthGrant", ["implicit", "code"], "it must be one of implicit, code"],

    ["throttling.requestsPerSecond", 0, RATE_POSITIVE],
    ["throttling.requestsPerSecond", -1, RATE_POSITIVE],
    ["throttling.requestsPerSecond", 10_001, "an account's default quota in a Region is 10,000 requests a second"],
    ["throttling.requestsPerSecond", NaN, "it must be a number"],
    ["throttling.burst", 0, BURST_RULE],
    ["throttling.burst", -1, BURST_RULE],
    ["throttling.burst", 5_001, BURST_RULE],
    ["throttling.burst", 1.5, BURST_RULE],

    ["signIn.accessTokenMinutes", 4, MINUTES_RULE],
    ["signIn.accessTokenMinutes", 1_441, MINUTES_RULE],
    ["signIn.accessTokenMinutes", 5.5, MINUTES_RULE],
    ["signIn.accessTokenMinutes", "60", MINUTES_RULE],
    ["signIn.idTokenMinutes", 4, MINUTES_RULE],
    ["signIn.idTokenMinutes", 1_441, MINUTES_RULE],
    ["signIn.refreshTokenDays", 0, DAYS_RULE],
    ["signIn.refreshTokenDays", 3_651, DAYS_RULE],

    ["logRetentionDays", 0, RETENTION_RULE],
    ["logRetentionDays", 2, RETENTION_RULE],
    ["logRetentionDays", 31, RETENTION_RULE],
    ["logRetentionDays", "30", RETENTION_RULE],

    ["names.function", "f".repeat(65), FUNCTION_RULE],
    ["names.function", "", FUNCTION_RULE],
    ["names.function", "my.function", FUNCTION_RULE],
    ["names.function", "f".repeat(52), "its role's name is the function's and the Region's, 65 characters; IAM takes 64. Shorten it"],
    ["names.api", "a".repeat(129), API_RULE],
    ["names.api", "", API_RULE],
    ["names.api", "my api", API_RULE],
    ["names.userPool", "p".repeat(129), POOL_RULE],
    ["names.userPool", "", POOL_RULE],
    ["names.userPool", "pool!", POOL_RULE],
    ["names.authorizer", "a".repeat(129), AUTHORIZER_RULE],
    ["names.authorizer", "", AUTHORIZER_RULE],
    ["names.authorizer", "is it you?", AUTHORIZER_RULE],
    ["stage", "s".repeat(129), STAGE_RULE],
    ["stage", "", STAGE_RULE],
    ["stage", "v1.0", STAGE_RULE],
    ["stage", "$default", STAGE_RULE],
    ["tokenHeader", "h".repeat(129), HEADER_RULE],
    ["tokenHeader", "", HEADER_RULE],
    ["tokenHeader", "1st", HEADER_RULE],
    ["tokenHeader", "X_Token", HEADER_RULE],
    ["tokenHeader", "Token:", HEADER_RULE],

    ["tags.AWS:owner", "me", 'AWS keeps tag keys that begin with "aws:" for itself'],
    ["tags.own*er", "me", TAG_KEY_RULE],
    [`tags.${"k".repeat(129)}`, "me", TAG_KEY_RULE],
    ["tags.owner", "me & you", TAG_VALUE_RULE],
    ["tags.owner", "v".repeat(257), TAG_VALUE_RULE],
    ["tags.owner", 1, "it must be a string"],

    ["emulator.port", 0, "it must be at least 1"],
    ["emulator.port", 65_536, "it must be at most 65535"],
    ["emulator.port", NaN, "it must be a number"],
    ["emulator.port", 0.5, "it must be a whole number"],
  ])("%s of %j", (field, value, rule) => {
    const emulator = field.startsWith("emulator.") ? { loginPagesPort: 4567 } : undefined;
    const { emulator: set, ...settings } = withField(field, value) as { emulator?: object };
    const shown = Number.isNaN(value) ? "NaN" : JSON.stringify(value);
    expect(complaint({ dev: { ...SETTINGS, ...settings, ...(emulator && { emulator: { ...emulator, ...set } }) } })).toBe(
      `${FILE}: dev.${field} is ${shown}: ${rule}.`,
    );
  });

  test.each<[callbackUrl: string, rule: string]>([
    ["http://shop.example/back", REDIRECT_HTTPS],
    ["http://localhost.shop.example/", REDIRECT_HTTPS],
    ["myapp://back", REDIRECT_HTTPS],
    ["ftp://localhost/", REDIRECT_HTTPS],
    ["https://shop.example/back#top", REDIRECT_FRAGMENT],
    ["https://shop.example/#", REDIRECT_FRAGMENT],
    ["/back", REDIRECT_ABSOLUTE],
    ["shop.example/back", REDIRECT_ABSOLUTE],
    ["https:shop.example", REDIRECT_ABSOLUTE],
    [" https://shop.example", REDIRECT_ABSOLUTE],
    ["https://", REDIRECT_ABSOLUTE],
    ["", REDIRECT_ABSOLUTE],
    ["javascript:alert(1)", REDIRECT_ABSOLUTE],
  ])("a callback URL of %j", (url, rule) => {
    expect(complaint({ dev: { ...SETTINGS, signIn: { callbackUrls: ["https://fine.example/", url] } } })).toBe(
      `${FILE}: dev.signIn.callbackUrls.1 is "${url}": ${rule}.`,
    );
  });

  test("an unknown scope", () => {
    expect(complaint({ dev: { ...SETTINGS, signIn: { scopes: ["openid", "admin"] } } })).toBe(
      `${FILE}: dev.signIn.scopes.1 is "admin": it must be one of openid, email, phone, profile.`,
    );
  });

  test.each(["colour", "names.lambda", "signIn.mfa", "throttling.rate"])("an unknown field, %s", (field) => {
    expect(complaint({ dev: { ...SETTINGS, ...withField(field, "red") } })).toBe(`${FILE}: dev.${field} ${NOT_A_SETTING}`);
  });

  test.each([
    ["account", { region: "eu-central-1" }, "it must be a string"],
    ["region", { account: "111111111111" }, REGION_RULE],
    ["emulator.loginPagesPort", { ...SETTINGS, emulator: { port: 4566 } }, "it must be a number"],
  ])("no %s", (field, settings, rule) => {
    expect(complaint({ dev: settings })).toBe(`${FILE}: dev.${field} is missing: ${rule}.`);
  });

  test.each<[fault: string, settings: unknown, message: string]>([
    ["null", null, "dev is null: it must be an object."],
    ["a list", [], "dev is []: it must be an object."],
    ["nothing", undefined, "dev is missing: it must be an object."],
  ])("an environment that is %s", (_, settings, message) => {
    expect(complaint({ dev: settings })).toBe(`${FILE}: ${message}`);
  });

  test.each(["Dev", "1st", "my_env", "", "a".repeat(21), "../dev"])('an environment named "%s"', (name) => {
    expect(complaint({ [name]: SETTINGS })).toBe(
      `${FILE}: the environment's name "${name}" must be 1 to 20 lower-case letters, digits and hyphens, a letter first.`,
    );
  });
});

test("several faults, in several environments, give one line each, and no environment comes out", () => {
  const dev = {
    ...SETTINGS,
    account: "1",
    colour: "red",
    size: 3,
    names: { function: "f".repeat(65), userPool: "" },
    signIn: { scopes: ["email"], callbackUrls: ["/back", "https://shop.example/#"] },
  };
  const prod = { ...SETTINGS, throttling: { requestsPerSecond: 0, burst: 0 } };
  expect(complaint({ dev, prod, fine: SETTINGS })?.split("\n").sort()).toEqual(
    [
      `${FILE}: dev.account is "1": an AWS account id is a string of 12 digits.`,
      `${FILE}: dev.colour ${NOT_A_SETTING}`,
      `${FILE}: dev.names.function is "${"f".repeat(65)}": ${FUNCTION_RULE}.`,
      `${FILE}: dev.names.userPool is "": ${POOL_RULE}.`,
      `${FILE}: dev.signIn.callbackUrls.0 is "/back": ${REDIRECT_ABSOLUTE}.`,
      `${FILE}: dev.signIn.callbackUrls.1 is "https://shop.example/#": a redirect address has no fragment: the tokens travel in it.`,
      `${FILE}: dev.signIn.scopes is ["email"]: ${OPENID}.`,
      `${FILE}: dev.size ${NOT_A_SETTING}`,
      `${FILE}: prod.throttling.burst is 0: ${BURST_RULE}.`,
      `${FILE}: prod.throttling.requestsPerSecond is 0: ${RATE_POSITIVE}.`,
    ].sort(),
  );
});
