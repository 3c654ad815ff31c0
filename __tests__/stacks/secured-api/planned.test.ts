import { rmSync } from "node:fs";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Testing } from "cdktf";
import type { SecuredApiStack } from "../../../stacks/secured-api";
import { quietTools } from "../../../local/cdktf";
import { securedApi } from "../../support/synthesized";
import "../../support/terraform-matchers";

// The matchers run Terraform with this process's environment.
Object.assign(process.env, quietTools(process.env));

const folders: string[] = [];

/** The stack's files, without what asks AWS: the state in S3, and who the credentials belong to. */
function synthesizedWithoutAws(stack: SecuredApiStack): string {
  stack.addOverride("terraform.backend", undefined);
  const provider = stack.node.findAll().find((construct) => construct instanceof AwsProvider)!;
  provider.resetAllowedAccountIds();
  provider.accessKey = "none";
  provider.secretKey = "none";
  provider.skipCredentialsValidation = true;
  provider.skipRequestingAccountId = true;
  provider.skipMetadataApiCheck = "true";
  const folder = Testing.fullSynth(stack);
  folders.push(folder);
  return folder;
}

afterAll(() => {
  folders.forEach((folder) => {
    rmSync(folder, { recursive: true });
  });
});

test("the provider takes the configuration for AWS, and needs no answer of AWS to plan it", () => {
  expect(synthesizedWithoutAws(securedApi())).toPlanSuccessfully();
});

test("the configuration for the emulator, with every setting, is valid", () => {
  const everySetting = securedApi({
    throwAway: true,
    names: { function: "f", api: "a", userPool: "p", authorizer: "z" },
    stage: "v1",
    tokenHeader: "X-Token",
    signIn: { oauthGrant: "code", scopes: ["openid", "email"], domainPrefix: "shop", callbackUrls: ["http://localhost:3000/"] },
    throttling: { requestsPerSecond: 1, burst: 1 },
    tags: { owner: "team" },
    emulator: { port: 4566, loginPagesPort: 4567 },
  });
  expect(synthesizedWithoutAws(everySetting)).toBeValidTerraform();
});
