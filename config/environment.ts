/** What an environment is: its settings, their defaults and rules. The values are in environments.ts. */
import { z } from "zod";
import * as aws from "./aws-rules";
import { faultInDottedName } from "./dotted-name";
import { misplaced } from "./misplaced";
import { observabilitySchema } from "./observability";
import { customDomainsSchema, firewall } from "./protection";
import { usersSchema } from "./users";
import { wholeNumber } from "./whole-number";

/** The OAuth grants that the app client can use: one of them, never both. */
const OAUTH_GRANTS = ["implicit", "code"] as const;

const port = z.int().min(1).max(65_535);

/** The tutorial's names, which identify the resources inside an account and Region. */
const namesSchema = z.strictObject({
  function: aws.functionName.default("testing").describe("Lambda function"),
  api: aws.apiName.default("cognito-integration-demo").describe("REST API"),
  userPool: aws.poolName.default("testdemo").describe("Cognito user pool"),
  authorizer: aws.authorizerName.default("Authorizerdemo").describe("Authorizer of the REST API"),
});

const signInSchema = z
  .strictObject({
    /** @see https://www.rfc-editor.org/rfc/rfc9700#section-2.1.2 for why `code` is the better choice. */
    oauthGrant: z
      .enum(OAUTH_GRANTS)
      .default("implicit")
      .describe("OAuth grant of the app client: `implicit` (the tutorial's) or `code` (with PKCE, recommended)"),
    scopes: z
      .array(z.enum(["openid", "email", "phone", "profile"]))
      .default(["openid", "email"])
      .describe("OAuth scopes that the app client may ask for"),
    domainPrefix: aws.domainPrefix
      .optional()
      .describe("Prefix of the login pages' domain. Default: the pool's name and 12 hex digits of its id's SHA-256"),
    callbackUrls: z
      .array(aws.redirectUrl)
      .default([])
      .describe("Further addresses that Cognito may redirect to, beside the landing page and the invoke URL"),
    /**
     * The gateway checks tokens by itself and never asks Cognito again, so a revoked token works until it expires: shorter is safer.
     *
     * @see https://docs.aws.amazon.com/cognito/latest/developerguide/token-revocation.html
     */
    accessTokenMinutes: wholeNumber(5, 1_440, "minutes")
      .default(60)
      .describe("Minutes for which an access token opens the API (5 to 1440)"),
    idTokenMinutes: wholeNumber(5, 1_440, "minutes").default(60).describe("Minutes for which an ID token is valid (5 to 1440)"),
    refreshTokenDays: wholeNumber(1, 3_650, "days")
      .default(1)
      .describe("Days for which a refresh token is valid (1 to 3650); only the grant `code` issues one"),
  })
  .superRefine((signIn, context) => {
    if (!signIn.scopes.includes("openid")) {
      context.addIssue({
        code: "custom",
        path: ["scopes"],
        message: 'Cognito answers invalid_scope to "email", "phone" or "profile" without "openid". Add "openid"',
      });
    }
  });

const throttlingSchema = z.strictObject({
  requestsPerSecond: z
    .number()
    .positive("it must be more than 0, or the stage refuses every request")
    .max(10_000, "an account's default quota in a Region is 10,000 requests a second")
    .default(50)
    .describe("Steady rate of each route, in requests a second; a route may have less (docs/routes.md)"),
  burst: wholeNumber(1, 5_000, "requests").default(100).describe("Requests to one route that may come at once above the steady rate"),
});

/** How the name begins of the role that stacks/api-gateway-account makes. */
const LOGGING_ROLE = "api-gateway-logs-";

const emulatorSchema = z.strictObject({
  port: port.describe("Loopback port of the emulator"),
  loginPagesPort: port.describe("Loopback port of the local login pages"),
});

const functionBoundarySchema = z.strictObject({
  actions: z.array(aws.boundaryAction).min(1),
  resources: z.array(aws.boundaryResource).min(1),
});

/** Which jobs of GitHub Actions may work on the environment, in which role. See stacks/github-access. */
const githubSchema = z.strictObject({
  planSubjects: z
    .array(aws.githubSubject)
    .min(1)
    .describe("`sub` claims of the jobs that may plan, each written out: those of pull requests and of the scheduled drift check"),
  deploySubjects: z
    .array(aws.githubEnvironmentSubject)
    .min(1)
    .describe("`sub` claims of the jobs that may deploy, each written out and each of a protected GitHub environment"),
  oidcProvider: z
    .enum(["create", "existing"])
    .default("create")
    .describe("`existing` where the account trusts token.actions.githubusercontent.com already: an account can do so only once"),
  functionBoundary: z
    .array(functionBoundarySchema)
    .default([])
    .describe("`{ actions, resources }` that functions may be allowed beside logs and traces. Acts when a person deploys `github-access`"),
});

