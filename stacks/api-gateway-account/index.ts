import { ApiGatewayAccount } from "@cdktf/provider-aws/lib/api-gateway-account";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { EnvironmentStack } from "../environment-stack";

/**
 * The role with which API Gateway writes logs, for a whole Region of an account. Access logs and execution logs need it.
 *
 * There is one such setting for each account and Region, and whoever writes it last wins: deploy this stack from one project only, and not
 * where another one has set it already. Destroying it with version 6 of the provider takes the logs of every API in the Region away.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export class ApiGatewayAccountStack extends EnvironmentStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, "api-gateway-account", environment);

    const role = new IamRole(this, "role", {
      name: `api-gateway-logs-${environment.region}`,
      description: "API Gateway writes its access and execution logs",
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "apigateway.amazonaws.com" },
            Action: "sts:AssumeRole",
          },
        ],
      }),
    });
    const policy = new IamRolePolicyAttachment(this, "policy", {
      role: role.name,
      // API Gateway checks for what this policy of AWS's own allows and refuses a role that can do less.
      policyArn: "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
    });
    new ApiGatewayAccount(this, "account", { cloudwatchRoleArn: role.arn, dependsOn: [policy] });
  }
}
