import {
  APIGatewayClient,
  GetAuthorizersCommand,
  GetDeploymentsCommand,
  GetGatewayResponsesCommand,
  GetResourcesCommand,
  GetRestApisCommand,
  GetStagesCommand,
} from "@aws-sdk/client-api-gateway";
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  ListGroupsCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { IAMClient, ListRolePoliciesCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import { GetPolicyCommand, LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import type { AccountOptions } from "./existing-resources";

/** What is in the APIs, user pools, functions and roles of the emulator's account, by name: one that is there twice is listed twice. */
export async function existingParts(options: AccountOptions) {
  const [apis, pools, permissions, rolePolicies] = await Promise.all([
    partsOfApis(new APIGatewayClient(options)),
    partsOfUserPools(new CognitoIdentityProviderClient(options)),
    permissionsOfFunctions(new LambdaClient(options)),
    policiesOfRoles(new IAMClient(options)),
  ]);
  return { ...apis, ...pools, permissions, rolePolicies };
}

async function partsOfApis(client: APIGatewayClient) {
  const { items: apis = [] } = await client.send(new GetRestApisCommand());
  const parts = await Promise.all(
    apis.map(async ({ id: restApiId }) => {
      const { items: paths = [] } = await client.send(new GetResourcesCommand({ restApiId, limit: 500, embed: ["methods"] }));
      const { items: authorizers = [] } = await client.send(new GetAuthorizersCommand({ restApiId }));
      const { items: answers = [] } = await client.send(new GetGatewayResponsesCommand({ restApiId }));
      const { item: stages = [] } = await client.send(new GetStagesCommand({ restApiId }));
      const { items: deployments = [] } = await client.send(new GetDeploymentsCommand({ restApiId, limit: 500 }));
      return {
        methods: paths.flatMap(({ path, resourceMethods = {} }) => Object.keys(resourceMethods).map((method) => `${method} ${path!}`)),
        paths: paths.map(({ path }) => path!),
        authorizers: authorizers.map(({ name }) => name!),
        answers: answers.filter(({ defaultResponse }) => !defaultResponse).map(({ responseType }) => responseType as string),
        stages: stages.map(({ stageName }) => stageName!),
        idleDeployments: deployments.map(({ id }) => id!).filter((id) => !stages.some(({ deploymentId }) => deploymentId === id)),
      };
    }),
  );
  return merged({ methods: [], paths: [], authorizers: [], answers: [], stages: [], idleDeployments: [] }, parts);
}

async function partsOfUserPools(client: CognitoIdentityProviderClient) {
  const { UserPools: pools = [] } = await client.send(new ListUserPoolsCommand({ MaxResults: 60 }));
  const parts = await Promise.all(
    pools.map(async ({ Id: UserPoolId }) => {
      const { UserPoolClients: clients = [] } = await client.send(new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 60 }));
      const { Groups: groups = [] } = await client.send(new ListGroupsCommand({ UserPoolId }));
      const { UserPool } = await client.send(new DescribeUserPoolCommand({ UserPoolId }));
      return {
        clients: clients.map(({ ClientName }) => ClientName!),
        groups: groups.map(({ GroupName }) => GroupName!),
        domains: [UserPool!.Domain, UserPool!.CustomDomain].filter((domain) => domain !== undefined),
      };
    }),
  );
  return merged({ clients: [], groups: [], domains: [] }, parts);
}

/** Every statement of the functions' policies, by the function's name. */
async function permissionsOfFunctions(client: LambdaClient): Promise<string[]> {
  const { Functions: functions = [] } = await client.send(new ListFunctionsCommand());
  const statements = functions.map(async ({ FunctionName = "" }) => {
    const policy = await client.send(new GetPolicyCommand({ FunctionName })).catch(() => undefined); // it may have none
    const { Statement } = JSON.parse(policy?.Policy ?? '{"Statement":[]}') as { Statement: unknown[] };
    return Statement.map(() => FunctionName);
  });
  return (await Promise.all(statements)).flat().sort();
}

async function policiesOfRoles(client: IAMClient): Promise<string[]> {
  const { Roles: roles = [] } = await client.send(new ListRolesCommand());
  const names = roles.map(async ({ RoleName }) => (await client.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames ?? []);
  return (await Promise.all(names)).flat().sort();
}

type Lists<Key extends string> = Record<Key, string[]>;

function merged<Key extends string>(none: Lists<Key>, parts: readonly Lists<Key>[]): Lists<Key> {
  const keys = Object.keys(none) as Key[];
  return Object.fromEntries(keys.map((key) => [key, parts.flatMap((part) => part[key]).sort()])) as Lists<Key>;
}
