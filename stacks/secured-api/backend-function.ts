import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { AssetType, TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import { packageFunction } from "./function-package";
import { type IntegratedMethod, type RouteTarget, resourceArnPath } from "./route";

export interface BackendFunctionProps {
  /** The function's name, unique in the account and Region. */
  readonly name: string;
  /** The name of its role, unique in the account. */
  readonly roleName: string;
  /** The ARN of the policy beyond which the role can do nothing, whatever it is granted. Default: none. */
  readonly permissionsBoundary?: string | undefined;
  /** The folder with the code, relative to the project's root. */
  readonly sourceFolder: string;
  /** Module and function that Lambda calls, e.g. `handler.lambda_handler`. */
  readonly handler: string;
  /** Days for which the log is kept. */
  readonly logRetentionDays: number;
}

/** A Python function with a role that can do nothing but write its own log. */
export class BackendFunction extends Construct implements RouteTarget {
  readonly function: LambdaFunction;
  readonly logGroup: CloudwatchLogGroup;
  readonly role: IamRole;

  constructor(scope: Construct, id: string, props: BackendFunctionProps) {
    super(scope, id);

    // Made before the function: otherwise Lambda makes one at the first call, which never expires.
    this.logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: `/aws/lambda/${props.name}`,
      retentionInDays: props.logRetentionDays,
    });

    this.role = new IamRole(this, "role", {
      name: props.roleName,
      description: `What the function ${props.name} may do: write its own log`,
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
      }),
      ...(props.permissionsBoundary !== undefined && { permissionsBoundary: props.permissionsBoundary }),
    });

    const writesItsLog = new IamRolePolicy(this, "writes-its-log", {
      name: "writes-its-log",
      role: this.role.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            // No logs:CreateLogGroup: a deleted group must not come back without its retention.
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            // The streams of this one group: their names are Lambda's own choice.
            Resource: `${this.logGroup.arn}:*`,
          },
        ],
      }),
    });

    const code = packageFunction(props.sourceFolder);
    const asset = new TerraformAsset(this, "code", { path: code.file, type: AssetType.FILE, assetHash: code.sha256Hex.slice(0, 16) });

    this.function = new LambdaFunction(this, "function", {
      functionName: props.name,
      role: this.role.arn,
      runtime: "python3.13",
      architectures: ["arm64"],
      handler: props.handler,
      filename: asset.path,
      sourceCodeHash: code.sha256Base64,
      memorySize: 128,
      timeout: 5,
      dependsOn: [this.logGroup, writesItsLog],
    });
  }

  /** Lets the method, and no other, call this function. */
  integrate({ scope, api, method, route }: IntegratedMethod): void {
    new ApiGatewayIntegration(scope, "integration", {
      restApiId: api.id,
      resourceId: method.resourceId,
      httpMethod: method.httpMethod,
      type: "AWS_PROXY",
      integrationHttpMethod: "POST", // how the gateway calls Lambda, whatever the caller's method
      uri: this.function.invokeArn,
    });

    // Any stage, one method, one path. A missing permission shows as 500 when the API is called, and nowhere before.
    new LambdaPermission(scope, "permission", {
      functionName: this.function.functionName,
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      sourceArn: `${api.executionArn}/*/${route.method}${resourceArnPath(route.path)}`,
    });
  }
}
