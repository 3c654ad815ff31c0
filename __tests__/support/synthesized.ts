import { App, Testing } from "cdktf";
import type { EnvironmentSettings } from "../../config/environment";
import { loadEnvironments } from "../../config/load-environments";
import { SecuredApiStack } from "../../stacks/secured-api";
import { SETTINGS } from "./settings";

type Config = Record<string, unknown>;

/** A stack's Terraform JSON, as far as the tests look at it. */
export interface TerraformJson {
  readonly terraform: { readonly backend: Record<string, Config>; readonly required_version: string } & Config;
  readonly provider: { readonly aws: readonly Config[] };
  readonly resource: Record<string, Record<string, Config>>;
  readonly output: Record<string, { readonly value: string; readonly description: string }>;
  readonly data?: unknown;
}

/** A secured API of an environment `test` with these settings. */
export function securedApi(settings: Partial<EnvironmentSettings> = {}): SecuredApiStack {
  const { test } = loadEnvironments({ test: { ...SETTINGS, ...settings } });
  return new SecuredApiStack(Testing.stubVersion(new App({ stackTraces: false, outdir: Testing.app().outdir })), test);
}

/** The stack's JSON, after its validations. */
export function synthesized(stack: SecuredApiStack = securedApi()): TerraformJson {
  return JSON.parse(Testing.synth(stack, true)) as TerraformJson;
}

/** The one resource of a type, or the one of those whose name begins so. */
export function only(json: TerraformJson, type: string, begin = ""): Config {
  const found = Object.entries(json.resource[type] ?? {}).filter(([name]) => name.startsWith(begin));
  if (found.length !== 1) {
    throw new Error(`expected one ${type}.${begin}, found ${found.length}`);
  }
  return found[0]![1];
}

/** Scopes of OpenID Connect, without those of resource servers, which have a slash: a team has its own (docs/routes.md). */
export function standardScopes(scopes: unknown): string[] {
  return (scopes as string[]).filter((scope) => !/\/|%2F/.test(scope));
}

/** An address that asks for scopes, as far as these are {@link standardScopes}. */
export function withStandardScopes(address: string): string {
  return address.replace(/(?<=[?&]scope=)[^&]*/, (scopes) => standardScopes(scopes.split("+")).join("+"));
}

/** The stack as far as it is the tutorial's: what watches a team's own functions is left out. */
export function withoutFurtherFunctions(json: TerraformJson): TerraformJson {
  const isOwn = (name: string) => !/^(?!backend-)[\w-]+-function_|^observability_alarms_[\w-]+-function-/.test(name);
  const resource = Object.entries(json.resource).map(([type, all]) => [
    type,
    Object.fromEntries(Object.entries(all).filter(([name]) => isOwn(name))),
  ]);
  return { ...json, resource: Object.fromEntries(resource) as TerraformJson["resource"] };
}

/** The path of a resource of the API, by its name or by a reference to it; the root's is `/`. */
export function pathOf(json: TerraformJson, resource: string): string {
  const name = /^\$\{aws_api_gateway_resource\.([^.]+)\.id\}$/.exec(resource)?.[1] ?? resource;
  const config = json.resource["aws_api_gateway_resource"]?.[name];
  return config ? `${pathOf(json, String(config["parent_id"])).replace(/\/$/, "")}/${String(config["path_part"])}` : "/";
}
