/** The settings that an environment may leave out, each at the edge of its rule. What they make is tested with the stacks. */
import type { EnvironmentSettings } from "../../config/environment";
import { loadEnvironments } from "../../config/load-environments";
import { EVERYTHING_ON } from "../support/everything-on";
import { SETTINGS } from "../support/settings";

const SENDER = "arn:aws:ses:eu-central-1:111111111111:identity/example.com";
const ID = "12345678-90ab-cdef-1234-567890abcdef";
const CERTIFICATE = `arn:aws:acm:eu-central-1:111111111111:certificate/${ID}`;
const VIRGINIAN = `arn:aws:acm:us-east-1:111111111111:certificate/${ID}`;
const EMULATOR = { port: 4566, loginPagesPort: 4567 };

const logged = (accessLogBucket: string) => ({ stateBucket: { accessLogBucket } });
const sender = (from: string, identityArn = SENDER) => ({ users: { emailSender: { from, identityArn } } });
const domain = (name: string, certificateArn = CERTIFICATE) => ({ customDomains: { api: { name, certificateArn } } });
const mailed = (...alarmEmails: string[]) => ({ observability: { alarms: true, alarmEmails } });

test.each<[what: string, settings: Partial<EnvironmentSettings>]>([
  ["an origin on loopback without TLS", { allowedOrigin: "http://localhost:3000" }],
  ["an origin on loopback by its address", { allowedOrigin: "http://127.0.0.1:3000" }],
  ["an origin on loopback by its IPv6 address", { allowedOrigin: "http://[::1]:3000" }],
  ["an origin with a port", { allowedOrigin: "https://app.example.com:8443" }],
  ["a bucket's name of 3 characters", logged("a-1")],
  ["a bucket's name of 63 characters", logged("a".repeat(63))],
  ["a bucket's name with dots", logged("logs.of.example")],
  ["a bucket that begins and ends with a digit", logged("1-logs-2")],
  ["a sender without a name", sender("no-reply@example.com")],
  ["a sender with a name", sender("Orders of today <no-reply@example.com>")],
  ["a sender whose name is a letter", sender("O <o@example.com>")],
  ["an identity that is an address", sender("a@example.com", "arn:aws:ses:eu-central-1:111111111111:identity/a@example.com")],
  ["a host name", domain("api.example.com")],
  ["a short host name", domain("a.de")],
  ["a label of 63 characters and hyphens in it", domain(`${"a-".repeat(31)}a.example.com`)],
  ["a host name of 253 characters", domain(`${"abcdefghi.".repeat(25)}com`)],
  [
    "host names of the API and of the login pages",
    {
      customDomains: {
        api: { name: "api.example.com", certificateArn: CERTIFICATE },
        loginPages: { name: "login.example.com", certificateArn: VIRGINIAN },
      },
    },
  ],
  ["a domain prefix beside a host name of the API", { signIn: { domainPrefix: "orders" }, ...domain("api.example.com") }],
  ["the certificate of the login pages", { customDomains: { loginPages: { name: "login.example.com", certificateArn: VIRGINIAN } } }],
  ["binary media types", { binaryMediaTypes: ["image/png", "application/vnd.api+json"] }],
  ["a limit of ten requests", { firewall: { requestsPerAddress: 10 } }],
  ["a limit of two thousand million requests", { firewall: { requestsPerAddress: 2_000_000_000 } }],
  ["groups in any language", { users: { groups: ["Käufer", "g".repeat(128), "a+b", "①"] } }],
  ["the shortest password that may be asked for", { users: { minimumPasswordLength: 8 } }],
  ["the longest password that may be asked for", { users: { minimumPasswordLength: 99 } }],
  ["threat protection in its tier", { users: { tier: "PLUS", threatProtection: "AUDIT" } }],
  ["its tier without threat protection", { users: { tier: "PLUS", threatProtection: "OFF" } }],
  ["addresses for the alarms", mailed("a@example.com")],
  ["alarms for nobody", mailed()],
  ["a code from an app for those who set one up, on the emulator", { emulator: EMULATOR, users: { mfa: "OPTIONAL" } }],
  ["a code from an app for everybody, on AWS", { users: { mfa: "ON" } }],
  ["the fewest resources of an API", { resourceQuota: 2 }],
  ["a dot in the API's name where nothing is named after it", { names: { api: "orders.api" }, observability: { accessLog: true } }],
  ["a name without a dot beside all that is named after it", { names: { api: "orders_api-1" }, ...EVERYTHING_ON }],
  ["the longest memory of a state", { stateBucket: { earlierVersionsDays: 3_650 } }],
])("%s is taken", (_, settings) => {
  expect(loadEnvironments({ test: { ...SETTINGS, ...settings } }).test).toMatchObject(settings);
});

