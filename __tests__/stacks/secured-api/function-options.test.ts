import { UserError } from "../../../config/user-error";
import { BackendFunction, type BackendFunctionProps } from "../../../stacks/secured-api/backend-function";
import { notSecret, secret } from "../../../stacks/secured-api/function-environment";
import type { RoleStatement } from "../../../stacks/secured-api/function-role";
import { ApiStack } from "../../support/api-stack";
import { only, securedApi, synthesized } from "../../support/synthesized";

type Options = Partial<BackendFunctionProps>;

function stackWith(options: Options) {
  const stack = new ApiStack();
  const backend = new BackendFunction(stack, "backend", {
    ...{ name: "orders", region: "eu-central-1", account: "111111111111", sourceFolder: "lambda-src", handler: "handler.lambda_handler" },
    logRetentionDays: 30,
    ...options,
  });
  return { stack, backend };
}

/** The function's configuration, and the statements of its role beside those for its log. */
function synthesizedWith(options: Options) {
  const json = stackWith(options).stack.synthesized();
  const policies = Object.entries(json.resource["aws_iam_role_policy"]!).filter(([address]) => address.includes("further-permissions"));
  const statements = policies.flatMap(
    ([, { policy }]) => (JSON.parse(String(policy)) as { Statement: Record<string, unknown>[] }).Statement,
  );
  return { json, lambda: only(json, "aws_lambda_function"), statements };
}

const KEY = "arn:aws:kms:eu-central-1:111111111111:key/1";
const QUEUE = "arn:aws:sqs:eu-central-1:111111111111:undelivered";
const LAYER = "arn:aws:lambda:eu-central-1:111111111111:layer:tools:3";

test.each<[what: string, options: Options, lambda: Record<string, unknown>, statements: object[]]>([
  ["nothing", {}, { runtime: "python3.13", memory_size: 128, timeout: 5 }, []],
  ["its size", { memoryMegabytes: 1_024, timeoutSeconds: 28 }, { memory_size: 1_024, timeout: 28 }, []],
  ["its runtime", { runtime: "nodejs22.x" }, { runtime: "nodejs22.x" }, []],
  ["reserved concurrency", { reservedConcurrency: 5 }, { reserved_concurrent_executions: 5 }, []],
  ["layers", { layers: [LAYER] }, { layers: [LAYER] }, []],
  [
    "tracing",
    { tracing: true },
    { tracing_config: { mode: "Active" } },
    [{ Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], Resource: ["*"] }],
  ],
  ["plain variables", { environment: { TABLE: "orders" } }, { environment: { variables: { TABLE: "orders" } } }, []],
  [
    "a plain value named like a secret, with what it is",
    { environment: { TOKEN_HEADER: notSecret("Token", "The name of a header") } },
    { environment: { variables: { TOKEN_HEADER: "Token" } } },
    [],
  ],
  [
    "variables under a key of one's own",
    { environment: { TABLE: "orders" }, environmentKeyArn: KEY },
    { kms_key_arn: KEY },
    [{ Action: ["kms:Decrypt"], Resource: [KEY] }],
  ],
  [
    "a secret of the Parameter Store by name",
    { environment: { DB_PASSWORD: secret({ ssmParameter: "/orders/db" }) } },
    { environment: { variables: { DB_PASSWORD: "/orders/db" } } },
    [{ Action: ["ssm:GetParameter"], Resource: ["arn:aws:ssm:eu-central-1:111111111111:parameter/orders/db"] }],
  ],
  [
    "a secret of the Parameter Store by ARN, under a key of one's own",
    { environment: { DB_PASSWORD: secret({ ssmParameter: "arn:aws:ssm:eu-west-1:222222222222:parameter/db", kmsKeyArn: KEY }) } },
    { environment: { variables: { DB_PASSWORD: "arn:aws:ssm:eu-west-1:222222222222:parameter/db" } } },
    [
      { Action: ["ssm:GetParameter"], Resource: ["arn:aws:ssm:eu-west-1:222222222222:parameter/db"] },
      { Action: ["kms:Decrypt"], Resource: [KEY] },
    ],
  ],
  [
    "a secret of Secrets Manager by name",
    { environment: { API_KEY: secret({ secretsManager: "partner" }) } },
    { environment: { variables: { API_KEY: "partner" } } },
    [{ Action: ["secretsmanager:GetSecretValue"], Resource: ["arn:aws:secretsmanager:eu-central-1:111111111111:secret:partner-??????"] }],
  ],
  [
    "statements of its own",
    { statements: [{ actions: ["dynamodb:GetItem"], resources: ["arn:table"], conditions: { Bool: { "aws:SecureTransport": "true" } } }] },
    {},
    [{ Action: ["dynamodb:GetItem"], Resource: ["arn:table"], Condition: { Bool: { "aws:SecureTransport": "true" } } }],
  ],
  [
    "a wildcard with a reason",
    { statements: [{ actions: ["s3:GetObject"], resources: ["arn:bucket/*"], wildcardReason: "Every file is one of orders." }] },
    {},
    [{ Action: ["s3:GetObject"], Resource: ["arn:bucket/*"] }],
  ],
  [
    "a dead-letter queue",
    { asynchronous: { deadLetterQueueArn: QUEUE, retries: 1 }, timeoutSeconds: 900 },
    { dead_letter_config: { target_arn: QUEUE }, timeout: 900 },
    [{ Action: ["sqs:SendMessage"], Resource: [QUEUE] }],
  ],
])("a function with %s", (_, options, expected, furtherStatements) => {
  const { lambda, statements } = synthesizedWith(options);
  expect(lambda).toMatchObject(expected);
  expect(statements).toEqual(furtherStatements.map((statement) => ({ Effect: "Allow", ...statement })));
});

