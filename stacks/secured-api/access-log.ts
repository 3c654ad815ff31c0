import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";

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

export interface AccessLogProps {
  /** The log group's name. */
  readonly name: string;
  readonly retentionDays: number;
  /** ARN of the KMS key that encrypts it; AWS's own key otherwise. */
  readonly encryptionKeyArn: string | undefined;
}

/** Where a stage writes one JSON line for each request. */
export class AccessLog extends Construct {
  readonly logGroup: CloudwatchLogGroup;
  readonly format = JSON.stringify(LINE);

  constructor(scope: Construct, id: string, props: AccessLogProps) {
    super(scope, id);
    this.logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: props.name,
      retentionInDays: props.retentionDays,
      ...(props.encryptionKeyArn && { kmsKeyId: props.encryptionKeyArn }),
    });
  }
}
