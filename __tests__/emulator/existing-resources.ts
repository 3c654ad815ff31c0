import { APIGatewayClient, GetRestApisCommand } from "@aws-sdk/client-api-gateway";
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CognitoIdentityProviderClient, ListUserPoolsCommand } from "@aws-sdk/client-cognito-identity-provider";
import { IAMClient, ListRolesCommand } from "@aws-sdk/client-iam";
import { KMSClient, ListAliasesCommand } from "@aws-sdk/client-kms";
import { LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import type { EmulatorCredentials } from "../../local/emulator";

type Names = (string | undefined)[];

/** Where the emulator's account is, and how to get in. */
export interface AccountOptions {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: EmulatorCredentials;
}

/** The names of what exists in the emulator's account, service by service. */
export async function existingResources(
  options: AccountOptions,
): Promise<Record<"apis" | "functions" | "roles" | "logGroups" | "userPools" | "buckets" | "keys", Names>> {
  const [apis, functions, roles, logGroups, userPools, buckets, aliases] = await Promise.all([
    new APIGatewayClient(options).send(new GetRestApisCommand()),
    new LambdaClient(options).send(new ListFunctionsCommand()),
    new IAMClient(options).send(new ListRolesCommand()),
    new CloudWatchLogsClient(options).send(new DescribeLogGroupsCommand()),
    new CognitoIdentityProviderClient(options).send(new ListUserPoolsCommand({ MaxResults: 60 })),
    new S3Client({ ...options, forcePathStyle: true }).send(new ListBucketsCommand()),
    new KMSClient(options).send(new ListAliasesCommand()),
  ]);
  return {
    apis: (apis.items ?? []).map(({ name }) => name),
    functions: (functions.Functions ?? []).map(({ FunctionName }) => FunctionName).sort(),
    roles: (roles.Roles ?? []).map(({ RoleName }) => RoleName).sort(),
    logGroups: (logGroups.logGroups ?? []).map(({ logGroupName }) => logGroupName).sort(),
    userPools: (userPools.UserPools ?? []).map(({ Name }) => Name),
    buckets: (buckets.Buckets ?? []).map(({ Name }) => Name),
    keys: (aliases.Aliases ?? []).map(({ AliasName }) => AliasName).filter((name) => !name?.startsWith("alias/aws/")),
  };
}
