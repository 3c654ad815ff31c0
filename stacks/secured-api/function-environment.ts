/** Environment variables of a function: plain values, and references to secrets that the function reads by itself. */
import { Token } from "cdktf";
import { UserError } from "../../config/user-error";
import type { RoleStatement } from "./function-role";

/** Where a secret is: an ARN, or a name in the function's own account and Region. */
export type SecretLocation = ({ readonly ssmParameter: string } | { readonly secretsManager: string }) & {
  /** ARN of the key that encrypts it, when it is one of your own. Default: the service's own key, which needs no permission. */
  readonly kmsKeyArn?: string;
};

/** A variable that holds where a secret is, not the secret. */
export interface SecretReference {
  readonly kind: "secret";
  readonly location: SecretLocation;
}

/** A plain value under a name that sounds like a secret's. */
export interface PlainValue {
  readonly kind: "plain";
  readonly value: string;
  readonly reason: string;
}

export type EnvironmentValue = string | SecretReference | PlainValue;

/**
 * A secret of the Systems Manager Parameter Store or of Secrets Manager. The variable gets its name or ARN, and the function's role may read
 * it and no other: the function fetches it when it starts. So it is in no plan, no state and no console.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/ps-integration-lambda-extensions.html
 */
export function secret(location: SecretLocation): SecretReference {
  return { kind: "secret", location };
}

/** A value that is no secret, although its variable is named like one; `reason` says what it is. */
export function notSecret(value: string, reason: string): PlainValue {
  return { kind: "plain", value, reason };
}

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_Environment.html */
const NAME = /^[a-zA-Z][a-zA-Z0-9_]+$/;
const SOUNDS_SECRET = /secret|password|token|key/i;
/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const RESERVED =
  /^(?:AWS_(?:REGION|DEFAULT_REGION|EXECUTION_ENV|ACCESS_KEY|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)|AWS_LAMBDA_(?:FUNCTION_\w+|INITIALIZATION_TYPE|LOG_GROUP_NAME|LOG_STREAM_NAME|RUNTIME_API)|LAMBDA_(?:TASK_ROOT|RUNTIME_DIR)|TZ)$/;
const MOST_BYTES = 4096;

/** The account and Region in which names of secrets are looked up. */
export interface Home {
  readonly region: string;
  readonly account: string | undefined;
}

/**
 * The variables as Lambda takes them, and what the function's role needs to read the secrets among them.
 *
 * @param owner the function, as errors name it
 * @throws UserError when Lambda would refuse a variable, or a plain value is named like a secret
 */
export function functionEnvironment(owner: string, values: Readonly<Record<string, EnvironmentValue>>, home: Home) {
  const statements: RoleStatement[] = [];
  const variables = Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      refuseName(owner, name);
      if (typeof value === "object" && value.kind === "secret") {
        const { text, statement } = reference(`${owner} has the environment variable ${name}`, value.location, home);
        statements.push(...statement);
        return [name, text];
      }
      refuseSecretInClear(owner, name, value);
      return [name, typeof value === "string" ? value : value.value];
    }),
  );
  const bytes = Object.entries(variables).reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value), 0);
  if (bytes > MOST_BYTES && !Token.isUnresolved(variables)) {
    throw new UserError(
      `${owner} has ${bytes} bytes of environment variables: Lambda takes ${MOST_BYTES}. Put the large ones into its code.`,
    );
  }
  return { variables, statements };
}

function refuseName(owner: string, name: string): void {
  if (!NAME.test(name)) {
    throw new UserError(`${owner} has the environment variable "${name}": Lambda takes 2 or more letters, digits and _, a letter first.`);
  }
  if (RESERVED.test(name)) {
    throw new UserError(`${owner} has the environment variable ${name}, which Lambda sets by itself. Give it another name.`);
  }
}

function refuseSecretInClear(owner: string, name: string, value: string | PlainValue): void {
  if (SOUNDS_SECRET.test(name) && (typeof value === "string" || value.reason.trim() === "")) {
    throw new UserError(
      `${owner} has the environment variable ${name} in clear, and its name is that of a secret. Keep the secret in the Parameter Store or ` +
        `in Secrets Manager and pass secret({ ssmParameter: "<name>" }); if it is none, pass notSecret(<value>, "<what it is>").`,
    );
  }
}

/** What the variable holds, and what the role needs to read it. */
function reference(variable: string, location: SecretLocation, home: Home): { text: string; statement: RoleStatement[] } {
  const [service, text] =
    "ssmParameter" in location ? (["ssm", location.ssmParameter] as const) : (["secretsmanager", location.secretsManager] as const);
  const action = service === "ssm" ? "ssm:GetParameter" : "secretsmanager:GetSecretValue";
  const statement: RoleStatement[] = [{ actions: [action], ...secretResource(variable, service, text, home) }];
  if (location.kmsKeyArn !== undefined) {
    statement.push({ actions: ["kms:Decrypt"], resources: [location.kmsKeyArn] });
  }
  return { text, statement };
}

function secretResource(variable: string, service: "ssm" | "secretsmanager", text: string, { region, account }: Home) {
  if (Token.isUnresolved(text) || text.startsWith("arn:")) {
    return { resources: [text] as const };
  }
  if (account === undefined) {
    throw new UserError(
      `${variable} as a secret named "${text}", and the function's account is not known. Pass account, or the secret's ARN.`,
    );
  }
  if (service === "ssm") {
    return { resources: [`arn:aws:ssm:${region}:${account}:parameter/${text.replace(/^\//, "")}`] as const };
  }
  return {
    resources: [`arn:aws:secretsmanager:${region}:${account}:secret:${text}-??????`] as const,
    wildcardReason: "Secrets Manager puts six characters of its own choice after the name.",
  };
}
