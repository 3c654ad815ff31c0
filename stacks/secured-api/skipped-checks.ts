/** What checkov asks of an API and its stage, and why this one does without: docs/policy.md has the whole list. */
import type { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import type { ApiGatewayMethodSettings } from "@cdktf/provider-aws/lib/api-gateway-method-settings";
import type { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { skipChecks } from "../skip-check";
import type { Route } from "./route";

const NO_CACHE =
  "A cache would answer one caller with what another one got, unless each route made the token a part of its key. It costs by the hour.";

export function skipChecksOfStage(stage: ApiGatewayStage, { accessLog, tracing }: { accessLog: boolean; tracing: boolean }): void {
  skipChecks(stage, {
    CKV_AWS_120: NO_CACHE,
    CKV2_AWS_4:
      "It asks for the execution log together with metrics of each method, which cost by their number. The log is the setting " +
      "observability.executionLog; the alarms watch the metrics of the stage, which are free.",
    CKV2_AWS_51:
      "The certificate shows an HTTP backend that the gateway calls it. Here the gateway calls Lambda, where the function's policy admits " +
      "this API alone.",
    ...(!accessLog && { CKV_AWS_76: "The environment's choice, observability.accessLog: a log costs by its size." }),
    ...(!tracing && { CKV_AWS_73: "The environment's choice, observability.tracing: traces cost by their number." }),
  });
}

export function skipChecksOfMethodSettings(settings: ApiGatewayMethodSettings): void {
  skipChecks(settings, { CKV_AWS_225: NO_CACHE });
}

export function skipChecksOfMethod(method: ApiGatewayMethod, route: Pick<Route, "method" | "public" | "validate">): void {
  skipChecks(method, {
    // The check lets every OPTIONS pass.
    ...(route.public !== undefined && route.method !== "OPTIONS" && { CKV_AWS_59: route.public }),
    ...(method.requestValidatorIdInput === undefined && {
      CKV2_AWS_53: "The route asks nothing of a request that the gateway could check: it has no `validate`.",
    }),
  });
}
