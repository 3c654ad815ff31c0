import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { ApiGatewayIntegrationResponse } from "@cdktf/provider-aws/lib/api-gateway-integration-response";
import { type IAspect, TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";
import { UserError } from "../../config/user-error";
import { synthesizedConfig } from "./synthesized-config";

/**
 * Stops synth when a mapping template has a character that API Gateway would read as Velocity: `#` begins a directive, `$` a variable.
 *
 * The project's templates are fixed texts. One that Velocity changed would answer something else than what is written, or 500, and only
 * when it is called.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings.html
 */
export class TemplatesAreVelocitySafe implements IAspect {
  visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node)) {
      return;
    }
    switch (node.terraformResourceType) {
      case ApiGatewayIntegration.tfResourceType:
        refuseVelocity(node, "request_templates");
        break;
      case ApiGatewayIntegrationResponse.tfResourceType:
        refuseVelocity(node, "response_templates");
    }
  }
}

function refuseVelocity(resource: TerraformResource, argument: string): void {
  const templates = (synthesizedConfig(resource)[argument] ?? {}) as Readonly<Record<string, string>>;
  for (const [type, template] of Object.entries(templates)) {
    const at = withoutExpressions(template).search(/[#$]/);
    if (at >= 0) {
      const place = withoutExpressions(template).slice(Math.max(0, at - 20), at + 20);
      throw new UserError(
        `${resource.node.path}: ${argument} for ${type} has ${JSON.stringify(place[Math.min(at, 20)])} in ${JSON.stringify(place)}, which API ` +
          `Gateway would read as Velocity. Write it in another way, e.g. rgb(0 0 0) for a colour, or let a function answer.`,
      );
    }
  }
}

/** A text without Terraform's own expressions, which are values by the time that API Gateway sees it. */
function withoutExpressions(text: string): string {
  let rest = text;
  for (let start = beginning(rest); start >= 0; start = beginning(rest)) {
    let depth = 0;
    let end = start + 1;
    do {
      depth += rest[end] === "{" ? 1 : rest[end] === "}" ? -1 : 0;
      end += 1;
    } while (depth > 0 && end < rest.length);
    rest = rest.slice(0, start) + rest.slice(end);
  }
  return rest;
}

/** Where the first expression begins: `$${` is not one, but Terraform's way to write the text `${`. */
function beginning(text: string): number {
  return text.search(/(?<!\$)\$\{/);
}
