/** The same API with the AWS Solutions Constructs pattern on AWS CDK: the tutorial's route, and ROUTES routes beside it. */
import path from "node:path";
import { CognitoToApiGatewayToLambda } from "@aws-solutions-constructs/aws-cognito-apigateway-lambda";
import { App, Stack } from "aws-cdk-lib";
import { LambdaIntegration } from "aws-cdk-lib/aws-apigateway";
import { OAuthScope } from "aws-cdk-lib/aws-cognito";
import { Architecture, Code, Runtime } from "aws-cdk-lib/aws-lambda";
import { benchRoutes, SCOPE } from "../routes";

// CloudFormation takes 500 resources a stack, and AWS CDK refuses more: the limit is lifted to measure, what comes out cannot be deployed.
const app = new App({ context: { "@aws-cdk/core:stackResourceLimit": 0 } });
const stack = new Stack(app, "secured-api", { env: { account: "111111111111", region: "eu-central-1" } });

const pattern = new CognitoToApiGatewayToLambda(stack, "pattern", {
  lambdaFunctionProps: {
    functionName: "testing",
    runtime: Runtime.PYTHON_3_13,
    architecture: Architecture.ARM_64,
    handler: "handler.lambda_handler",
    code: Code.fromAsset(path.resolve(__dirname, "../../lambda-src")),
  },
  apiGatewayProps: { restApiName: "cognito-integration-demo", proxy: false },
  cognitoUserPoolProps: { userPoolName: "testdemo", signInAliases: { email: true } },
  cognitoUserPoolClientProps: { oAuth: { flows: { implicitCodeGrant: true }, scopes: [OAuthScope.OPENID, OAuthScope.EMAIL] } },
});
pattern.userPool.addDomain("domain", { cognitoDomain: { domainPrefix: "testdemo-111111111111" } });

const backend = new LambdaIntegration(pattern.lambdaFunction);
pattern.apiGateway.root.addMethod("GET", backend, { authorizationScopes: [SCOPE] });
for (const route of benchRoutes(Number(process.env["ROUTES"] ?? 0))) {
  const resource = pattern.apiGateway.root.resourceForPath(route.path);
  resource.addMethod(route.method, backend, { authorizationScopes: [SCOPE] });
}
pattern.addAuthorizers();
app.synth();
