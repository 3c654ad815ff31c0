import {
  DescribeResourceServerCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetGroupCommand,
  paginateListUserPoolClients,
  paginateListUserPools,
} from "@aws-sdk/client-cognito-identity-provider";
import { ifThere, made, type Search, searchBy, tagsOf } from "./search";

/** As many as Cognito gives at once. */
const PAGE = 60;

/** How user pools are found, by name, and what is in them. */
export const SIGN_IN_SEARCHES: Readonly<Record<string, Search>> = {
  aws_cognito_user_pool: searchBy(
    ["name"],
    async ({ name }, { cognito }) => {
      const ids: string[] = [];
      for await (const { UserPools } of paginateListUserPools({ client: cognito, pageSize: PAGE }, { MaxResults: PAGE })) {
        ids.push(...(UserPools ?? []).filter((pool) => pool.Name === name).map(({ Id = "" }) => Id));
      }
      return Promise.all(
        ids.map(async (id) => {
          const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId: id }));
          const people = `about ${UserPool?.EstimatedNumberOfUsers ?? 0} accounts`;
          return {
            importId: id,
            attributes: { id, arn: UserPool?.Arn ?? "" },
            tags: tagsOf(UserPool?.UserPoolTags),
            details: `${made(UserPool?.CreationDate)}, ${people}`,
          };
        }),
      );
    },
    ({ attributes }) => `aws cognito-idp delete-user-pool --user-pool-id ${attributes.id}`,
  ),

  aws_cognito_user_pool_client: searchBy(
    ["user_pool_id", "name"],
    async ({ user_pool_id, name }, { cognito }) => {
      const ids: string[] = [];
      for await (const page of paginateListUserPoolClients({ client: cognito, pageSize: PAGE }, { UserPoolId: user_pool_id })) {
        ids.push(...(page.UserPoolClients ?? []).filter(({ ClientName }) => ClientName === name).map(({ ClientId = "" }) => ClientId));
      }
      return Promise.all(
        ids.map(async (id) => {
          const { UserPoolClient } = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId: user_pool_id, ClientId: id }));
          return {
            importId: `${user_pool_id}/${id}`,
            attributes: { id, user_pool_id },
            ...(UserPoolClient?.ClientSecret !== undefined && { unfit: "it has a secret, which a browser cannot keep" }),
          };
        }),
      );
    },
    ({ attributes }) =>
      `aws cognito-idp delete-user-pool-client --user-pool-id ${attributes["user_pool_id"] ?? ""} --client-id ${attributes.id}`,
  ),

  // A pool has one prefix domain and one domain of its own; their names can be functions of the pool's id, which are not evaluated here.
  aws_cognito_user_pool_domain: searchBy(["user_pool_id"], async ({ user_pool_id }, { cognito }) => {
    const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId: user_pool_id }));
    const domain = UserPool?.CustomDomain ?? UserPool?.Domain;
    return domain ? [{ importId: domain, attributes: { id: domain, domain } }] : [];
  }),

  aws_cognito_user_group: searchBy(["user_pool_id", "name"], async ({ user_pool_id, name }, { cognito }) => {
    const group = await ifThere(cognito.send(new GetGroupCommand({ UserPoolId: user_pool_id, GroupName: name })));
    const id = `${user_pool_id}/${name}`;
    return group ? [{ importId: id, attributes: { id } }] : [];
  }),

  aws_cognito_resource_server: searchBy(["user_pool_id", "identifier"], async ({ user_pool_id, identifier }, { cognito }) => {
    const server = await ifThere(cognito.send(new DescribeResourceServerCommand({ UserPoolId: user_pool_id, Identifier: identifier })));
    const id = `${user_pool_id}|${identifier}`;
    return server ? [{ importId: id, attributes: { id } }] : [];
  }),
};