test("the role may do it before the function exists, and says so in its description", () => {
  const { json, lambda } = synthesizedWith({ tracing: true });
  expect(lambda["depends_on"]).toEqual(expect.arrayContaining([expect.stringContaining("further-permissions") as string]));
  expect(only(json, "aws_iam_role")["description"]).toBe(
    "What the function orders may do: write its own log, and what its policy further-permissions says",
  );
});

test("how often an asynchronous function is tried, and how long", () => {
  const { json } = synthesizedWith({ asynchronous: { deadLetterQueueArn: QUEUE } });
  expect(only(json, "aws_lambda_function_event_invoke_config")).toMatchObject({
    maximum_retry_attempts: 2,
    maximum_event_age_in_seconds: 21_600,
  });
});

test("an asynchronous function answers no route", () => {
  const { stack, backend } = stackWith({ asynchronous: { deadLetterQueueArn: QUEUE } });
  expect(() => stack.secured().api.addRoute({ method: "POST", path: "/orders", target: backend, scopes: ["email"] })).toThrow(
    new UserError(
      "The route POST /orders calls the function orders, which is asynchronous: the gateway waits for an answer, so nothing would reach the " +
        'dead-letter queue. Leave "asynchronous" out, or let another function answer.',
    ),
  );
});

const statement = (changes: Partial<Record<keyof RoleStatement, unknown>>): Options => ({
  statements: [{ actions: ["s3:GetObject"], resources: ["arn:bucket/file"], ...changes } as RoleStatement],
});
const inClear = (name: string) =>
  `has the environment variable ${name} in clear, and its name is that of a secret. Keep the secret in the Parameter Store or in Secrets ` +
  `Manager and pass secret({ ssmParameter: "<name>" }); if it is none, pass notSecret(<value>, "<what it is>").`;
const wholeNumber = (option: string, value: number, range: string, why: string) =>
  `has ${option} ${value}: it must be a whole number from ${range}, because ${why}.`;
const gatewayGivesUp = "the gateway gives up after 29";
const noOther = "Lambda takes no other";

