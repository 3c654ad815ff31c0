import { LANDING_PAGE_PATH } from "../../stacks/secured-api/addresses";
import type { SynthesizedStack } from "./synthesized-stack";

type Config = Readonly<Record<string, unknown>>;

/** The parts of the system and how they meet. Texts are lines. */
export interface Architecture {
  readonly nodes: { readonly id: string; readonly lines: readonly string[]; readonly person?: boolean }[];
  readonly edges: { readonly from: string; readonly to: string; readonly lines: readonly string[] }[];
}

/**
 * The picture of the system, read from the references in the stack's Terraform JSON: a route that is added, loses its authorizer or gets
 * another function shows here.
 */
export function architecture({ resource }: SynthesizedStack): Architecture {
  const all = (type: string) => Object.entries(resource[`aws_${type}`] ?? {});
  const picture: Architecture = { nodes: [{ id: "browser", lines: ["Browser"], person: true }], edges: [] };
  const nodes = new Map<string, string>();

  const node = (address: string, ...lines: string[]) => {
    const id = `n${nodes.size}`;
    nodes.set(address, id);
    picture.nodes.push({ id, lines });
    return id;
  };
  const idOf = (reference: unknown) => nodes.get(addressIn(reference));
  const edge = (from: string | undefined, to: string | undefined, ...lines: string[]) => {
    if (from && to) {
      picture.edges.push({ from, to, lines });
    }
  };

  for (const [name, pool] of all("cognito_user_pool")) {
    node(`aws_cognito_user_pool.${name}`, "Cognito user pool", text(pool["name"]));
  }
  for (const [name, domain] of all("cognito_user_pool_domain")) {
    const pages = node(`aws_cognito_user_pool_domain.${name}`, "Cognito login pages");
    const grants = all("cognito_user_pool_client").flatMap(([, client]) => client["allowed_oauth_flows"] as string[]);
    edge("browser", pages, "1 · sign up, sign in", `OAuth grant: ${grants.join(", ")}`);
    edge(pages, idOf(domain["user_pool_id"]));
  }
  for (const [name, authorizer] of all("api_gateway_authorizer")) {
    const id = node(`aws_api_gateway_authorizer.${name}`, `Authorizer ${text(authorizer["name"])}`);
    edge(id, idOf((authorizer["provider_arns"] as unknown[])[0]), "keys of");
  }
  for (const [name, lambda] of all("lambda_function")) {
    node(`aws_lambda_function.${name}`, "Lambda function", text(lambda["function_name"]));
  }
  for (const [name, group] of all("cloudwatch_log_group")) {
    const id = node(`aws_cloudwatch_log_group.${name}`, "CloudWatch log group", text(group["name"]));
    for (const [lambda, config] of all("lambda_function")) {
      if ((config["depends_on"] as string[] | undefined)?.includes(`aws_cloudwatch_log_group.${name}`)) {
        edge(nodes.get(`aws_lambda_function.${lambda}`), id, "logs");
      }
    }
  }
  for (const [name, method] of all("api_gateway_method")) {
    const path = pathOf(method["resource_id"], resource);
    const id = node(`aws_api_gateway_method.${name}`, `${text(method["http_method"])} ${path}`);
    const scopes = method["authorization_scopes"] as string[] | undefined;
    const isLandingPage = path === LANDING_PAGE_PATH;
    const whenPublic = isLandingPage ? "2 · back with the tokens" : "public";
    edge("browser", id, scopes ? `3 · ${tokenHeader(all("api_gateway_authorizer"))}: access token` : whenPublic);
    edge(id, idOf(method["authorizer_id"]), ...(scopes ? [`scope ${scopes.join(" or ")}`] : []));
    const integration = all("api_gateway_integration").find(
      ([, config]) => addressIn(config["http_method"]) === `aws_api_gateway_method.${name}`,
    )?.[1];
    if (integration?.["type"] === "MOCK") {
      edge(id, node(`answer of ${name}`, isLandingPage ? "Landing page" : "Answer", "served by the gateway itself"));
    } else {
      edge(id, idOf(integration?.["uri"]), scopes ? "4 · runs" : "runs");
    }
  }
  return picture;
}

function tokenHeader(authorizers: readonly (readonly [string, Config])[]): string {
  return authorizers.map(([, { identity_source }]) => String(identity_source).replace("method.request.header.", "")).join(", ");
}

/** The address in a reference such as `${aws_lambda_function.x.invoke_arn}`. */
function addressIn(reference: unknown): string {
  return /\$\{([a-z0-9_]+\.[A-Za-z0-9_-]+)\./.exec(String(reference))?.[1] ?? "";
}

/** The path of an API Gateway resource, through its parents. */
function pathOf(resourceId: unknown, resource: SynthesizedStack["resource"]): string {
  const [type, name] = addressIn(resourceId).split(".");
  const config = type === "aws_api_gateway_resource" ? resource[type]?.[name ?? ""] : undefined;
  return config ? `${pathOf(config["parent_id"], resource).replace(/\/$/, "")}/${text(config["path_part"])}` : "/";
}

function text(value: unknown): string {
  return String(value).replace(/["<>]/g, "");
}
