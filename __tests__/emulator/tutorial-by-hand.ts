/** What following the tutorial in the AWS console leaves in an account, made by the calls that its clicks make. */
import {
  type APIGatewayClient,
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateRestApiCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
} from "@aws-sdk/client-api-gateway";
import { type CloudWatchLogsClient, CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  type CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { CreateRoleCommand, type IAMClient } from "@aws-sdk/client-iam";
import { AddPermissionCommand, CreateFunctionCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { strToU8, zipSync } from "fflate";

export interface Clients {
  readonly apiGateway: APIGatewayClient;
  readonly cognito: CognitoIdentityProviderClient;
  readonly iam: IAMClient;
  readonly lambda: LambdaClient;
  readonly logs: CloudWatchLogsClient;
}

export interface TutorialByHand {
  readonly restApiId: string;
  readonly authorizerId: string;
  readonly userPoolId: string;
  readonly clientId: string;
  readonly roleName: string;
  readonly domainPrefix: string;
  /** Where the browser comes back to: all that the tutorial's client allows. */
  readonly callbackUrl: string;
}

const REGION = "eu-central-1";
const ACCOUNT = "000000000000";
const CODE = "import json\n\ndef lambda_handler(event, context):\n    return {'statusCode': 200, 'body': json.dumps('Made by hand')}\n";

export async function followTutorial(clients: Clients): Promise<TutorialByHand> {
  const { functionArn, roleName } = await makeFunction(clients);
  const { userPoolId, userPoolArn } = await makeUserPool(clients);
  const domainPrefix = "made-by-hand";
  await clients.cognito.send(new CreateUserPoolDomainCommand({ Domain: domainPrefix, UserPoolId: userPoolId }));
  const { restApiId, authorizerId } = await makeApi(clients, functionArn, userPoolArn);

  const callbackUrl = `https://${restApiId}.execute-api.${REGION}.amazonaws.com/demo`;
  const { UserPoolClient } = await clients.cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId: userPoolId,
      ClientName: "testdemo",
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["implicit"],
      AllowedOAuthScopes: ["email", "openid"],
      CallbackURLs: [callbackUrl],
      SupportedIdentityProviders: ["COGNITO"],
      ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH"],
      PreventUserExistenceErrors: "ENABLED",
    }),
  );
  return { restApiId, authorizerId, userPoolId, clientId: UserPoolClient!.ClientId!, roleName, domainPrefix, callbackUrl };
}

async function makeFunction({ iam, lambda, logs }: Clients): Promise<{ functionArn: string; roleName: string }> {
  const roleName = "testing-role-1a2b3c4d"; // the console's own choice
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: roleName,
      Path: "/service-role/",
      AssumeRolePolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
      }),
    }),
  );
  const { FunctionArn } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: "testing",
      Role: Role!.Arn,
      Runtime: "python3.13",
      Handler: "lambda_function.lambda_handler",
      Code: { ZipFile: zipSync({ "lambda_function.py": strToU8(CODE) }) },
    }),
  );
  await logs.send(new CreateLogGroupCommand({ logGroupName: "/aws/lambda/testing" })); // Lambda does it at the first call
  return { functionArn: FunctionArn!, roleName };
}

/** Sign-in by e-mail address, the rest as the console proposes it. */
async function makeUserPool({ cognito }: Clients): Promise<{ userPoolId: string; userPoolArn: string }> {
  const { UserPool } = await cognito.send(
    new CreateUserPoolCommand({
      PoolName: "testdemo",
      UsernameAttributes: ["email"],
      UsernameConfiguration: { CaseSensitive: false },
      AutoVerifiedAttributes: ["email"],
      Schema: [{ Name: "email", Required: true, Mutable: true }],
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "verified_email", Priority: 1 }] },
      Policies: {
        PasswordPolicy: { MinimumLength: 8, RequireLowercase: true, RequireUppercase: true, RequireNumbers: true, RequireSymbols: true },
      },
      DeletionProtection: "ACTIVE",
    }),
  );
  return { userPoolId: UserPool!.Id!, userPoolArn: UserPool!.Arn! };
}

async function makeApi({ apiGateway, lambda }: Clients, functionArn: string, userPoolArn: string) {
  const api = await apiGateway.send(
    new CreateRestApiCommand({ name: "cognito-integration-demo", endpointConfiguration: { types: ["REGIONAL"] } }),
  );
  const restApiId = api.id!;
  const { items } = await apiGateway.send(new GetResourcesCommand({ restApiId }));
  const { id: authorizerId } = await apiGateway.send(
    new CreateAuthorizerCommand({
      restApiId,
      name: "Authorizerdemo",
      type: "COGNITO_USER_POOLS",
      providerARNs: [userPoolArn],
      identitySource: "method.request.header.Token",
    }),
  );
  const method = { restApiId, resourceId: items!.find(({ path }) => path === "/")!.id, httpMethod: "GET" };
  await apiGateway.send(
    new PutMethodCommand({ ...method, authorizationType: "COGNITO_USER_POOLS", authorizerId, authorizationScopes: ["email"] }),
  );
  await apiGateway.send(
    new PutIntegrationCommand({
      ...method,
      type: "AWS_PROXY",
      integrationHttpMethod: "POST",
      uri: `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
    }),
  );
  await apiGateway.send(new PutMethodResponseCommand({ ...method, statusCode: "200", responseModels: { "application/json": "Empty" } }));
  await lambda.send(
    new AddPermissionCommand({
      FunctionName: "testing",
      StatementId: "9f1c7d3e-5b7a-4b0e-8a53-2f8a6c1f0d11",
      Action: "lambda:InvokeFunction",
      Principal: "apigateway.amazonaws.com",
      SourceArn: `arn:aws:execute-api:${REGION}:${ACCOUNT}:${restApiId}/*/GET/`,
    }),
  );
  await apiGateway.send(new CreateDeploymentCommand({ restApiId, stageName: "demo" }));
  return { restApiId, authorizerId: authorizerId! };
}
