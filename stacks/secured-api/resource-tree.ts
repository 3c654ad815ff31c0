import { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { Construct } from "constructs";
import { UserError } from "../../config/user-error";
import { pathSegments } from "./route-path";

/**
 * How many resources a REST API may have unless AWS has raised the quota; the root is one of them.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
export const DEFAULT_RESOURCE_QUOTA = 300;

/**
 * Parts below the root that API Gateway answers itself under a custom domain name.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const RESERVED_BESIDE_OWN_HOST_NAME = ["ping", "sping"];

/** A resource of the API: one path. */
export interface ResourceNode {
  readonly path: string;
  /** Its id in API Gateway. */
  readonly id: string;
  /** Where its methods and the resources below it go. */
  readonly scope: Construct;
  /** The resources below it, by their part of the path. */
  readonly children: Map<string, ResourceNode>;
}

/** The resources of a REST API: paths that begin alike share those of their common beginning. */
export class ResourceTree {
  readonly #root: ResourceNode;
  #size = 1;

  constructor(
    scope: Construct,
    private readonly api: ApiGatewayRestApi,
    private readonly quota: number,
    /** Whether callers reach the API under a host name of its own. */
    private readonly ownHostName = false,
  ) {
    this.#root = { path: "/", id: api.rootResourceId, scope, children: new Map() };
  }

  /**
   * The resource of a path, made with those of its prefixes unless they exist.
   *
   * @throws UserError when API Gateway would refuse it: the path, a second parameter at one place, one resource too many, a part that it
   * keeps for itself
   */
  resourceAt(path: string): ResourceNode {
    return pathSegments(path).reduce((parent, segment) => parent.children.get(segment) ?? this.#child(parent, segment, path), this.#root);
  }

  #child(parent: ResourceNode, segment: string, path: string): ResourceNode {
    refuseSecondParameter(parent, segment, path);
    this.#refuseReserved(parent, segment, path);
    this.#refuseMoreThanQuota(path);
    // With a colon before it, which no other construct's id has: a part named "stage" or "GET" must not meet the construct of that name.
    const scope = new Construct(parent.scope, `:${segment}`);
    const { id } = new ApiGatewayResource(scope, "resource", { restApiId: this.api.id, parentId: parent.id, pathPart: segment });
    const child = { path: `${parent.path.replace(/\/$/, "")}/${segment}`, id, scope, children: new Map<string, ResourceNode>() };
    parent.children.set(segment, child);
    this.#size += 1;
    return child;
  }

  #refuseReserved(parent: ResourceNode, segment: string, path: string): void {
    if (this.ownHostName && parent === this.#root && RESERVED_BESIDE_OWN_HOST_NAME.includes(segment)) {
      throw new UserError(
        `The route's path "${path}" begins with "/${segment}", which API Gateway keeps for its own health check where the API has a host name ` +
          `of its own (customDomains.api): callers would not reach the route. Choose another, e.g. "/health".`,
      );
    }
  }

  #refuseMoreThanQuota(path: string): void {
    if (this.#size >= this.quota) {
      throw new UserError(
        `The route's path "${path}" needs more than ${this.quota} resources (parts of paths, the root included), the quota of one REST API. ` +
          `Let one {proxy+} route stand for several, split the API, or have AWS raise the quota and state it in the setting resourceQuota.`,
      );
    }
  }
}

const isParameter = (segment: string) => segment.startsWith("{");

/** API Gateway could not tell two parameters at one place apart. */
function refuseSecondParameter(parent: ResourceNode, segment: string, path: string): void {
  const other = isParameter(segment) ? [...parent.children.keys()].find(isParameter) : undefined;
  if (other !== undefined) {
    throw new UserError(
      `The route's path "${path}" has the parameter ${segment} where another route has ${other}: API Gateway takes one parameter ` +
        `below "${parent.path}". Give both the same name.`,
    );
  }
}