const stateBucketSchema = z.strictObject({
  earlierVersionsDays: wholeNumber(1, 3_650, "days")
    .default(90)
    .describe("Days for which an earlier version of a state can be restored (1 to 3650); the newest 20 stay whatever their age"),
  accessLogBucket: aws.bucketName
    .optional()
    .describe("Bucket of the same account and Region that gets the state bucket's access log. Default: none is written"),
});

export const environmentSchema = z
  .strictObject({
    account: aws.accountId.describe("AWS account id, 12 digits. Outside `local`, credentials of any other account are refused"),
    region: z.enum(aws.REGIONS).describe("AWS Region"),
    throwAway: z
      .boolean()
      .default(false)
      .describe("Whether the environment may be destroyed with its users. `false` switches deletion protection on"),
    names: namesSchema.prefault({}),
    stage: aws.stageName.default("demo").describe("Stage of the REST API, the last part of the invoke URL"),
    /** @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html (identitySource) */
    tokenHeader: aws.headerName.default("Token").describe("Request header that carries the access token (the authorizer's token source)"),
    signIn: signInSchema.prefault({}),
    users: usersSchema.prefault({}),
    allowedOrigin: aws.origin
      .optional()
      .describe("The one other origin whose pages may call the API, e.g. `https://app.example.com` (CORS). Default: none"),
    binaryMediaTypes: z
      .array(aws.binaryMediaType)
      .default([])
      .describe("Media types that functions get and give as base64, e.g. `image/png`; all others travel as text"),
    /** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
    resourceQuota: wholeNumber(2, 100_000, "resources")
      .default(300)
      .describe("Resources that one REST API may have in the account: AWS's quota, or what it was raised to"),
    throttling: throttlingSchema.prefault({}),
    firewall,
    customDomains: customDomainsSchema.prefault({}),
    observability: observabilitySchema.prefault({}),
    logRetentionDays: z
      .literal([...aws.LOG_RETENTION_DAYS], `CloudWatch Logs knows ${aws.LOG_RETENTION_DAYS.join(", ")} days`)
      .default(30)
      .describe("Days for which the logs are kept"),
    github: githubSchema.optional().describe("Set where GitHub Actions plans and deploys. Default: no role for it exists"),
    stateBucket: stateBucketSchema.prefault({}),
    tags: aws.tags.default({}).describe("Tags of every resource, beside the default ones"),
    emulator: emulatorSchema.optional().describe("Set only in `local`: the environment lives on the embedded emulator instead of AWS"),
  })
  .superRefine((environment, context) => {
    const { names, signIn } = environment;
    for (const { path, message } of misplaced(environment)) {
      context.addIssue({ code: "custom", path, message });
    }
    const dotted = faultInDottedName(environment);
    if (dotted) {
      context.addIssue({ code: "custom", path: ["names", "api"], message: dotted });
    }
    // A name that breaks its own rule has its line already.
    const derivesPrefix = signIn.domainPrefix === undefined && aws.poolName.safeParse(names.userPool).success;
    const fault = derivesPrefix && aws.faultInDomainPrefix(`${names.userPool}-${"0".repeat(12)}`);
    if (fault) {
      context.addIssue({
        code: "custom",
        path: ["names", "userPool"],
        message: `the login pages' domain is derived from it, and ${fault}. Change it, or set signIn.domainPrefix`,
      });
    }
    if (environment.github && LOGGING_ROLE.startsWith(`${names.function}-`)) {
      context.addIssue({
        code: "custom",
        path: ["names", "function"],
        message: `the roles of GitHub Actions may change every role that begins with "${names.function}-", and so that of the stack api-gateway-account. Choose another name`,
      });
    }
    // IAM role names are unique in an account whatever the Region, so the function's role carries both (see backend-function.ts).
    const roleNameLength = names.function.length + 1 + environment.region.length;
    if (roleNameLength > 64 && aws.functionName.safeParse(names.function).success) {
      context.addIssue({
        code: "custom",
        path: ["names", "function"],
        message: `its role's name is the function's and the Region's, ${roleNameLength} characters; IAM takes 64. Shorten it`,
      });
    }
  });

/** The settings as they are written: whatever has a default may be left out. */
export type EnvironmentSettings = z.input<typeof environmentSchema>;

/** One environment with every default filled in. Its name is the key in environments.ts and the suffix of its stacks' names. */
export type Environment = z.output<typeof environmentSchema> & { readonly name: string };
