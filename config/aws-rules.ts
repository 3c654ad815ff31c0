/** Rules of AWS for names and values, as zod schemas. The AWS provider checks almost none of them at plan time, so this is what catches a fault. */
import { z } from "zod";

/** A text in which a function finds no fault. What it finds is the message. */
function textWithout(faultIn: (text: string) => string | undefined) {
  return z.string().superRefine((text, context) => {
    const fault = faultIn(text);
    if (fault) {
      context.addIssue({ code: "custom", message: fault });
    }
  });
}

/**
 * The Regions that a configuration may name: those of the standard partition (`aws`) that have API Gateway and Cognito user pools.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/cognito_identity.html
 */
export const REGIONS = [
  "af-south-1",
  "ap-east-1",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-south-2",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-7",
  "ca-central-1",
  "ca-west-1",
  "eu-central-1",
  "eu-central-2",
  "eu-north-1",
  "eu-south-1",
  "eu-south-2",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "il-central-1",
  "me-central-1",
  "me-south-1",
  "mx-central-1",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
] as const;

/**
 * The retention times, in days, that CloudWatch Logs knows.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** An AWS account's id: 12 digits, written as a string because it may begin with 0. */
export const accountId = z.string().regex(/^\d{12}$/, "an AWS account id is a string of 12 digits");

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export const functionName = z.string().regex(/^[a-zA-Z0-9-_]{1,64}$/, "Lambda takes 1 to 64 letters, digits, hyphens and underscores");

/** API Gateway itself takes any text; this alphabet keeps the name usable in tags, alarms and log groups. Some parts take no dot (dotted-name.ts). */
export const apiName = z
  .string()
  .regex(/^[a-zA-Z0-9._-]{1,128}$/, "an API's name has 1 to 128 letters, digits, dots, hyphens and underscores");

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html */
export const poolName = z
  .string()
  .regex(/^[\w\s+=,.@-]{1,128}$/, "Cognito takes 1 to 128 letters, digits, spaces and the characters _ + = , . @ -");

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html */
export const authorizerName = z
  .string()
  .regex(/^[a-zA-Z0-9._-]{1,128}$/, "an authorizer's name has 1 to 128 letters, digits, dots, hyphens and underscores");

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html */
export const stageName = z.string().regex(/^[a-zA-Z0-9_-]{1,128}$/, "API Gateway takes 1 to 128 letters, digits, hyphens and underscores");

/** A header's name is a token of RFC 9110; API Gateway's mapping expressions narrow it to these characters. */
export const headerName = z
  .string()
  .regex(/^[a-zA-Z][a-zA-Z0-9-]{0,127}$/, "a header's name has 1 to 128 letters, digits and hyphens and begins with a letter");

const RESERVED_IN_PREFIX = /aws|amazon|cognito/;
const PREFIX_ALPHABET = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** What is wrong with a Cognito domain prefix, or undefined. */
export function faultInDomainPrefix(prefix: string): string | undefined {
  if (RESERVED_IN_PREFIX.test(prefix)) {
    return 'Cognito refuses prefixes that contain "aws", "amazon" or "cognito"';
  }
  if (!PREFIX_ALPHABET.test(prefix)) {
    return "Cognito takes 1 to 63 lower-case letters, digits and hyphens, with no hyphen at either end";
  }
  return undefined;
}

/**
 * A Cognito domain prefix.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolDomain.html
 */
export const domainPrefix = textWithout((prefix) => {
  const fault = faultInDomainPrefix(prefix);
  return fault && `${fault}. Leave it out to get one derived from the pool's id`;
});

const LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

/** What is wrong with an OAuth redirect address, or undefined. */
function faultInRedirectUrl(value: string): string | undefined {
  // The parser forgives more than Cognito does: blanks around the address, and one that lacks its slashes.
  if (!/^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(value) || !URL.canParse(value)) {
    return "a redirect address must be an absolute URL";
  }
  const url = new URL(value);
  if (value.includes("#")) {
    return "a redirect address has no fragment: the tokens travel in it";
  }
  if (url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK_HOSTS.includes(url.hostname))) {
    return undefined;
  }
  return "a redirect address is https, except http://localhost, http://127.0.0.1 and http://[::1]";
}

