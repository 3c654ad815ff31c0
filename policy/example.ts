/** An environment in which everything optional is on: what the environments leave out is held to the policy all the same. */
import type { App } from "cdktf";
import type { EnvironmentSettings } from "../config/environment";
import { loadEnvironments } from "../config/load-environments";
import { ApiGatewayAccountStack } from "../stacks/api-gateway-account";
import { GithubAccessStack } from "../stacks/github-access";
import { SecuredApiStack, secret } from "../stacks/secured-api";
import { StateBackendStack } from "../stacks/state-backend";

const ACCOUNT = "333333333333";
const REGION = "eu-central-1";
const DATABASE_KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/01234567-89ab-cdef-0123-456789abcdef`;
const REMINDERS = `arn:aws:sqs:${REGION}:${ACCOUNT}:reminders`;
const certificate = (region: string) => `arn:aws:acm:${region}:${ACCOUNT}:certificate/01234567-89ab-cdef-0123-456789abcdef`;

const SETTINGS: EnvironmentSettings = {
  account: ACCOUNT,
  region: REGION,
  signIn: { oauthGrant: "code" },
  users: {
    mfa: "ON",
    tier: "PLUS",
    threatProtection: "ENFORCED",
    emailSender: { from: "no-reply@example.com", identityArn: `arn:aws:ses:${REGION}:${ACCOUNT}:identity/example.com` },
    groups: ["operators"],
  },
  allowedOrigin: "https://app.example.com",
  firewall: {},
  customDomains: {
    api: { name: "api.example.com", certificateArn: certificate(REGION) },
    loginPages: { name: "login.example.com", certificateArn: certificate("us-east-1") },
  },
  observability: {
    accessLog: true,
    executionLog: "ERROR",
    tracing: true,
    alarms: true,
    alarmEmails: ["operator@example.com"],
    dashboard: true,
    encryptLogs: true,
  },
  logRetentionDays: 365,
  github: {
    planSubjects: ["repo:octo-org/octo-repo:pull_request"],
    deploySubjects: ["repo:octo-org/octo-repo:environment:example"],
    functionBoundary: [
      { actions: ["ssm:GetParameter"], resources: [`arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/orders/*`] },
      { actions: ["kms:Decrypt"], resources: [DATABASE_KEY] },
      { actions: ["sqs:SendMessage"], resources: [REMINDERS] },
    ],
  },
  stateBucket: { accessLogBucket: "example-access-logs" },
};

/** The stacks of the environment, with a route, functions and a scope that are added to those of the stack, under names that it will not have. */
export function exampleStacks(app: App): void {
  const { example } = loadEnvironments({ example: SETTINGS });
  new StateBackendStack(app, example);
  new ApiGatewayAccountStack(app, example);
  new GithubAccessStack(app, example);
  const stack = new SecuredApiStack(app, example);

  const { write } = stack.users.addResourceServer({ identifier: "example-orders", scopes: { write: "Change orders" } }).scopes;
  const shared = { sourceFolder: "lambda-src", handler: "handler.lambda_handler" };
  const orders = stack.addFunction("example-orders", {
    ...shared,
    environment: { DATABASE: secret({ ssmParameter: "/orders/db" }) },
    environmentKeyArn: DATABASE_KEY,
    reservedConcurrency: 10,
    tracing: true,
  });
  stack.api.addRoute({
    method: "POST",
    path: "/example-orders",
    target: orders,
    scopes: [write],
    validate: { body: { name: "Order", schema: { type: "object", required: ["item"], properties: { item: { type: "string" } } } } },
  });
  stack.addFunction("example-reminders", {
    ...shared,
    asynchronous: { deadLetterQueueArn: REMINDERS },
  });
}
