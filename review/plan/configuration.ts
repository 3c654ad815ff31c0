import { isEmpty, type PlannedValue, valueAt } from "./planned-value";
import type { ConfiguredModule, PlanJson } from "./plan-json";

type Expressions = Readonly<Record<string, unknown>>;

/** A reference to another resource, e.g. of `aws_api_gateway_method.get.resource_id` to `aws_api_gateway_resource.orders`, attribute `id`. */
export interface Reference {
  readonly address: string;
  readonly attribute: string;
}

/**
 * What is written in the stack, which a plan carries beside the values.
 *
 * It says what a value will be made of before it is known: the stack is Terraform JSON, in which Terraform keeps the text of an
 * expression (`https://${aws_api_gateway_rest_api.api.id}.execute-api…`). For a stack in HCL it keeps the references only.
 */
export class Configuration {
  readonly #resources = new Map<string, Expressions>();
  /** The providers' settings, as written. */
  readonly providers: readonly { readonly key: string; readonly name: string; readonly settings: Readonly<Record<string, PlannedValue>> }[];

  constructor(json: PlanJson["configuration"]) {
    this.#collect(json.root_module, "");
    this.providers = Object.entries(json.provider_config).map(([key, { name, expressions }]) => ({
      key,
      name,
      settings: Object.fromEntries(Object.entries(expressions ?? {}).map(([setting, expression]) => [setting, writtenText(expression)])),
    }));
  }

  /** The names of the arguments that are written for a resource. */
  argumentsOf(address: string): readonly string[] {
    return Object.keys(this.#expressions(address)).sort();
  }

  /** Whether something is written for an attribute, or for a part of it: `["settings", 0, "logging_level"]`. */
  mentions(address: string, [argument, ...rest]: readonly (string | number)[]): boolean {
    return isMentioned(this.#expressions(address)[String(argument)], rest);
  }

  /** An argument as it is written, references as `${…}`; undefined when it is not, or when only its references are known. */
  written(address: string, argument: string): PlannedValue {
    return writtenText(this.#expressions(address)[argument]);
  }

  /** The first resource that an argument refers to. */
  reference(address: string, argument: string): Reference | undefined {
    return this.references(address, argument)[0];
  }

  /** Every resource that an argument refers to, in the order in which they are written. */
  references(address: string, argument: string): readonly Reference[] {
    const expression = this.#expressions(address)[argument] as { references?: string[] } | undefined;
    const module = /^(?:module\.[^.]+\.)*/.exec(address)?.[0] ?? "";
    // Terraform lists each reference with its attribute, and then without.
    return (expression?.references ?? []).flatMap((text) => {
      const match = /^([a-z][\w-]*\.[\w-]+)(?:\[[^\]]*\])?\.([\w-]+)/.exec(text);
      return match?.[1] && match[2] ? [{ address: `${module}${match[1]}`, attribute: match[2] }] : [];
    });
  }

  #expressions(address: string): Expressions {
    return this.#resources.get(withoutKeys(address)) ?? {};
  }

  #collect({ resources = [], module_calls = {} }: ConfiguredModule, prefix: string): void {
    for (const { address, expressions } of resources) {
      this.#resources.set(`${prefix}${address}`, expressions ?? {});
    }
    for (const [name, { module }] of Object.entries(module_calls)) {
      if (module) {
        this.#collect(module, `${prefix}module.${name}.`);
      }
    }
  }
}

/** `module.a["x"].aws_s3_bucket.b[0]` is written once, as `module.a.aws_s3_bucket.b`. */
function withoutKeys(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, "");
}

function isMentioned(expression: unknown, path: readonly (string | number)[]): boolean {
  if (typeof expression !== "object" || expression === null) {
    return false;
  }
  if ("constant_value" in expression) {
    return valueAt(expression.constant_value as PlannedValue, path) !== undefined;
  }
  const [key, ...rest] = path;
  return "references" in expression || key === undefined || isMentioned((expression as Record<string | number, unknown>)[key], rest);
}

function writtenText(expression: unknown): PlannedValue {
  if (Array.isArray(expression)) {
    return expression.map(writtenText);
  }
  if (typeof expression !== "object" || expression === null) {
    return undefined;
  }
  if ("constant_value" in expression) {
    return expression.constant_value as PlannedValue;
  }
  if ("references" in expression) {
    return undefined;
  }
  const block = Object.fromEntries(Object.entries(expression).map(([key, inner]) => [key, writtenText(inner)]));
  return isEmpty(block) ? undefined : block;
}