test.each<[options: Options, fault: string]>([
  [{ name: "my orders" }, "has a name that Lambda refuses: it takes 1 to 64 letters, digits, hyphens and underscores. Correct it."],
  [{ name: "o".repeat(60) }, `has a role named ${"o".repeat(60)}-eu-central-1, 73 characters; IAM takes 64. Shorten the function's name.`],
  [
    { runtime: "python2.7" as "python3.13" },
    'has the runtime "python2.7": it must be one of python3.13, python3.12, python3.11, nodejs22.x, ruby3.4, provided.al2023.',
  ],
  [{ memoryMegabytes: 127 }, wholeNumber("memoryMegabytes", 127, "128 to 10240", noOther)],
  [{ memoryMegabytes: 128.5 }, wholeNumber("memoryMegabytes", 128.5, "128 to 10240", noOther)],
  [{ timeoutSeconds: 0 }, wholeNumber("timeoutSeconds", 0, "1 to 28", gatewayGivesUp)],
  [{ timeoutSeconds: 29 }, wholeNumber("timeoutSeconds", 29, "1 to 28", gatewayGivesUp)],
  [{ timeoutSeconds: Number.NaN }, wholeNumber("timeoutSeconds", Number.NaN, "1 to 28", gatewayGivesUp)],
  [{ timeoutSeconds: 901, asynchronous: { deadLetterQueueArn: QUEUE } }, wholeNumber("timeoutSeconds", 901, "1 to 900", noOther)],
  [{ reservedConcurrency: 0 }, wholeNumber("reservedConcurrency", 0, "1 to 10000", "0 would refuse every call")],
  [{ asynchronous: { deadLetterQueueArn: QUEUE, retries: 3 } }, wholeNumber("asynchronous.retries", 3, "0 to 2", noOther)],
  [
    { asynchronous: { deadLetterQueueArn: QUEUE, eventAgeSeconds: 59 } },
    wholeNumber("asynchronous.eventAgeSeconds", 59, "60 to 21600", noOther),
  ],
  [{ layers: Array.from({ length: 6 }, () => LAYER) }, "has 6 layers: Lambda takes 5. Put their contents into fewer."],
  ...[LAYER.replace(":3", ""), LAYER.replace("central", "west")].map((layer): [Options, string] => [
    { layers: [layer] },
    `has the layer "${layer}": it must be the ARN of a layer's version in eu-central-1, e.g. arn:aws:lambda:eu-central-1:…:layer:name:1.`,
  ]),
  ...["DB_PASSWORD", "apiKey", "CLIENT_SECRET", "TOKEN_URL"].map((name): [Options, string] => [
    { environment: { [name]: "x" } },
    inClear(name),
  ]),
  [{ environment: { SORT_KEY: notSecret("id", " ") } }, inClear("SORT_KEY")],
  ...["T", "1ST", "MY-TABLE", "_HANDLER"].map((name): [Options, string] => [
    { environment: { [name]: "x" } },
    `has the environment variable "${name}": Lambda takes 2 or more letters, digits and _, a letter first.`,
  ]),
  ...["AWS_REGION", "AWS_LAMBDA_FUNCTION_NAME", "LAMBDA_TASK_ROOT", "TZ"].map((name): [Options, string] => [
    { environment: { [name]: "x" } },
    `has the environment variable ${name}, which Lambda sets by itself. Give it another name.`,
  ]),
  [
    { environment: { TABLE: "x".repeat(4_092) } },
    "has 4097 bytes of environment variables: Lambda takes 4096. Put the large ones into its code.",
  ],
  [statement({ actions: [] }), "has a statement for its role that names no action or no resource. Name what it may do, and to what."],
  [
    statement({ actions: ["GetObject"] }),
    'has a statement for its role with the action "GetObject": IAM writes actions like dynamodb:GetItem. Correct it.',
  ],
  ...([["s3:*"], ["s3:Get*"]] as const).map((actions): [Options, string] => [statement({ actions }), wildcard(actions[0])]),
  ...["*", "arn:bucket/*"].map((resource): [Options, string] => [statement({ resources: [resource] }), wildcard(resource)]),
  [statement({ resources: ["*"], wildcardReason: " " }), wildcard("*")],
  [statement({ wildcardReason: "None." }), 'has a statement for its role with a "wildcardReason" and no wildcard. Leave the reason out.'],
])("a function with %j is refused", (options, fault) => {
  expect(() => stackWith(options)).toThrow(new UserError(`The function ${options.name ?? "orders"} ${fault}`));
});

test("a secret by name needs the account", () => {
  const { stack } = stackWith({ name: "other" });
  const props = {
    name: "orders",
    region: "eu-central-1",
    sourceFolder: "lambda-src",
    handler: "handler.lambda_handler",
    logRetentionDays: 30,
  };
  expect(() => new BackendFunction(stack, "another", { ...props, environment: { DB_PASSWORD: secret({ ssmParameter: "/db" }) } })).toThrow(
    new UserError(
      'The function orders has the environment variable DB_PASSWORD as a secret named "/db", and the function\'s account is not known. Pass ' +
        "account, or the secret's ARN.",
    ),
  );
});

test("a further function of the stack has the environment's name before its own, its log's retention, key and origin", () => {
  const stack = securedApi({ logRetentionDays: 7, observability: { encryptLogs: true }, allowedOrigin: "https://app.example.com" });
  stack.addFunction("sample", { sourceFolder: "lambda-src", handler: "handler.lambda_handler", environment: { TABLE: "orders" } });
  const json = synthesized(stack);
  const functions = Object.values(json.resource["aws_lambda_function"]!);
  expect(functions.find(({ function_name }) => function_name === "testing-sample")).toMatchObject({
    environment: { variables: { ALLOWED_ORIGIN: "https://app.example.com", TABLE: "orders" } },
  });
  expect(Object.values(json.resource["aws_cloudwatch_log_group"]!)).toContainEqual({
    name: "/aws/lambda/testing-sample",
    retention_in_days: 7,
    kms_key_id: expect.stringContaining("aws_kms_key") as string,
  });
  expect(only(json, "aws_kms_key")["policy"]).toContain(":log-group:/aws/lambda/testing-sample");
});

function wildcard(text: string): string {
  return `has a statement for its role with the wildcard "${text}". Name each one, or say in "wildcardReason" why that cannot be done.`;
}