const ORIGIN =
  "it must be one exact origin, e.g. https://app.example.com: scheme, host and port in lower case, no path, no * and no slash at its end";
const ORIGIN_HTTPS = "an origin is https, except http://localhost, http://127.0.0.1 and http://[::1]";
const BUCKET = "S3 takes 3 to 63 lower-case letters, digits, dots and hyphens, a letter or digit at both ends and no two dots in a row";
const ADDRESS = "it must be an address, or a name with the address in < >";
const IDENTITY = "an SES identity's ARN is arn:aws:ses:<region>:<account>:identity/<domain or address>";
const HOST = "a host name has lower-case letters, digits and hyphens between its dots";
const CERTIFICATE_RULE = "an ACM certificate's ARN is arn:aws:acm:<region>:<account>:certificate/<id>";
const GROUP = "a group's name has 1 to 128 characters and no space";
const LIMIT = "it must be a whole number of requests from 10 to 2000000000";
const PASSWORD = "it must be a whole number of characters from 8 to 99";
const QUOTA = "it must be a whole number of resources from 2 to 100000";
const DAYS = "it must be a whole number of days from 1 to 3650";
const TIER = 'Cognito has it in tier "PLUS" only. Set users.tier, or "OFF"';
const elsewhere = (region: string) => `it must belong to account 111111111111 and Region ${region}. Name one of them there`;

const from = (allowedOrigin: string, rule: string): [object, string] => [
  { allowedOrigin },
  `allowedOrigin is ${JSON.stringify(allowedOrigin)}: ${rule}`,
];
const binary = (type: string): [object, string] => [
  { binaryMediaTypes: [type] },
  `binaryMediaTypes.0 is "${type}": it is written like image/png, in lower case. A wildcard would make the gateway's own answers, the landing ` +
    "page among them, unreadable. Name each type that travels as it is",
];
const into = (bucket: string): [object, string] => [logged(bucket), `stateBucket.accessLogBucket is ${JSON.stringify(bucket)}: ${BUCKET}`];
const sent = (address: string): [object, string] => [sender(address), `users.emailSender.from is ${JSON.stringify(address)}: ${ADDRESS}`];
const identity = (arn: string, rule = IDENTITY): [object, string] => [
  sender("a@example.com", arn),
  `users.emailSender.identityArn is "${arn}": ${rule}`,
];
const host = (name: string): [object, string] => [domain(name), `customDomains.api.name is "${name}": ${HOST}`];
const certificate = (arn: string, rule = CERTIFICATE_RULE): [object, string] => [
  domain("api.example.com", arn),
  `customDomains.api.certificateArn is "${arn}": ${rule}`,
];
const dotted = (settings: object, parts: string): [object, string] => [
  { names: { api: "orders.api" }, ...settings },
  `names.api is "orders.api": AWS takes no dot in the names that are made of it for ${parts}. Write a hyphen, or switch that off`,
];
const group = (name: string): [object, string] => [
  { users: { groups: ["fine", name] } },
  `users.groups.1 is ${JSON.stringify(name)}: ${GROUP}`,
];

