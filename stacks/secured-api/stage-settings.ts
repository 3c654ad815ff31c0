/**
 * How many requests the gateway lets through to each method, and what it logs of its own work: the settings of a stage, which no deployment
 * takes a snapshot of. They act at once.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
import { ApiGatewayMethodSettings } from "@cdktf/provider-aws/lib/api-gateway-method-settings";
import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import type { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { UserError } from "../../config/user-error";
import type { Route } from "./route";
import { skipChecksOfMethodSettings } from "./skipped-checks";

/** The settings of a stage's methods: those of all, and those of the routes that have their own. */
export class StageSettings {
  readonly #ofStage: ApiGatewayMethodSettings;

  constructor(
    scope: Construct,
    private readonly props: {
      readonly api: ApiGatewayRestApi;
      readonly stage: ApiGatewayStage;
      readonly throttling: Environment["throttling"];
      readonly executionLog: Environment["observability"]["executionLog"];
      /** Where the execution log goes, if there is one: made before the log is switched on. */
      readonly executionLogGroup?: CloudwatchLogGroup | undefined;
    },
  ) {
    this.#ofStage = this.#set(scope, "*/*", props.throttling, props.executionLogGroup);
  }

  /**
   * Gives a route its own limits, if it says so.
   *
   * @param scope where the method's resources go
   * @throws UserError when they would refuse every request, are above the stage's, or the method is `ANY`
   */
  limit(scope: Construct, route: Pick<Route, "method" | "path" | "throttling">): void {
    if (route.throttling) {
      refuseLimits(route, route.throttling, this.props.throttling);
      this.#set(scope, methodPath(route), route.throttling, this.#ofStage);
    }
  }

  /**
   * @param before what is made first. Of a route: the stage's settings; written at the same time, the route's have been lost.
   * @see https://github.com/hashicorp/terraform-provider-aws/issues/41104
   */
  #set(scope: Construct, path: string, throttling: Environment["throttling"], before?: ITerraformDependable): ApiGatewayMethodSettings {
    const { api, stage, executionLog } = this.props;
    const settings = new ApiGatewayMethodSettings(scope, "limits", {
      restApiId: api.id,
      stageName: stage.stageName,
      methodPath: path,
      // A method with settings of its own has none of the stage's, so each has all of them. OFF is written out, too: the provider takes
      // what is missing for what AWS has.
      settings: {
        throttlingRateLimit: throttling.requestsPerSecond,
        throttlingBurstLimit: throttling.burst,
        loggingLevel: executionLog,
        dataTraceEnabled: false, // it would write whole requests, tokens included, to the log
      },
      ...(before && { dependsOn: [before] }),
    });
    skipChecksOfMethodSettings(settings);
    return settings;
  }
}

/**
 * A method and path as API Gateway keeps its settings: `~1orders~1{id}/GET`. The provider looks for what it wrote under the same name.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PatchOperation.html (path)
 */
function methodPath({ method, path }: Pick<Route, "method" | "path">): string {
  return `${path.replaceAll("/", "~1")}/${method}`;
}

function refuseLimits(
  { method, path }: Pick<Route, "method" | "path">,
  { requestsPerSecond, burst }: Environment["throttling"],
  ofStage: Environment["throttling"],
): void {
  const refuse = (what: string) => {
    throw new UserError(`The route ${method} ${path} has ${what}`);
  };
  if (method === "ANY") {
    refuse(
      "limits of its own: API Gateway counts each method for itself and keeps no settings of ANY. Add a route for each method to limit.",
    );
  }
  if (!(requestsPerSecond > 0)) {
    refuse(`throttling.requestsPerSecond ${requestsPerSecond}: it must be more than 0, or the gateway refuses every request.`);
  }
  if (!(Number.isInteger(burst) && burst > 0)) {
    refuse(`throttling.burst ${burst}: it must be a whole number of requests from 1, or the gateway refuses every request.`);
  }
  for (const [limit, own, highest] of [
    ["requestsPerSecond", requestsPerSecond, ofStage.requestsPerSecond],
    ["burst", burst, ofStage.burst],
  ] as const) {
    if (own > highest) {
      refuse(
        `throttling.${limit} ${own}: the environment lets no route have more than ${highest}. Lower it, or raise throttling.${limit} in ` +
          `config/environments.ts.`,
      );
    }
  }
}
