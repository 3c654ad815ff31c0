import { Construct } from "constructs";
import { LogGroup, type LogGroupProps } from "./log-group";

/**
 * What one line says of a request: no header, no token, no e-mail address, no address of the caller's. The path is the route's, not the
 * caller's, which may hold an order's number or a name; the subject is the pool's own random id of the user.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
const LINE = {
  requestId: "$context.requestId",
  traceId: "$context.xrayTraceId",
  time: "$context.requestTimeEpoch",
  method: "$context.httpMethod",
  route: "$context.resourcePath",
  status: "$context.status",
  errorResponseType: "$context.error.responseType",
  authorizerError: "$context.authorizer.error",
  firewall: "$context.waf.status",
  subject: "$context.authorizer.claims.sub",
  latency: "$context.responseLatency",
  integrationStatus: "$context.integration.status",
  integrationLatency: "$context.integration.latency",
};

/** Where a stage writes one JSON line for each request. */
export class AccessLog extends Construct {
  readonly logGroup: LogGroup;
  readonly format = JSON.stringify(LINE);

  constructor(scope: Construct, id: string, props: LogGroupProps) {
    super(scope, id);
    this.logGroup = new LogGroup(this, "log-group", props);
  }
}
