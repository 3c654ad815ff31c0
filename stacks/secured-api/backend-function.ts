import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { AssetType, TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import { UserError } from "../../config/user-error";
import type { BoundaryStatement } from "../function-boundary";
import { functionLogGroupName, functionRoleName } from "../resource-names";
import { skipChecks } from "../skip-check";
import { functionEnvironment } from "./function-environment";
import { type FunctionOptions, refuseWhatLambdaRefuses } from "./function-options";
import { packageFunction } from "./function-package";
import { policyDocument, refuseBeyondBoundary, type RoleStatement } from "./function-role";
import { InvokePermissions } from "./invoke-permission";
import { LogGroup } from "./log-group";
import type { IntegratedMethod, RouteTarget } from "./route";

export interface BackendFunctionProps extends FunctionOptions {
  /** The function's name, unique in the account and Region. */
  readonly name: string;
  /** The Region, for the role's name: role names are unique in an account whatever the Region. */
  readonly region: string;
  /** The account, in which secrets that are given by name are looked up. */
  readonly account?: string;
  /** The policy beyond which the role can do nothing, whatever it is granted: its ARN and what it allows. Default: none. */
  readonly permissionsBoundary?: { readonly arn: string; readonly statements: readonly BoundaryStatement[] } | undefined;
  /** The folder with the code, relative to the project's root. */
  readonly sourceFolder: string;
  /** Module and function that Lambda calls, e.g. `handler.lambda_handler`. */
  readonly handler: string;
  /** Days for which the log is kept. */
  readonly logRetentionDays: number;
  /** ARN of the KMS key that encrypts the log; AWS's own key otherwise. */
  readonly encryptionKeyArn?: string | undefined;
}

/** A function with a role that can do nothing but write its own log, and what its options say. */
export class BackendFunction extends Construct implements RouteTarget {
  readonly function: LambdaFunction;
  readonly logGroup: LogGroup;
  readonly role: IamRole;
  readonly #permissions: InvokePermissions;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: BackendFunctionProps,
  ) {
    super(scope, id);
    const owner = `The function ${props.name}`;
    refuseWhatLambdaRefuses(owner, props);
    const environment = functionEnvironment(owner, props.environment ?? {}, { region: props.region, account: props.account });
    const furtherStatements = [...environment.statements, ...neededBy(props), ...(props.statements ?? [])];

    if (props.permissionsBoundary) {
      refuseBeyondBoundary(owner, furtherStatements, props.permissionsBoundary.statements);
    }

    // Made before the function: otherwise Lambda makes one at the first call, which never expires.
    this.logGroup = new LogGroup(this, "log-group", {
      name: functionLogGroupName(props.name),
      retentionDays: props.logRetentionDays,
      encryptionKeyArn: props.encryptionKeyArn,
    });

    this.role = new IamRole(this, "role", {
      name: functionRoleName(props.name, props.region),
      description: `What the function ${props.name} may do: write its own log${furtherStatements.length > 0 ? ", and what its policy further-permissions says" : ""}`,
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
      }),
      ...(props.permissionsBoundary && { permissionsBoundary: props.permissionsBoundary.arn }),
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
    const furtherPermissions =
      furtherStatements.length > 0
        ? [
            new IamRolePolicy(this, "further-permissions", {
              name: "further-permissions",
              role: this.role.name,
              policy: policyDocument(owner, furtherStatements),
            }),
          ]
        : [];

    const code = packageFunction(props.sourceFolder);
    const asset = new TerraformAsset(this, "code", { path: code.file, type: AssetType.FILE, assetHash: code.sha256Hex.slice(0, 16) });

    this.function = new LambdaFunction(this, "function", {
      functionName: props.name,
      role: this.role.arn,
      runtime: props.runtime ?? "python3.13",
      architectures: ["arm64"],
      handler: props.handler,
      filename: asset.path,
      sourceCodeHash: code.sha256Base64,
      memorySize: props.memoryMegabytes ?? 128,
      timeout: props.timeoutSeconds ?? 5,
      ...(Object.keys(environment.variables).length > 0 && { environment: { variables: environment.variables } }),
      ...(props.environmentKeyArn !== undefined && { kmsKeyArn: props.environmentKeyArn }),
      ...(props.reservedConcurrency !== undefined && { reservedConcurrentExecutions: props.reservedConcurrency }),
      ...(props.layers && { layers: [...props.layers] }),
      tracingConfig: { mode: props.tracing ? "Active" : "PassThrough" },
      ...(props.asynchronous && { deadLetterConfig: { targetArn: props.asynchronous.deadLetterQueueArn } }),
      dependsOn: [this.logGroup, writesItsLog, ...furtherPermissions],
    });
    skipChecks(this.function, {
      CKV_AWS_117:
        "It calls nothing that lies in a VPC. Inside one it would reach AWS only through endpoints or a NAT gateway, which cost by the hour.",
      CKV_AWS_272:
        "A signature needs a signing profile and a bucket for the packages. What runs is held by its hash, which a plan shows (source_code_hash).",
      ...(!props.asynchronous && { CKV_AWS_116: "The gateway waits for its answer: there is no event that could be lost." }),
    });
    if (props.asynchronous) {
      new LambdaFunctionEventInvokeConfig(this, "asynchronous", {
        functionName: this.function.functionName,
        maximumRetryAttempts: props.asynchronous.retries ?? 2,
        maximumEventAgeInSeconds: props.asynchronous.eventAgeSeconds ?? 21_600,
      });
    }
    this.#permissions = new InvokePermissions(this, this.function, props.name);
  }

  /**
   * Lets the method call this function.
   *
   * @throws UserError when the function is one that runs asynchronously
   */
  integrate({ scope, api, method, route }: IntegratedMethod): void {
    if (this.props.asynchronous) {
      throw new UserError(
        `The route ${route.method} ${route.path} calls the function ${this.props.name}, which is asynchronous: the gateway waits for an answer, ` +
          `so nothing would reach the dead-letter queue. Leave "asynchronous" out, or let another function answer.`,
      );
    }
    new ApiGatewayIntegration(scope, "integration", {
      restApiId: api.id,
      resourceId: method.resourceId,
      httpMethod: method.httpMethod,
      type: "AWS_PROXY",
      integrationHttpMethod: "POST", // how the gateway calls Lambda, whatever the caller's method
      uri: this.function.invokeArn,
    });
    this.#permissions.allow(scope, api, route);
  }
}

/** What the role needs for the options themselves. */
function neededBy({ environmentKeyArn, tracing, asynchronous }: FunctionOptions): RoleStatement[] {
  return [
    environmentKeyArn !== undefined && ({ actions: ["kms:Decrypt"], resources: [environmentKeyArn] } as const),
    tracing &&
      ({
        actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
        resources: ["*"],
        wildcardReason: "X-Ray has no resources that these actions could name.",
      } as const),
    asynchronous && ({ actions: ["sqs:SendMessage"], resources: [asynchronous.deadLetterQueueArn] } as const),
  ].filter((statement) => typeof statement === "object");
}
