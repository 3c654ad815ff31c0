/**
 * Which methods of an API may call a function. A missing permission shows as 500 when the API is called, and nowhere before.
 *
 * Each route has a statement of its own in the function's policy while the policy has room for it; the routes beyond share one statement for
 * the whole API. See docs/decisions/invoke-permissions.md.
 */
import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { Construct } from "constructs";
import { type Route, resourceArnPath } from "./route";

/**
 * The bytes that statements for single routes may fill. The whole policy may have 20 KB; the rest is for the shared statement and for callers
 * that are no routes.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const ROOM_FOR_ROUTES = 16_384;

/** The permissions of one function to be called by APIs. */
export class InvokePermissions {
  #bytes = 0;
  readonly #shared = new Set<ApiGatewayRestApi>();

  /**
   * @param scope where the statement that routes share goes
   * @param functionName the function's name as text: its length counts
   */
  constructor(
    private readonly scope: Construct,
    private readonly lambda: LambdaFunction,
    private readonly functionName: string,
  ) {}

  /** Lets the method of a route, at any stage, call the function. */
  allow(scope: Construct, api: ApiGatewayRestApi, route: Pick<Route, "method" | "path">): void {
    const method = resourceArnPath(route);
    const bytes = statementBytes(this.functionName, method);
    if (this.#bytes + bytes <= ROOM_FOR_ROUTES) {
      this.#bytes += bytes;
      this.#permission(scope, "permission", `${api.executionArn}/*/${method}`);
    } else if (!this.#shared.has(api)) {
      this.#shared.add(api);
      this.#permission(new Construct(this.scope, `routes-of-${api.node.addr}`), "permission", `${api.executionArn}/*/*/*`);
    }
  }

  #permission(scope: Construct, id: string, sourceArn: string): void {
    new LambdaPermission(scope, id, {
      functionName: this.lambda.functionName,
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      sourceArn,
    });
  }
}

/** The size of a statement as Lambda keeps it, with the longest Region's name. */
function statementBytes(functionName: string, method: string): number {
  const place = `${"r".repeat(14)}:${"0".repeat(12)}`;
  return Buffer.byteLength(
    JSON.stringify({
      Sid: `terraform-${"0".repeat(26)}`,
      Effect: "Allow",
      Principal: { Service: "apigateway.amazonaws.com" },
      Action: "lambda:InvokeFunction",
      Resource: `arn:aws:lambda:${place}:function:${functionName}`,
      Condition: { ArnLike: { "AWS:SourceArn": `arn:aws:execute-api:${place}:${"a".repeat(10)}/*/${method}` } },
    }),
  );
}
