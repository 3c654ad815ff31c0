import { Token } from "cdktf";
import { functionName } from "../../config/aws-rules";
import { UserError } from "../../config/user-error";
import type { EnvironmentValue } from "./function-environment";
import type { RoleStatement } from "./function-role";

/**
 * The runtimes that run a folder's files as they are, which Lambda supports and the AWS provider knows.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 */
export const RUNTIMES = ["python3.13", "python3.12", "python3.11", "nodejs22.x", "ruby3.4", "provided.al2023"] as const;

/** What a function can be told. Every option has a default, and docs/routes.md says what each costs. */
export interface FunctionOptions {
  /** Default `python3.13`. */
  readonly runtime?: (typeof RUNTIMES)[number];
  /** Memory in MB, 128 to 10,240; the share of a processor grows with it. Default 128. */
  readonly memoryMegabytes?: number;
  /**
   * Seconds after which Lambda ends a call, 1 to 28. Default 5.
   *
   * The gateway gives up after 29: a function that went on would cost money for an answer that nobody gets. An asynchronous function has up
   * to 900.
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
   */
  readonly timeoutSeconds?: number;
  /** Variables by name. A secret is a reference, never its value: {@link secret}. Default: none. */
  readonly environment?: Readonly<Record<string, EnvironmentValue>>;
  /** ARN of the KMS key that encrypts the variables. Default: Lambda's own key. */
  readonly environmentKeyArn?: string;
  /** How many calls may run at once, kept free for this function out of the account's quota. Default: what the account has left. */
  readonly reservedConcurrency?: number;
  /** What its role may do beside writing its log. Default: nothing. */
  readonly statements?: readonly RoleStatement[];
  /** ARNs of layer versions, at most five, of the function's Region. Default: none. */
  readonly layers?: readonly string[];
  /** Whether X-Ray traces its calls. Default: what the environment's `observability.tracing` says. */
  readonly tracing?: boolean;
  /** For a function that events call and nobody waits for; it cannot answer routes. Default: it is called by routes. */
  readonly asynchronous?: AsynchronousOptions;
}

export interface AsynchronousOptions {
  /** ARN of the SQS queue that gets the events which no try could handle. */
  readonly deadLetterQueueArn: string;
  /** How often a failed call is tried again, 0 to 2. Default 2. */
  readonly retries?: number;
  /** Seconds after which an event is given up, 60 to 21,600. Default 21,600. */
  readonly eventAgeSeconds?: number;
}

const MOST_LAYERS = 5;
/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const LONGEST_ROLE_NAME = 64;

/** @throws UserError when Lambda or IAM would refuse an option, or the gateway would not wait for the function */
export function refuseWhatLambdaRefuses(owner: string, props: FunctionOptions & { readonly name: string; readonly region: string }): void {
  const refuse = (what: string) => {
    throw new UserError(`${owner} has ${what}`);
  };
  if (!functionName.safeParse(props.name).success) {
    refuse("a name that Lambda refuses: it takes 1 to 64 letters, digits, hyphens and underscores. Correct it.");
  }
  const roleName = `${props.name}-${props.region}`;
  if (roleName.length > LONGEST_ROLE_NAME) {
    refuse(`a role named ${roleName}, ${roleName.length} characters; IAM takes ${LONGEST_ROLE_NAME}. Shorten the function's name.`);
  }
  if (props.runtime !== undefined && !RUNTIMES.includes(props.runtime)) {
    refuse(`the runtime "${props.runtime}": it must be one of ${RUNTIMES.join(", ")}.`);
  }
  const longest = props.asynchronous ? 900 : 28;
  const numbers = [
    ["memoryMegabytes", props.memoryMegabytes, 128, 10_240, "Lambda takes no other"],
    ["timeoutSeconds", props.timeoutSeconds, 1, longest, props.asynchronous ? "Lambda takes no other" : "the gateway gives up after 29"],
    ["reservedConcurrency", props.reservedConcurrency, 1, 10_000, "0 would refuse every call"],
    ["asynchronous.retries", props.asynchronous?.retries, 0, 2, "Lambda takes no other"],
    ["asynchronous.eventAgeSeconds", props.asynchronous?.eventAgeSeconds, 60, 21_600, "Lambda takes no other"],
  ] as const;
  for (const [option, value, least, most, why] of numbers) {
    if (value !== undefined && !(Number.isInteger(value) && value >= least && value <= most)) {
      refuse(`${option} ${value}: it must be a whole number from ${least} to ${most}, because ${why}.`);
    }
  }
  refuseLayers(refuse, props.layers ?? [], props.region);
}

function refuseLayers(refuse: (what: string) => void, layers: readonly string[], region: string): void {
  if (layers.length > MOST_LAYERS) {
    refuse(`${layers.length} layers: Lambda takes ${MOST_LAYERS}. Put their contents into fewer.`);
  }
  for (const layer of layers.filter((arn) => !Token.isUnresolved(arn))) {
    const [, layerRegion] = /^arn:aws:lambda:([a-z0-9-]+):\d{12}:layer:[a-zA-Z0-9-_]+:\d+$/.exec(layer) ?? [];
    if (layerRegion !== region) {
      refuse(`the layer "${layer}": it must be the ARN of a layer's version in ${region}, e.g. arn:aws:lambda:${region}:…:layer:name:1.`);
    }
  }
}
