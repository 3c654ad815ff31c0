/** The settings that keep unwanted requests away, and the API's own names. */
import { z } from "zod";
import { wholeNumber } from "./whole-number";

const hostName = z
  .string()
  .regex(
    /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
    "a host name has lower-case letters, digits and hyphens between its dots",
  );

const certificateArn = z
  .string()
  .regex(
    /^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[a-f0-9-]{36}$/,
    "an ACM certificate's ARN is arn:aws:acm:<region>:<account>:certificate/<id>",
  );

const customDomainSchema = z.strictObject({
  name: hostName.describe("Host name"),
  certificateArn: certificateArn.describe("ARN of an issued ACM certificate for it"),
});

/**
 * The rules of AWS's common rule set (AWSManagedRulesCommonRuleSet).
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
 */
const COMMON_RULES = [
  "NoUserAgent_HEADER",
  "UserAgent_BadBots_HEADER",
  "SizeRestrictions_QUERYSTRING",
  "SizeRestrictions_Cookie_HEADER",
  "SizeRestrictions_BODY",
  "SizeRestrictions_URIPATH",
  "EC2MetaDataSSRF_BODY",
  "EC2MetaDataSSRF_COOKIE",
  "EC2MetaDataSSRF_URIPATH",
  "EC2MetaDataSSRF_QUERYARGUMENTS",
  "GenericLFI_QUERYARGUMENTS",
  "GenericLFI_URIPATH",
  "GenericLFI_BODY",
  "RestrictedExtensions_URIPATH",
  "RestrictedExtensions_QUERYARGUMENTS",
  "GenericRFI_QUERYARGUMENTS",
  "GenericRFI_BODY",
  "GenericRFI_URIPATH",
  "CrossSiteScripting_COOKIE",
  "CrossSiteScripting_QUERYARGUMENTS",
  "CrossSiteScripting_BODY",
  "CrossSiteScripting_URIPATH",
] as const;

const firewallSchema = z.strictObject({
  requestsPerAddress: wholeNumber(10, 2_000_000_000, "requests")
    .default(2_000)
    .describe("Requests that one IP address may send in five minutes before AWS WAF blocks it"),
  countOnly: z
    .array(z.enum(COMMON_RULES))
    .default([])
    .describe("Rules of AWS's common rule set that count a request instead of refusing it, e.g. `SizeRestrictions_BODY`"),
});

export const customDomainsSchema = z.strictObject({
  /** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-regional-api-custom-domain-create.html */
  api: customDomainSchema.optional().describe("Host name of the API"),
  /** @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-add-custom-domain.html */
  loginPages: customDomainSchema.optional().describe("Host name of the login pages"),
});

export const firewall = firewallSchema
  .optional()
  .describe("AWS WAF in front of the stage and the user pool: managed rules and a rate limit");

export type CustomDomains = z.output<typeof customDomainsSchema>;