/** What is wrong with a media type whose bodies travel as they are, or undefined. */
export function faultInBinaryMediaType(value: string): string | undefined {
  return /^[a-z0-9.+-]+\/[a-z0-9.+-]+$/.test(value)
    ? undefined
    : "it is written like image/png, in lower case. A wildcard would make the gateway's own answers, the landing page among them, " +
        "unreadable. Name each type that travels as it is";
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html */
export const binaryMediaType = textWithout(faultInBinaryMediaType);

/** What is wrong with the origin of a web page, or undefined. */
export function faultInOrigin(value: string): string | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.origin !== value || value.includes("*")) {
    return "it must be one exact origin, e.g. https://app.example.com: scheme, host and port in lower case, no path, no * and no slash at its end";
  }
  if (url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK_HOSTS.includes(url.hostname))) {
    return undefined;
  }
  return "an origin is https, except http://localhost, http://127.0.0.1 and http://[::1]";
}

/**
 * The origin of web pages, as a browser writes it in the header Origin.
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
 */
export const origin = textWithout(faultInOrigin);

/**
 * An address that Cognito may redirect to after sign-in or sign-out.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
 */
export const redirectUrl = textWithout(faultInRedirectUrl);

/** What is wrong with the `sub` claim of a GitHub Actions token as a trust policy compares it, or undefined. */
function faultInGithubSubject(subject: string): string | undefined {
  if (/[*?]/.test(subject)) {
    return "a wildcard would let other branches or repositories in. Write each subject out";
  }
  if (!/^repo:[\w.-]+(?:@\d+)?\/[\w.-]+(?:@\d+)?:\S+$/.test(subject)) {
    return 'a subject is "repo:<owner>/<repository>:" and the context, e.g. "repo:octo-org/octo-repo:pull_request"';
  }
  return undefined;
}

/**
 * The `sub` claim of a GitHub Actions token: `repo:<owner>/<repository>:<context>`. Repositories created since 2026-07-15 may put the
 * numeric ids beside the names: `repo:<owner>@<id>/<repository>@<id>:<context>`.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export const githubSubject = textWithout(faultInGithubSubject);

/** A subject that only a job which names a GitHub environment can have, and so one that the environment's protection rules let through. */
export const githubEnvironmentSubject = githubSubject.refine((subject) => /:environment:[^:]+$/.test(subject), {
  message: 'it must end in ":environment:<name>": whoever may deploy is decided by the protection rules of a GitHub environment',
});

/** Services whose actions hand out rights: a function that had them could be made to grant more than the boundary lets it have. */
const GRANTS_RIGHTS = /^(?:iam|sts|organizations|account|sso|sso-directory|identitystore):/;

/** An action in a permissions boundary, e.g. `dynamodb:GetItem`. @see https://docs.aws.amazon.com/service-authorization/latest/reference/ */
export const boundaryAction = z
  .string()
  .regex(/^[a-z0-9-]+:[A-Za-z0-9]+$/, "it must be one action in full, e.g. dynamodb:GetItem. Name each")
  .refine((action) => !GRANTS_RIGHTS.test(action), "it would let whoever deploys the function grant himself more. Leave it out");

/** A resource in a permissions boundary: an ARN, which may end in `*` below a name. */
export const boundaryResource = z
  .string()
  .regex(
    /^arn:aws:[a-z0-9-]+:[a-z0-9-]*:(?:\d{12})?:[^*?]+\*?$/,
    "it must be an ARN, whose last characters alone may be a wildcard, e.g. arn:aws:dynamodb:<region>:<account>:table/orders-*",
  );

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const bucketName = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]|\.(?!\.)){1,61}[a-z0-9]$/,
    "S3 takes 3 to 63 lower-case letters, digits, dots and hyphens, a letter or digit at both ends and no two dots in a row",
  );

/** @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export const tags = z.record(z.string(), z.string()).superRefine((value, context) => {
  for (const [key, text] of Object.entries(value)) {
    const fault = /^aws:/i.test(key)
      ? 'AWS keeps tag keys that begin with "aws:" for itself'
      : !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key)
        ? "a tag's key has 1 to 128 letters, digits, spaces and the characters _ . : / = + - @"
        : !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(text)
          ? "a tag's value has at most 256 letters, digits, spaces and the characters _ . : / = + - @"
          : undefined;
    if (fault) {
      context.addIssue({ code: "custom", message: fault, path: [key] });
    }
  }
});
