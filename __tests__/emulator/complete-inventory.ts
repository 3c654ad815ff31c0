/** What a deploy of `local` that nobody disturbs leaves, service by service: the tutorial's parts, and those that a team has added to the stack. */
import { App, Testing } from "cdktf";
import { environments } from "../../config/environments";
import { SecuredApiStack } from "../../stacks/secured-api";
import { pathOf, synthesized } from "../support/synthesized";
import type { existingParts } from "./existing-parts";
import type { existingResources } from "./existing-resources";

type Parts = Awaited<ReturnType<typeof existingParts>>;
type Resources = Awaited<ReturnType<typeof existingResources>>;
export type Inventory = Record<keyof (Parts & Omit<Resources, "buckets" | "keys">), unknown[]>;

const json = synthesized(new SecuredApiStack(new App({ stackTraces: false, outdir: Testing.app().outdir }), environments.local));

/** An argument of all resources of a type. */
const all = (type: string, argument: string) => Object.values(json.resource[type] ?? {}).map((config) => String(config[argument]));

const methods = Object.values(json.resource["aws_api_gateway_method"]!);
const functionNamed = (reference: string) => json.resource["aws_lambda_function"]![reference.split(".")[1]!]!["function_name"];

export const COMPLETE: Inventory = {
  apis: all("aws_api_gateway_rest_api", "name"),
  paths: ["/", ...Object.keys(json.resource["aws_api_gateway_resource"]!).map((name) => pathOf(json, name))].sort(),
  methods: methods.map(({ http_method, resource_id }) => `${String(http_method)} ${pathOf(json, String(resource_id))}`).sort(),
  authorizers: all("aws_api_gateway_authorizer", "name"),
  answers: all("aws_api_gateway_gateway_response", "response_type").sort(),
  stages: all("aws_api_gateway_stage", "stage_name"),
  idleDeployments: [],
  functions: all("aws_lambda_function", "function_name").sort(),
  permissions: all("aws_lambda_permission", "function_name").map(functionNamed).sort(),
  roles: all("aws_iam_role", "name").sort(),
  rolePolicies: all("aws_iam_role_policy", "name").sort(),
  logGroups: all("aws_cloudwatch_log_group", "name").sort(),
  userPools: all("aws_cognito_user_pool", "name"),
  clients: all("aws_cognito_user_pool_client", "name"),
  domains: [expect.stringMatching(new RegExp(`^${environments.local.names.userPool}-[0-9a-f]{12}$`))],
  groups: [],
};
