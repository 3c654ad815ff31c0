import {
  type APIGatewayClient,
  GetAuthorizersCommand,
  GetGatewayResponseCommand,
  type GatewayResponseType,
  GetMethodCommand,
  GetModelCommand,
  GetRequestValidatorsCommand,
  GetStageCommand,
  type Method,
  paginateGetResources,
  paginateGetRestApis,
} from "@aws-sdk/client-api-gateway";
import { ifThere, made, type Search, searchBy, tagsOf } from "./search";

/** A page's size: as much as the service gives, since it answers few calls a second. */
const PAGE = 500;

const IN_METHOD = ["rest_api_id", "resource_id", "http_method"] as const;
type InMethod = Readonly<Record<(typeof IN_METHOD)[number], string>>;

/** Every path of an API; calls for one API are answered once. */
const resourcesOf = oncePerApi(async (client, restApiId) => {
  const resources = [];
  for await (const { items } of paginateGetResources({ client, pageSize: PAGE }, { restApiId })) {
    resources.push(...(items ?? []));
  }
  return resources;
});

/** How the parts of REST APIs are found: APIs by name, what is in them by where it is. */
export const API_SEARCHES: Readonly<Record<string, Search>> = {
  aws_api_gateway_rest_api: searchBy(
    ["name"],
    async ({ name }, account) => {
      const found = [];
      for await (const { items } of paginateGetRestApis({ client: account.apiGateway, pageSize: PAGE }, {})) {
        found.push(...(items ?? []).filter((api) => api.name === name));
      }
      return Promise.all(
        found.map(async ({ id = "", rootResourceId, createdDate, tags }) => ({
          importId: id,
          attributes: {
            id,
            root_resource_id: rootResourceId ?? (await resourcesOf(account.apiGateway, id)).find(({ path }) => path === "/")?.id ?? "",
            execution_arn: account.arn("execute-api", id),
          },
          tags: tagsOf(tags),
          details: made(createdDate),
        })),
      );
    },
    ({ attributes }) => `aws apigateway delete-rest-api --rest-api-id ${attributes.id}`,
  ),

  aws_api_gateway_resource: searchBy(["rest_api_id", "parent_id", "path_part"], async (args, { apiGateway }) => {
    const resources = await resourcesOf(apiGateway, args.rest_api_id);
    return resources
      .filter(({ parentId, pathPart }) => parentId === args.parent_id && pathPart === args.path_part)
      .map(({ id = "" }) => ({ importId: `${args.rest_api_id}/${id}`, attributes: { id } }));
  }),

  aws_api_gateway_method: searchBy(IN_METHOD, (args, { apiGateway }) => partOfMethod(args, apiGateway, () => true)),
  aws_api_gateway_integration: searchBy(IN_METHOD, (args, { apiGateway }) =>
    partOfMethod(args, apiGateway, ({ methodIntegration }) => methodIntegration !== undefined),
  ),
  aws_api_gateway_method_response: searchBy([...IN_METHOD, "status_code"], (args, { apiGateway }) =>
    partOfMethod(args, apiGateway, ({ methodResponses }) => methodResponses?.[args.status_code] !== undefined, args.status_code),
  ),
  aws_api_gateway_integration_response: searchBy([...IN_METHOD, "status_code"], (args, { apiGateway }) =>
    partOfMethod(
      args,
      apiGateway,
      ({ methodIntegration }) => methodIntegration?.integrationResponses?.[args.status_code] !== undefined,
      args.status_code,
    ),
  ),

  aws_api_gateway_authorizer: searchBy(
    ["rest_api_id", "name"],
    async ({ rest_api_id, name }, { apiGateway }) => {
      const { items } = await apiGateway.send(new GetAuthorizersCommand({ restApiId: rest_api_id, limit: PAGE }));
      return (items ?? [])
        .filter((authorizer) => authorizer.name === name)
        .map(({ id = "" }) => ({ importId: `${rest_api_id}/${id}`, attributes: { id, rest_api_id } }));
    },
    ({ attributes }) =>
      `aws apigateway delete-authorizer --rest-api-id ${attributes["rest_api_id"] ?? ""} --authorizer-id ${attributes.id}`,
  ),

  aws_api_gateway_request_validator: searchBy(["rest_api_id", "name"], async ({ rest_api_id, name }, { apiGateway }) => {
    const { items } = await apiGateway.send(new GetRequestValidatorsCommand({ restApiId: rest_api_id, limit: PAGE }));
    return (items ?? [])
      .filter((validator) => validator.name === name)
      .map(({ id = "" }) => ({ importId: `${rest_api_id}/${id}`, attributes: { id } }));
  }),

  aws_api_gateway_model: searchBy(["rest_api_id", "name"], async ({ rest_api_id, name }, { apiGateway }) => {
    const model = await ifThere(apiGateway.send(new GetModelCommand({ restApiId: rest_api_id, modelName: name })));
    return model ? [{ importId: `${rest_api_id}/${name}`, attributes: { id: model.id ?? "" } }] : [];
  }),

  aws_api_gateway_gateway_response: searchBy(["rest_api_id", "response_type"], async ({ rest_api_id, response_type }, { apiGateway }) => {
    const response = await ifThere(
      apiGateway.send(new GetGatewayResponseCommand({ restApiId: rest_api_id, responseType: response_type as GatewayResponseType })),
    );
    // Every API has one of each type, of which AWS says whether somebody has changed it.
    return response && !response.defaultResponse
      ? [{ importId: `${rest_api_id}/${response_type}`, attributes: { id: `aggr-${rest_api_id}-${response_type}` } }]
      : [];
  }),

  aws_api_gateway_stage: searchBy(["rest_api_id", "stage_name"], async ({ rest_api_id, stage_name }, { apiGateway }) => {
    const stage = await ifThere(apiGateway.send(new GetStageCommand({ restApiId: rest_api_id, stageName: stage_name })));
    return stage ? [{ importId: `${rest_api_id}/${stage_name}`, attributes: { id: `ags-${rest_api_id}-${stage_name}` } }] : [];
  }),

  aws_api_gateway_method_settings: searchBy(
    ["rest_api_id", "stage_name", "method_path"],
    async ({ rest_api_id, stage_name, method_path }, { apiGateway }) => {
      const stage = await ifThere(apiGateway.send(new GetStageCommand({ restApiId: rest_api_id, stageName: stage_name })));
      const id = `${rest_api_id}/${stage_name}/${method_path}`;
      return stage?.methodSettings?.[method_path] ? [{ importId: id, attributes: { id } }] : [];
    },
  ),
};

/** What belongs to a method and can be there or not. */
async function partOfMethod(args: InMethod, client: APIGatewayClient, isThere: (method: Method) => boolean, statusCode?: string) {
  const { rest_api_id, resource_id, http_method } = args;
  const method = await ifThere(
    client.send(new GetMethodCommand({ restApiId: rest_api_id, resourceId: resource_id, httpMethod: http_method })),
  );
  const importId = [rest_api_id, resource_id, http_method, ...(statusCode === undefined ? [] : [statusCode])].join("/");
  return method && isThere(method) ? [{ importId, attributes: { id: importId } }] : [];
}

/** Keeps the answers for as long as the client lives: paths are many, and the service answers few calls a second. */
function oncePerApi<Answer>(ask: (client: APIGatewayClient, restApiId: string) => Promise<Answer>): typeof ask {
  const answers = new WeakMap<APIGatewayClient, Map<string, Promise<Answer>>>();
  return (client, restApiId) => {
    const ofClient = answers.get(client) ?? new Map<string, Promise<Answer>>();
    answers.set(client, ofClient);
    const answer = ofClient.get(restApiId) ?? ask(client, restApiId);
    ofClient.set(restApiId, answer);
    return answer;
  };
}
