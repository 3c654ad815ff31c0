import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { copyForOfflinePlan, offlinePlan } from "../local/offline-plan";

type Config = Record<string, unknown>;

/**
 * A plan of Terraform and the AWS provider that creates the stack `secured-api-local` with further authorized routes, each with its
 * resource, method and integration. Nothing is asked of AWS.
 *
 * @returns the file with what `terraform show -json` prints
 */
export async function planWithRoutes(count: number, folder: string, signal: AbortSignal): Promise<string> {
  const synthesized = path.join(folder, "cdktf.out");
  execFileSync(process.execPath, ["synth.mjs"], { env: { ...process.env, CDKTF_OUTDIR: synthesized } });
  const stack = path.join(folder, "stack");
  copyForOfflinePlan(path.join(synthesized, "stacks", "secured-api-local"), stack, ({ resource }) => {
    addRoutes(resource, count);
  });
  const json = path.join(folder, "plan.json");
  writeFileSync(json, await offlinePlan(stack, signal));
  return json;
}

function addRoutes(resources: Record<string, Record<string, Config>>, count: number): void {
  const one = (type: string) => `${type}.${Object.keys(resources[type] ?? {})[0] ?? ""}`;
  const api = one("aws_api_gateway_rest_api");
  const authorizer = one("aws_api_gateway_authorizer");
  const backend = one("aws_lambda_function");
  const add = (type: string, name: string, config: Config) => {
    resources[type] = { ...resources[type], [name]: { rest_api_id: `\${${api}.id}`, ...config } };
  };
  for (let index = 0; index < count; index++) {
    const name = `route-${index}`;
    const resource_id = `\${aws_api_gateway_resource.${name}.id}`;
    add("aws_api_gateway_resource", name, { parent_id: `\${${api}.root_resource_id}`, path_part: name });
    add("aws_api_gateway_method", name, {
      resource_id,
      http_method: "GET",
      authorization: "COGNITO_USER_POOLS",
      authorizer_id: `\${${authorizer}.id}`,
      authorization_scopes: ["email"],
    });
    add("aws_api_gateway_integration", name, {
      resource_id,
      http_method: `\${aws_api_gateway_method.${name}.http_method}`,
      type: "AWS_PROXY",
      integration_http_method: "POST",
      uri: `\${${backend}.invoke_arn}`,
    });
  }
}
