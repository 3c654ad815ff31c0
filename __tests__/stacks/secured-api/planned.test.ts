/** What the AWS provider says to the configuration: its plan needs no answer of AWS. */
import path from "node:path";
import { App } from "cdktf";
import type { EnvironmentSettings } from "../../../config/environment";
import { loadEnvironments } from "../../../config/load-environments";
import { copyForOfflinePlan, offlinePlan } from "../../../local/offline-plan";
import { SecuredApiStack } from "../../../stacks/secured-api";
import { ShopApiStack } from "../../emulator/fixtures/shop-api";
import { EVERYTHING_ON } from "../../support/everything-on";
import { SETTINGS } from "../../support/settings";
import { temporaryFolder } from "../../support/temporary-folder";

/** All that the emulator can have. */
const EVERY_SETTING: Required<Omit<EnvironmentSettings, "customDomains" | "stateBucket">> = {
  ...SETTINGS,
  ...EVERYTHING_ON,
  throwAway: true,
  names: { function: "f", api: "a", userPool: "p", authorizer: "z" },
  stage: "v1",
  tokenHeader: "X-Token",
  signIn: { oauthGrant: "code", scopes: ["openid", "email"], domainPrefix: "shop", callbackUrls: ["http://localhost:3000/"] },
  allowedOrigin: "https://shop.example.com",
  binaryMediaTypes: ["image/png"],
  resourceQuota: 100,
  throttling: { requestsPerSecond: 1, burst: 4 },
  logRetentionDays: 365,
  github: {
    planSubjects: ["repo:octo-org/octo-repo:pull_request"],
    deploySubjects: ["repo:octo-org/octo-repo:environment:shop"],
    functionBoundary: [
      { actions: ["ssm:GetParameter"], resources: ["arn:aws:ssm:eu-central-1:111111111111:parameter/shop/*"] },
      { actions: ["secretsmanager:GetSecretValue"], resources: ["arn:aws:secretsmanager:eu-central-1:111111111111:secret:shop/*"] },
      { actions: ["dynamodb:GetItem", "dynamodb:PutItem"], resources: ["arn:aws:dynamodb:eu-central-1:111111111111:table/orders"] },
      { actions: ["kms:Decrypt"], resources: ["arn:aws:kms:eu-central-1:111111111111:key/*"] },
      { actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:eu-central-1:111111111111:reminders"] },
    ],
  },
  tags: { owner: "team" },
  emulator: { port: 4566, loginPagesPort: 4567 },
};

test.each<[what: string, Stack: typeof SecuredApiStack, settings: EnvironmentSettings]>([
  ["the configuration for AWS", SecuredApiStack, SETTINGS],
  ["that for the emulator, with every setting, further functions and their routes", ShopApiStack, EVERY_SETTING],
])("the provider plans %s", async (_, Stack, settings) => {
  const { test } = loadEnvironments({ test: settings });
  const app = new App({ outdir: temporaryFolder(), stackTraces: false });
  const stack = new Stack(app, test);
  app.synth();
  const planned = temporaryFolder();
  copyForOfflinePlan(path.join(app.outdir, "stacks", stack.node.id), planned);

  const { resource_changes } = JSON.parse(await offlinePlan(planned, new AbortController().signal)) as {
    resource_changes: { change: { actions: string[] } }[];
  };
  expect(new Set(resource_changes.map(({ change }) => change.actions.join()))).toEqual(new Set(["create"]));
});
