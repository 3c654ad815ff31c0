import { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import type { EnvironmentContext } from "../environment-context";

/** The services of an environment's account that are searched. They are only read. */
export class Account {
  readonly apiGateway: APIGatewayClient;
  readonly cognito: CognitoIdentityProviderClient;
  readonly iam: IAMClient;
  readonly lambda: LambdaClient;
  readonly logs: CloudWatchLogsClient;
  readonly id: string;
  readonly region: string;

  constructor({ client, environment }: EnvironmentContext) {
    this.id = environment.account;
    this.region = environment.region;
    this.apiGateway = new APIGatewayClient(client);
    this.cognito = new CognitoIdentityProviderClient(client);
    this.iam = new IAMClient(client);
    this.lambda = new LambdaClient(client);
    this.logs = new CloudWatchLogsClient(client);
  }

  /** The ARN of something of this account and Region. */
  arn(service: string, name: string): string {
    const partition = this.region.startsWith("cn-") ? "aws-cn" : this.region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    return `arn:${partition}:${service}:${this.region}:${this.id}:${name}`;
  }

  destroy(): void {
    for (const client of [this.apiGateway, this.cognito, this.iam, this.lambda, this.logs]) {
      client.destroy();
    }
  }
}
