import type { Plan } from "../plan/plan";
import { text } from "../text";
import type { AccessChange } from "./access-change";

const DEPLOYMENT = "aws_api_gateway_deployment";
/** What a deployment takes its snapshot of. */
const MODEL =
  /^aws_api_gateway_(?:authorizer|gateway_response|integration|integration_response|method|method_response|model|request_validator|resource|rest_api_policy)$/;

/** Whether the API answers otherwise after the apply: it does so with a new deployment only. */
export function deploymentChanges(plan: Plan): AccessChange[] {
  const changing = plan.resources.filter(({ action }) => !["no-op", "move", "import", "read"].includes(action));
  const deployments = changing.filter(({ type, after }) => type === DEPLOYMENT && after);
  if (deployments.length > 0) {
    return deployments.map(({ address }) => ({
      topic: "API",
      effect: "other",
      address,
      what: text`${address} is made anew: the API answers as it is after this plan`,
    }));
  }
  const apiStays = plan.resources.some(({ type, after }) => type === "aws_api_gateway_rest_api" && after);
  const model = apiStays ? changing.find(({ type, action }) => MODEL.test(type) && action !== "forget") : undefined;
  return model
    ? [
        {
          topic: "API",
          effect: "other",
          address: model.address,
          what: text`No new deployment: the API goes on answering as before, whatever changes in ${model.address} and its like`,
        },
      ]
    : [];
}