test.each<[settings: object, complaint: string]>([
  from("*", ORIGIN),
  from("https://*.example.com", ORIGIN),
  from("https://app.example.com/", ORIGIN),
  from("https://app.example.com/page", ORIGIN),
  from("https://APP.example.com", ORIGIN),
  from("https://app.example.com:443", ORIGIN),
  from("app.example.com", ORIGIN),
  from("null", ORIGIN),
  from("", ORIGIN),
  from("http://app.example.com", ORIGIN_HTTPS),
  from("http://localhost.example.com", ORIGIN_HTTPS),
  from("ws://localhost:3000", ORIGIN_HTTPS),

  binary("image/*"),
  binary("*/*"),
  binary("image"),
  binary("Image/PNG"),
  binary("image/png; q=1"),

  into("ab"),
  into("a".repeat(64)),
  into("Logs"),
  into("-logs"),
  into("logs-"),
  into(".logs"),
  into("logs."),
  into("lo..gs"),
  into("lo_gs"),
  into("my logs"),

  sent(""),
  sent("no address"),
  sent("a@b@c"),
  sent("@example.com"),
  sent("a@"),
  sent("a b@example.com"),
  sent(" a@example.com"),
  sent("a@example.com "),
  sent("<a@example.com>"),
  sent("Orders<a@example.com>"),
  sent("Orders <a@example.com"),
  sent("Orders <a@example.com> and more"),
  sent("Orders <a b@example.com>"),
  sent('"Orders" <a@example.com>'),
  sent("Or@ders <a@example.com>"),
  sent(" Orders <a@example.com>"),

  identity("example.com"),
  identity(`x${SENDER}`),
  identity("arn:aws:ses:eu-central-1:111111111111:identity/"),
  identity("arn:aws:ses:eu-central-1:1111:identity/example.com"),
  identity("arn:aws:ses::111111111111:identity/example.com"),
  identity("arn:aws:ses:eu-central-1:222222222222:identity/example.com", elsewhere("eu-central-1")),
  identity("arn:aws:ses:us-east-1:111111111111:identity/example.com", elsewhere("eu-central-1")),

  host("API.example.com"),
  host("localhost"),
  host("a.b"),
  host("-api.example.com"),
  host("api-.example.com"),
  host("api..example.com"),
  host(".example.com"),
  host("api.example.com."),
  host("api.example.c0m"),
  host("api example.com"),
  host("https://api.example.com"),
  host(`${"a".repeat(64)}.example.com`),
  host(`${"abcdefghi.".repeat(25)}abcd`),
  host(`api.${"a".repeat(64)}`),

  certificate("arn:aws:iam::1:server-certificate/x"),
  certificate(`x${CERTIFICATE}`),
  certificate(`${CERTIFICATE}0`),
  certificate(CERTIFICATE.replace("1234", "123g")),
  certificate(CERTIFICATE.replace("111111111111", "1111")),
  certificate(CERTIFICATE.replace("eu-central-1", "")),
  certificate(CERTIFICATE.replace("111111111111", "222222222222"), elsewhere("eu-central-1")),
  certificate(VIRGINIAN, elsewhere("eu-central-1")),
  [
    { customDomains: { loginPages: { name: "login.example.com", certificateArn: CERTIFICATE } } },
    `customDomains.loginPages.certificateArn is "${CERTIFICATE}": ${elsewhere("us-east-1")}`,
  ],
  [
    { signIn: { domainPrefix: "orders" }, customDomains: { loginPages: { name: "login.example.com", certificateArn: VIRGINIAN } } },
    'signIn.domainPrefix is "orders": the login pages have the host name customDomains.loginPages and no prefix. Leave one of them out',
  ],
  [
    {
      customDomains: {
        api: { name: "one.example.com", certificateArn: CERTIFICATE },
        loginPages: { name: "one.example.com", certificateArn: VIRGINIAN },
      },
    },
    'customDomains.loginPages.name is "one.example.com": the API has that host name already. Give each its own',
  ],
  [
    { emulator: EMULATOR, ...domain("api.example.com") },
    `customDomains is ${JSON.stringify(domain("api.example.com").customDomains)}: the emulator's login pages know no host name of your own. Leave it out of this environment`,
  ],
  [
    { emulator: EMULATOR, customDomains: { loginPages: { name: "login.example.com", certificateArn: VIRGINIAN } } },
    `customDomains is {"loginPages":{"name":"login.example.com","certificateArn":"${VIRGINIAN}"}}: the emulator's login pages know no host name of your own. Leave it out of this environment`,
  ],
  [
    { emulator: EMULATOR, users: { mfa: "ON" } },
    'users.mfa is "ON": the emulator\'s login pages know no code from an authenticator app. Leave it out of this environment',
  ],

  [{ firewall: { requestsPerAddress: 9 } }, `firewall.requestsPerAddress is 9: ${LIMIT}`],
  [{ firewall: { requestsPerAddress: 2_000_000_001 } }, `firewall.requestsPerAddress is 2000000001: ${LIMIT}`],
  [{ firewall: { requestsPerAddress: 10.5 } }, `firewall.requestsPerAddress is 10.5: ${LIMIT}`],
  [{ users: { minimumPasswordLength: 7 } }, `users.minimumPasswordLength is 7: ${PASSWORD}`],
  [{ users: { minimumPasswordLength: 100 } }, `users.minimumPasswordLength is 100: ${PASSWORD}`],
  [{ users: { mfa: "SMS" } }, 'users.mfa is "SMS": it must be one of OFF, OPTIONAL, ON'],
  [{ users: { tier: "PREMIUM" } }, 'users.tier is "PREMIUM": it must be one of LITE, ESSENTIALS, PLUS'],
  [{ users: { tier: "LITE", threatProtection: "ENFORCED" } }, `users.threatProtection is "ENFORCED": ${TIER}`],
  [{ users: { threatProtection: "AUDIT" } }, `users.threatProtection is "AUDIT": ${TIER}`],
  [{ users: { tier: "PLUS", threatProtection: "ON" } }, 'users.threatProtection is "ON": it must be one of OFF, AUDIT, ENFORCED'],
  group(""),
  group("two words"),
  group("g".repeat(129)),
  group("tab\t"),
  [{ users: { groups: ["a", "b", "a"] } }, 'users.groups is ["a","b","a"]: a group is named twice. Remove one'],
  [{ observability: { alarms: true, alarmEmails: ["nobody"] } }, 'observability.alarmEmails.0 is "nobody": it must be an e-mail address'],
  [
    { observability: { alarmEmails: ["a@example.com"] } },
    'observability.alarmEmails is ["a@example.com"]: nobody writes to them without alarms. Set observability.alarms, or leave them out',
  ],
  dotted({ firewall: {} }, "firewall (a web ACL)"),
  dotted({ observability: { alarms: true } }, "observability.alarms (an SNS topic)"),
  dotted({ observability: { dashboard: true } }, "observability.dashboard (a dashboard)"),
  dotted({ observability: { encryptLogs: true } }, "observability.encryptLogs (a KMS alias)"),
  dotted(
    EVERYTHING_ON,
    "firewall (a web ACL), observability.alarms (an SNS topic), observability.dashboard (a dashboard), observability.encryptLogs (a KMS alias)",
  ),
  [{ observability: { executionLog: "INFO" } }, 'observability.executionLog is "INFO": it must be one of OFF, ERROR'],
  [{ resourceQuota: 1 }, `resourceQuota is 1: ${QUOTA}`],
  [{ resourceQuota: 100_001 }, `resourceQuota is 100001: ${QUOTA}`],
  [{ stateBucket: { earlierVersionsDays: 0 } }, `stateBucket.earlierVersionsDays is 0: ${DAYS}`],
  [{ stateBucket: { earlierVersionsDays: 3_651 } }, `stateBucket.earlierVersionsDays is 3651: ${DAYS}`],
])("%j is refused", (settings, complaint) => {
  expect(() => loadEnvironments({ test: { ...SETTINGS, ...settings } })).toThrow(new Error(`config/environments.ts: test.${complaint}.`));
});

test.each([
  ["firewall", {}],
  ["users", {}],
  ["customDomains", {}],
  ["observability", {}],
  ["stateBucket", {}],
])("%s knows no setting of another name", (field, settings) => {
  expect(() => loadEnvironments({ test: { ...SETTINGS, [field]: { ...settings, colour: "red" } } })).toThrow(
    `test.${field}.colour is not a setting.`,
  );
});

test("what is left out of what is set gets its default", () => {
  expect(loadEnvironments({ test: { ...SETTINGS, firewall: {} } }).test.firewall).toEqual({ requestsPerAddress: 2_000, countOnly: [] });
});

test("a rule that the common rule set has not is refused", () => {
  expect(() =>
    loadEnvironments({ test: { ...SETTINGS, firewall: { countOnly: ["SizeRestrictions_Body" as "SizeRestrictions_BODY"] } } }),
  ).toThrow('test.firewall.countOnly.0 is "SizeRestrictions_Body": it must be one of NoUserAgent_HEADER, UserAgent_BadBots_HEADER, ');
});
