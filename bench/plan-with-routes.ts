import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { terraformProgram } from "../local/prerequisites";
import { terraformEnvironment } from "../local/terraform-mirror";

type Config = Record<string, unknown>;

/**
 * A plan of Terraform and the AWS provider that creates the stack `secured-api-local` with further authorized routes, each with its
 * resource, method and integration. Nothing is asked of AWS: the provider is told to take mock credentials as they are.
 *
 * @returns the file with what `terraform show -json` prints
 */
export function planWithRoutes(count: number, folder: string): string {
  const outdir = path.join(folder, "cdktf.out");
  execFileSync(process.execPath, ["synth.mjs"], { env: { ...process.env, CDKTF_OUTDIR: outdir } });
  const stackFolder = path.join(folder, "stack");
  mkdirSync(stackFolder);
  cpSync(path.join(outdir, "stacks", "secured-api-local"), stackFolder, { recursive: true });
  const file = path.join(stackFolder, "cdk.tf.json");
  const stack = JSON.parse(readFileSync(file, "utf8")) as {
    terraform: Config;
    provider: { aws: Config[] };
    resource: Record<string, Record<string, Config>>;
  };
  stack.terraform["backend"] = { local: {} };
  Object.assign(stack.provider.aws[0] ?? {}, {
    access_key: "mock",
    secret_key: "mock",
    skip_credentials_validation: true,
    skip_requesting_account_id: true,
    skip_metadata_api_check: "true",
  });
  addRoutes(stack.resource, count);
  writeFileSync(file, JSON.stringify(stack));

  const env = { ...process.env, ...terraformEnvironment(), CHECKPOINT_DISABLE: "1" };
  const terraform = (...args: string[]) => execFileSync(terraformProgram(), args, { cwd: stackFolder, env, maxBuffer: 1 << 30 });
  terraform("init", "-input=false");
  terraform("plan", "-input=false", "-refresh=false", "-out=plan.bin");
  const json = path.join(folder, "plan.json");
  writeFileSync(json, terraform("show", "-json", "plan.bin"));
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
