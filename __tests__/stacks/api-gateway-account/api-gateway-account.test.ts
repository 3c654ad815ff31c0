import { App, Testing } from "cdktf";
import { loadEnvironments } from "../../../config/load-environments";
import { ApiGatewayAccountStack } from "../../../stacks/api-gateway-account";
import { SETTINGS } from "../../support/settings";
import { only, type TerraformJson } from "../../support/synthesized";

const { test: environment } = loadEnvironments({ test: SETTINGS });
const stack = new ApiGatewayAccountStack(Testing.stubVersion(new App({ stackTraces: false, outdir: Testing.app().outdir })), environment);
const json = JSON.parse(Testing.synth(stack, true)) as TerraformJson;

test("API Gateway alone may take the role, and does with it what AWS's own policy for its logs allows", () => {
  const role = only(json, "aws_iam_role");
  expect(JSON.parse(role["assume_role_policy"] as string)).toEqual({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "apigateway.amazonaws.com" }, Action: "sts:AssumeRole" }],
  });
  expect(only(json, "aws_iam_role_policy_attachment")).toMatchObject({
    role: expect.stringMatching(/^\$\{aws_iam_role\.\w+\.name\}$/) as unknown,
    policy_arn: "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
  });
});

test("the role is set for the Region only once the policy is attached, without which API Gateway refuses it", () => {
  expect(only(json, "aws_api_gateway_account")).toMatchObject({
    cloudwatch_role_arn: expect.stringMatching(/^\$\{aws_iam_role\.\w+\.arn\}$/) as unknown,
    depends_on: [expect.stringMatching(/^aws_iam_role_policy_attachment\./)],
  });
});
