/** The routes of the plan's REST APIs, before and after: which path and method, and who may call it. */
import type { Plan, PlannedResource } from "../plan/plan";
import { hasUnknown, isList, type PlannedValue } from "../plan/planned-value";
import { bareValue } from "../text";
import { type Side, stateOf } from "../plan/side";

/** Who may call a route. An `ID token` is what a method without scopes takes; `other` is IAM or a Lambda authorizer. */
export type Caller = "everybody" | "access token" | "ID token" | "other" | "known after apply";

export interface Route {
  /** The method's address. */
  readonly address: string;
  /** Method and path, e.g. `GET /orders/{id}`; of a path that the plan does not tell, what it does. */
  readonly name: string;
  /** Whether the plan tells the path. */
  readonly pathIsKnown: boolean;
  readonly caller: Caller;
  readonly authorization: PlannedValue;
  readonly scopes: readonly PlannedValue[];
  /** The authorizer's address, or its id where it is none of the plan's. */
  readonly authorizer: string | undefined;
}

const METHOD = "aws_api_gateway_method";
const RESOURCE = "aws_api_gateway_resource";
const REST_API = "aws_api_gateway_rest_api";
const AUTHORIZER = "aws_api_gateway_authorizer";

/** The routes on one side of the plan, by name. */
export function routesOf(plan: Plan, side: Side): readonly Route[] {
  const paths = new Paths(plan, side);
  const authorizers = idsOf(plan, side, AUTHORIZER, "id");
  const manyApis = plan.resources.filter(({ type }) => type === REST_API).length > 1;
  return plan.resources
    .filter(({ type, mode }) => type === METHOD && mode === "managed")
    .flatMap((method) => {
      const state = stateOf(method, side);
      if (!state) {
        return [];
      }
      const path = paths.ofMethod(method);
      const api = manyApis ? ` of ${plan.configuration.reference(method.address, "rest_api_id")?.address ?? "another API"}` : "";
      const authorizer = authorizerOf(plan, method, side, authorizers);
      const scopes = isList(state["authorization_scopes"]) ? state["authorization_scopes"] : [];
      return [
        {
          address: method.address,
          name: `${bareValue(state["http_method"])} ${path ?? `(path known after apply: ${method.address})`}${api}`,
          pathIsKnown: path !== undefined,
          caller: callerOf(state["authorization"], state["authorization_scopes"], authorizer),
          authorization: state["authorization"],
          scopes,
          authorizer,
        },
      ];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function callerOf(authorization: PlannedValue, scopes: PlannedValue, authorizer: string | undefined): Caller {
  switch (authorization) {
    case "NONE":
    case null:
    case undefined:
      return "everybody";
    case "COGNITO_USER_POOLS":
      if (authorizer === undefined) {
        return "everybody";
      }
      return hasUnknown(scopes) ? "known after apply" : isList(scopes) && scopes.length > 0 ? "access token" : "ID token";
    default:
      return typeof authorization === "string" ? "other" : "known after apply";
  }
}

function authorizerOf(plan: Plan, method: PlannedResource, side: Side, authorizers: ReadonlyMap<string, string>): string | undefined {
  const id = stateOf(method, side)?.["authorizer_id"];
  if (typeof id === "string" && id !== "") {
    return authorizers.get(id) ?? id;
  }
  const reference = hasUnknown(id) ? plan.configuration.reference(method.address, "authorizer_id") : undefined;
  return reference?.address;
}

/** Addresses of a type's resources by the value of an attribute. */
function idsOf(plan: Plan, side: Side, type: string, attribute: string): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const resource of plan.resources) {
    const id = resource.type === type ? stateOf(resource, side)?.[attribute] : undefined;
    if (typeof id === "string" && id !== "") {
      ids.set(id, resource.address);
    }
  }
  return ids;
}

/** The paths of API Gateway's resources: by id where it is known, else along the references of the configuration. */
class Paths {
  readonly #byId: ReadonlyMap<string, string>;
  readonly #roots: ReadonlyMap<string, string>;
  readonly #known = new Map<string, string | undefined>();

  constructor(
    private readonly plan: Plan,
    private readonly side: Side,
  ) {
    this.#byId = idsOf(plan, side, RESOURCE, "id");
    this.#roots = idsOf(plan, side, REST_API, "root_resource_id");
  }

  ofMethod(method: PlannedResource): string | undefined {
    return this.#target(method, "resource_id");
  }

  /** The path of the resource that an attribute leads to. */
  #target(from: PlannedResource, attribute: string): string | undefined {
    const id = stateOf(from, this.side)?.[attribute];
    if (typeof id === "string" && this.#roots.has(id)) {
      return "/";
    }
    const reference = this.side === "after" ? this.plan.configuration.reference(from.address, attribute) : undefined;
    const address = (typeof id === "string" ? this.#byId.get(id) : undefined) ?? reference?.address;
    const target = address === undefined ? undefined : this.plan.byAddress.get(address);
    if (target?.type === REST_API && reference?.attribute === "root_resource_id") {
      return "/";
    }
    return target?.type === RESOURCE ? this.#ofResource(target) : undefined;
  }

  #ofResource(resource: PlannedResource): string | undefined {
    if (!this.#known.has(resource.address)) {
      this.#known.set(resource.address, undefined); // a cycle, which Terraform would refuse, ends here
      const parent = this.#target(resource, "parent_id");
      const part = stateOf(resource, this.side)?.["path_part"];
      if (parent !== undefined && typeof part === "string") {
        this.#known.set(resource.address, `${parent === "/" ? "" : parent}/${part}`);
      }
    }
    return this.#known.get(resource.address);
  }
}
