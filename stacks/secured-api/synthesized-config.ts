import { DefaultTokenResolver, StringConcat, type TerraformResource, TerraformStack, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";

/** A value as Terraform's JSON will have it: tokens become expressions. */
export function resolveTokens(scope: IConstruct, value: unknown): unknown {
  return Tokenization.resolve(value, { scope, resolver: new DefaultTokenResolver(new StringConcat()), preparing: false });
}

/** A resource's configuration as Terraform's JSON will have it, overrides included. */
export function synthesizedConfig(resource: TerraformResource): Readonly<Record<string, unknown>> {
  const json = resolveTokens(TerraformStack.of(resource), resource.toTerraform()) as {
    resource?: Record<string, Record<string, Record<string, unknown>>>;
  };
  return json.resource?.[resource.terraformResourceType]?.[resource.friendlyUniqueId] ?? {};
}
