import { GetStagesCommand, paginateGetDeployments } from "@aws-sdk/client-api-gateway";
import type { Account } from "./account";
import { typeOf } from "./match";
import type { StateAttributes } from "./state-attributes";

/**
 * The deployments of the stack's APIs that neither the state holds nor a stage shows, each as the command that removes it. They are pictures
 * of what an API was: they cost nothing, and go when it goes.
 */
export async function earlierDeployments(state: StateAttributes, { apiGateway }: Account): Promise<string[]> {
  const idsOf = (type: string) => [...state].filter(([address]) => typeOf(address) === type).map(([, { id = "" }]) => id);
  const ofTheState = idsOf("aws_api_gateway_deployment");
  const commands: string[] = [];
  for (const restApiId of idsOf("aws_api_gateway_rest_api")) {
    const { item: stages } = await apiGateway.send(new GetStagesCommand({ restApiId }));
    const inUse = [...ofTheState, ...(stages ?? []).map(({ deploymentId }) => deploymentId)];
    for await (const { items } of paginateGetDeployments({ client: apiGateway, pageSize: 500 }, { restApiId })) {
      const idle = (items ?? []).map(({ id = "" }) => id).filter((id) => !inUse.includes(id));
      commands.push(...idle.map((id) => `aws apigateway delete-deployment --rest-api-id ${restApiId} --deployment-id ${id}`));
    }
  }
  return commands;
}
