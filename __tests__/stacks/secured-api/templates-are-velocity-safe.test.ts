import { ApiGatewayIntegrationResponse } from "@cdktf/provider-aws/lib/api-gateway-integration-response";
import { TerraformResource } from "cdktf";
import { UserError } from "../../../config/user-error";
import { TemplatesAreVelocitySafe } from "../../../stacks/secured-api/templates-are-velocity-safe";
import { ApiStack } from "../../support/api-stack";

function response(template: string): ApiGatewayIntegrationResponse {
  return new ApiGatewayIntegrationResponse(new ApiStack(), "response", {
    ...{ restApiId: "api", resourceId: "resource", httpMethod: "GET", statusCode: "200" },
    responseTemplates: { "application/json": template },
  });
}

test.each<[template: string, sign: string, place: string]>([
  ["<style>p { color: #fff }</style>", "#", "<style>p { color: #fff }</style>"],
  ["costs 5 $", "$", "costs 5 $"],
  ["a long text before the sign, #set it is", "#", "xt before the sign, #set it is"],
  ["${aws_a.b.id} and $input", "$", " and $input"],
  ["$${literal}", "$", "$${literal}"],
])("the template %j is refused", (template, sign, place) => {
  expect(() => {
    new TemplatesAreVelocitySafe().visit(response(template));
  }).toThrow(
    new UserError(
      `test/response: response_templates for application/json has "${sign}" in ${JSON.stringify(place)}, which API Gateway would read as Velocity. ` +
        `Write it in another way, e.g. rgb(0 0 0) for a colour, or let a function answer.`,
    ),
  );
});

test.each(["", "<p>Signed in</p>", '{"id":"${aws_a.b.id}"}', '${urlencode("${aws_a.b.id}/{x}")} and {"a":{}}'])(
  "the template %j is taken",
  (template) => {
    expect(() => {
      new TemplatesAreVelocitySafe().visit(response(template));
    }).not.toThrow();
  },
);

test("a request template is looked at too, also one of a plain resource", () => {
  const integration = new TerraformResource(new ApiStack(), "integration", { terraformResourceType: "aws_api_gateway_integration" });
  integration.addOverride("request_templates", { "application/json": "#set" });
  expect(() => {
    new TemplatesAreVelocitySafe().visit(integration);
  }).toThrow('test/integration: request_templates for application/json has "#"');
});
