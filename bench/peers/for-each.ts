/** The same API with its routes in a table and each kind of resource written once, with for_each. */
import { benchRoutes, SCOPE } from "../routes";
import { hcl } from "./hcl";
import type { StackJson } from "./synthesized-stacks";

type Config = Readonly<Record<string, unknown>>;

/** The stack in HCL, the routes of {@link benchRoutes} as a table. */
export function forEachHcl(stack: StackJson, count: number): string {
  const isOfRoutes = (config: Config) => pathOf(config).includes("/:area-");
  const address = (type: string) => `${type}.${Object.keys(stack.resource[type] ?? {})[0] ?? ""}`;
  const permitted = Object.values(stack.resource["aws_lambda_permission"] ?? {}).map(({ source_arn }) => String(source_arn));

  const resource = Object.fromEntries(
    Object.entries(stack.resource).map(([type, all]) => [
      type,
      Object.fromEntries(
        Object.entries(all)
          .filter(([, config]) => !isOfRoutes(config))
          .map(([name, config]) => [name, type === "aws_api_gateway_deployment" ? triggeredByGroups(config) : config]),
      ),
    ]),
  );
  const routes = benchRoutes(count).map(({ method, path }) => {
    const [, area = "", , part = ""] = path.split("/");
    const arn = `/*/${method}${path.replace("{id}", "*")}`;
    const columns = {
      method,
      area,
      part,
      scope: SCOPE,
      permitted: permitted.some((source) => source.endsWith(arn)),
    };
    return `${JSON.stringify(`${method} ${path}`)} = ${JSON.stringify(columns)}`;
  });
  return [
    hcl({ ...stack, resource }),
    `locals {\nroutes = {\n${routes.join("\n")}\n}\n}`,
    routeResources({
      api: address("aws_api_gateway_rest_api"),
      authorizer: address("aws_api_gateway_authorizer"),
      lambda: address("aws_lambda_function"),
    }),
  ].join("\n\n");
}

const GROUPS = ["aws_api_gateway_resource.area", "aws_api_gateway_resource.id", "aws_api_gateway_resource.part"].concat([
  "aws_api_gateway_method.route",
  "aws_api_gateway_integration.route",
]);

function triggeredByGroups(deployment: Config): Config {
  const lifecycle = deployment["lifecycle"] as Config & { readonly replace_triggered_by: readonly string[] };
  const others = lifecycle.replace_triggered_by.filter((trigger) => !trigger.includes("api_area-"));
  return { ...deployment, lifecycle: { ...lifecycle, replace_triggered_by: [...others, ...GROUPS] } };
}

function routeResources({ api, authorizer, lambda }: Readonly<Record<"api" | "authorizer" | "lambda", string>>): string {
  return `
resource "aws_api_gateway_resource" "area" {
  for_each    = toset([for route in local.routes : route.area])
  rest_api_id = ${api}.id
  parent_id   = ${api}.root_resource_id
  path_part   = each.key
}

resource "aws_api_gateway_resource" "id" {
  for_each    = aws_api_gateway_resource.area
  rest_api_id = ${api}.id
  parent_id   = each.value.id
  path_part   = "{id}"
}

resource "aws_api_gateway_resource" "part" {
  for_each    = { for route in local.routes : route.part => route.area... }
  rest_api_id = ${api}.id
  parent_id   = aws_api_gateway_resource.id[each.value[0]].id
  path_part   = each.key
}

resource "aws_api_gateway_method" "route" {
  for_each             = local.routes
  rest_api_id          = ${api}.id
  resource_id          = aws_api_gateway_resource.part[each.value.part].id
  http_method          = each.value.method
  authorization        = "COGNITO_USER_POOLS"
  authorizer_id        = ${authorizer}.id
  authorization_scopes = [each.value.scope]
}

resource "aws_api_gateway_integration" "route" {
  for_each                = aws_api_gateway_method.route
  rest_api_id             = ${api}.id
  resource_id             = each.value.resource_id
  http_method             = each.value.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = ${lambda}.invoke_arn
}

resource "aws_lambda_permission" "route" {
  for_each      = { for name, route in local.routes : name => route if route.permitted }
  function_name = ${lambda}.function_name
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "\${${api}.execution_arn}/*/\${each.value.method}/\${each.value.area}/*/\${each.value.part}"
}
`.trim();
}

/** Where the resource stands in the tree of constructs. */
function pathOf(config: Config): string {
  return (config["//"] as { readonly metadata?: { readonly path?: string } } | undefined)?.metadata?.path ?? "";
}
