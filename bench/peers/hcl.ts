/** Terraform's JSON written in its native syntax (HCL). */
import { isJsonObject } from "../../config/json-object";
import type { StackJson } from "./synthesized-stacks";

type Config = Readonly<Record<string, unknown>>;

/** Arguments whose value is a map. Every other object is a nested block. */
const MAPS = new Set([
  "tags",
  "triggers",
  "variables",
  "request_models",
  "request_parameters",
  "request_templates",
  "response_models",
  "response_parameters",
  "response_templates",
]);

/** Arguments that take addresses, not values. */
const ADDRESSES = new Set(["depends_on", "ignore_changes", "replace_triggered_by"]);

/** @see https://developer.hashicorp.com/terraform/language/syntax/json for what each part of the JSON means */
export function hcl({ terraform, provider, resource, output }: StackJson): string {
  const { required_providers, backend = {}, ...settings } = terraform;
  return [
    block("terraform", settings, [
      ...Object.entries(backend).map(([name, config]) => block(`backend ${quoted(name)}`, config)),
      ["required_providers {", ...Object.entries(required_providers).map(([name, source]) => `${name} = ${value(source)}`), "}"].join("\n"),
    ]),
    ...Object.entries(provider).flatMap(([name, configs]) => configs.map((config) => block(`provider ${quoted(name)}`, config))),
    ...Object.entries(resource).flatMap(([type, all]) =>
      Object.entries(all).map(([name, config]) => block(`resource ${quoted(type)} ${quoted(name)}`, config)),
    ),
    ...Object.entries(output).map(([name, config]) => block(`output ${quoted(name)}`, config)),
  ].join("\n\n");
}

function block(header: string, config: Config, inner: readonly string[] = []): string {
  const lines = Object.entries(config)
    .filter(([name]) => name !== "//")
    .flatMap(([name, content]) => argument(name, content));
  return [`${header} {`, ...lines, ...inner, "}"].join("\n");
}

function argument(name: string, content: unknown): string[] {
  if (ADDRESSES.has(name)) {
    return [`${name} = [${(content as string[]).join(", ")}]`];
  }
  if (Array.isArray(content) && content.length > 0 && content.every(isJsonObject)) {
    return content.map((config) => block(name, config));
  }
  return [isJsonObject(content) && !MAPS.has(name) ? block(name, content) : `${name} = ${value(content)}`];
}

function value(content: unknown): string {
  if (Array.isArray(content)) {
    return `[${content.map(value).join(", ")}]`;
  }
  if (isJsonObject(content)) {
    return `{\n${Object.entries(content)
      .map(([name, entry]) => `${quoted(name)} = ${value(entry)}`)
      .join("\n")}\n}`;
  }
  return typeof content === "string" ? quoted(content) : JSON.stringify(content);
}

/** Both syntaxes read `${…}` in a string as a template. Quotes in there are the expression's own, which only the JSON around it escaped. */
function quoted(text: string): string {
  let written = "";
  let depth = 0; // of braces, from the `${` on
  for (const [token] of text.matchAll(/\$\$\{|\$\{|[^]/g)) {
    depth += token === "${" || (depth > 0 && token === "{") ? 1 : depth > 0 && token === "}" ? -1 : 0;
    written += depth > 0 || token === "}" ? token : JSON.stringify(token).slice(1, -1);
  }
  return `"${written}"`;
}
