/**
 * When is a new deployment due? Always when, and only when, the deployed API would differ.
 *
 * API Gateway serves a snapshot of the API that was taken when a deployment was created; a changed method answers as before until there
 * is a new one. Two things make Terraform create it:
 *
 * - `triggers`: a hash over the synthesized configuration of every resource of the API's model. It sees what is added, removed or changed
 *   in the code.
 * - `replace_triggered_by` on the same resources. It sees a value that changes behind an expression that stays the same, such as the ARN
 *   of a user pool that is replaced. (The references also make the deployment wait for all of them.)
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/api_gateway_deployment
 */
import { createHash } from "node:crypto";
import { ApiGatewayDeployment } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { resolveTokens, synthesizedConfig } from "./synthesized-config";

/** A resource's configuration as Terraform's JSON has it. */
export interface ModelResource {
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** The resource types a deployment takes its snapshot of, beside the REST API itself. */
export const MODEL_TYPES: ReadonlySet<string> = new Set([
  "aws_api_gateway_authorizer",
  "aws_api_gateway_gateway_response",
  "aws_api_gateway_integration",
  "aws_api_gateway_integration_response",
  "aws_api_gateway_method",
  "aws_api_gateway_method_response",
  "aws_api_gateway_model",
  "aws_api_gateway_request_validator",
  "aws_api_gateway_resource",
  "aws_api_gateway_rest_api_policy",
  "aws_api_gateway_rest_api_put",
]);

const REST_API = "aws_api_gateway_rest_api";

/** The REST API's arguments that a deployment takes its snapshot of; its name, description and tags change nothing that it answers. */
export const REST_API_MODEL_ARGUMENTS = [
  "api_key_source",
  "binary_media_types",
  "body",
  "disable_execute_api_endpoint",
  "minimum_compression_size",
  "parameters",
  "policy",
  "put_rest_api_mode",
] as const;

/** The arguments that Terraform itself reads: they change how a resource is managed, not what the API answers. */
const META_ARGUMENTS: ReadonlySet<string> = new Set(["//", "connection", "depends_on", "lifecycle", "provider", "provisioner", "timeouts"]);

/** The lists in which order has no meaning. */
const UNORDERED_LISTS: ReadonlySet<string> = new Set([
  "authorization_scopes",
  "binary_media_types",
  "cache_key_parameters",
  "provider_arns",
]);

/** The arguments that hold a JSON document as a string. */
const JSON_STRINGS: ReadonlySet<string> = new Set(["body", "policy", "schema"]);

/**
 * A hash of what the API would answer: 64 hexadecimal digits, the same for the same model in whatever order its resources, its keys and
 * its order-free lists are written.
 */
export function redeploymentHash(model: readonly ModelResource[]): string {
  const lines = model.map(({ type, config }) => JSON.stringify([type, canonical(snapshotArguments(type, config))]));
  return createHash("sha256").update(lines.sort().join("\n")).digest("hex");
}

function snapshotArguments(type: string, config: Readonly<Record<string, unknown>>) {
  const wanted = (key: string) =>
    type === REST_API ? (REST_API_MODEL_ARGUMENTS as readonly string[]).includes(key) : !META_ARGUMENTS.has(key);
  return Object.fromEntries(Object.entries(config).filter(([key]) => wanted(key)));
}

function canonical(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => canonical(item));
    return UNORDERED_LISTS.has(key) ? items.map((item) => JSON.stringify(item)).sort() : items;
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, inner]) => [name, canonical(inner, name)]),
    );
  }
  if (typeof value === "string" && JSON_STRINGS.has(key)) {
    return canonicalJson(value);
  }
  return value;
}

function canonicalJson(text: string): unknown {
  try {
    return canonical(JSON.parse(text));
  } catch {
    return text; // a Terraform expression
  }
}

/** A deployment that Terraform replaces when the API would answer differently. */
export class Redeployment extends ApiGatewayDeployment {
  readonly #api: ApiGatewayRestApi;

  constructor(scope: Construct, id: string, api: ApiGatewayRestApi) {
    super(scope, id, { restApiId: api.id });
    this.#api = api;
  }

  /** The model is complete only now, when every route has been added, by whatever part of the stack. */
  override toTerraform(): unknown {
    const model = this.#model();
    this.triggers = { redeployment: redeploymentHash(model) };
    this.lifecycle = {
      createBeforeDestroy: true, // a stage always points at a deployment
      replaceTriggeredBy: [
        ...REST_API_MODEL_ARGUMENTS.map((name) => `${REST_API}.${this.#api.friendlyUniqueId}.${name}`),
        ...model
          .filter(({ type }) => type !== REST_API)
          .map(({ type, id }) => `${type}.${id}`)
          .sort(),
      ],
    };
    return super.toTerraform();
  }

  /** The resources of this API's model, wherever in the stack they were created. */
  #model(): (ModelResource & { readonly id: string })[] {
    const stack = TerraformStack.of(this);
    const restApiId = resolveTokens(stack, this.#api.id);
    return stack.node
      .findAll()
      .filter((construct) => TerraformResource.isTerraformResource(construct))
      .filter((resource) => resource === this.#api || MODEL_TYPES.has(resource.terraformResourceType))
      .map((resource) => ({
        type: resource.terraformResourceType,
        id: resource.friendlyUniqueId,
        config: synthesizedConfig(resource), // once for each: this is most of what a synth of many routes takes
      }))
      .filter(({ type, config }) => type === REST_API || config["rest_api_id"] === restApiId);
  }
}
