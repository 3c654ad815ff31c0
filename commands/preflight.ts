/** What would stop a command halfway, found out before it changes anything. */
import { HeadBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient, type STSClientConfig } from "@aws-sdk/client-sts";
import type { Environment } from "../config/environment";
import { UserError } from "../config/user-error";
import { stateBucketName } from "../stacks/environment-stack";
import type { AwsAccess } from "./aws-access";

const NONE = ["CredentialsProviderError", "TokenProviderError"];
const EXPIRED = ["ExpiredToken", "ExpiredTokenException", "RequestExpired"];
const REFUSED = ["InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId", "SignatureDoesNotMatch", "AuthFailure"];
const UNREACHABLE = /\b(ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|TimeoutError)\b/;
const SIGN_IN = "Sign in again (aws sso login), or set AWS_PROFILE to a profile that works";

/**
 * Makes sure that the credentials are there, valid, and of the environment's account.
 *
 * @throws UserError that says which of it fails, and the way out
 */
export async function requireAccount(environment: Environment, { client }: { readonly client: STSClientConfig }): Promise<void> {
  const sts = new STSClient(client);
  try {
    const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
    if (Account !== environment.account) {
      throw new UserError(
        `${environment.name} is in the account ${environment.account}, and these credentials are of ${Account ?? "none"} ` +
          `(${Arn ?? "unknown"}). Use others (AWS_PROFILE), or correct ${environment.name}.account in config/environments.ts.`,
      );
    }
  } catch (error) {
    throw explained(error, environment);
  } finally {
    sts.destroy();
  }
}

/**
 * Looks for the environment's state bucket.
 *
 * @returns whether there is one
 * @throws UserError when the bucket of that name is another account's
 */
export async function stateBucketExists(environment: Environment, { client }: Pick<AwsAccess, "client">): Promise<boolean> {
  const bucket = stateBucketName(environment);
  const s3 = new S3Client(client);
  try {
    await s3.send(new HeadBucketCommand({ Bucket: bucket, ExpectedBucketOwner: environment.account }));
    return true;
  } catch (error) {
    // An answer without a body: its status is all there is.
    const status = httpStatus(error);
    if (status === 404) {
      return false;
    }
    if (status === 403) {
      throw new UserError(
        `The bucket ${bucket} is not for these credentials: it belongs to another account than ${environment.account}, or they lack ` +
          `s3:ListBucket on it. Bucket names are unique over all accounts: if it is somebody else's, change project.name in config/project.ts.`,
      );
    }
    if (status === 301) {
      throw new UserError(
        `The bucket ${bucket} exists, but not in ${environment.region}. Its name says where it belongs: empty and delete the other one.`,
      );
    }
    throw explained(error, environment);
  } finally {
    s3.destroy();
  }
}

/** @throws UserError when the environment has no state bucket */
export async function requireStateBucket(environment: Environment, access: Pick<AwsAccess, "client">): Promise<void> {
  if (!(await stateBucketExists(environment, access))) {
    throw new UserError(
      `The state bucket ${stateBucketName(environment)} does not exist yet. Make it once with: npm run bootstrap -- ${environment.name}`,
    );
  }
}

/** The status of the answer that an error of the SDK stands for. */
export function httpStatus(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}

/** An error of the SDK in a person's words; any other stays as it is. */
function explained(error: unknown, { name, account }: Environment): unknown {
  if (!(error instanceof Error)) {
    return error;
  }
  if (EXPIRED.includes(error.name) || (NONE.includes(error.name) && /expired/i.test(error.message))) {
    return new UserError(`The AWS credentials have expired. ${SIGN_IN}.`, { cause: error });
  }
  if (NONE.includes(error.name)) {
    return new UserError(`There are no AWS credentials, and ${name} needs some of the account ${account}. ${SIGN_IN}. (${error.message})`, {
      cause: error,
    });
  }
  if (REFUSED.includes(error.name)) {
    return new UserError(`AWS refuses these credentials (${error.name}): the key does not exist, or its secret is wrong. ${SIGN_IN}.`, {
      cause: error,
    });
  }
  if (UNREACHABLE.test(`${error.name} ${error.message}`)) {
    return new UserError(`AWS cannot be reached from here: ${error.message}. Check the network, and AWS_ENDPOINT_URL if it is set.`, {
      cause: error,
    });
  }
  return error;
}
