/** Plans made by hand: a few resources in Terraform's JSON, for what the plans of the provider (fixtures/plans) show in too many words or not at all. */
import { parsePlan, type Plan, readPlan } from "../../review";

type Config = Readonly<Record<string, unknown>>;

/** A resource in a plan. It is created when nothing else is said. */
export interface SmallResource {
  readonly address: string;
  /** Default: `managed`. */
  readonly mode?: "managed" | "data";
  /** Default: what follows from `before` and `after`. */
  readonly actions?: readonly string[];
  /** Nothing for what does not exist yet. */
  readonly before?: Config;
  /** null for what Terraform will manage no longer. Default: `{}`. */
  readonly after?: Config | null;
  /** What is known only after the apply, each attribute true. */
  readonly unknown?: Config;
  readonly sensitive?: Config;
  /** The arguments as they are written in the stack. Default: `after`. */
  readonly written?: Config;
}

interface SmallPlan {
  readonly errored?: boolean;
  /** Default: true. */
  readonly complete?: boolean;
  /** The settings of the AWS provider. Default: those of prod. */
  readonly provider?: Config;
}

export const PROD = { account: "222222222222", region: "eu-central-1" };

export function smallPlan(resources: readonly SmallResource[], { errored = false, complete = true, provider }: SmallPlan = {}): Plan {
  const json = {
    format_version: "1.2",
    terraform_version: "1.11.4",
    errored,
    complete,
    resource_changes: resources.map(changeOf),
    configuration: {
      provider_config: {
        aws: { name: "aws", expressions: expressionsOf(provider ?? { region: PROD.region, allowed_account_ids: [PROD.account] }) },
        random: { name: "random" },
      },
      root_module: {
        resources: resources.map(({ address, after, written }) => ({ address, expressions: expressionsOf(written ?? after ?? {}) })),
      },
    },
  };
  return readPlan(parsePlan(JSON.stringify(json), "the plan"));
}

function changeOf({ address, mode = "managed", actions, before, after = {}, unknown = {}, sensitive = {} }: SmallResource) {
  const follows = after === null ? "delete" : before === undefined ? "create" : "update";
  return {
    address,
    mode,
    type: address.split(".")[0],
    change: {
      actions: actions ?? [follows],
      before: before ?? null,
      after,
      after_unknown: unknown,
      before_sensitive: sensitive,
      after_sensitive: sensitive,
    },
  };
}

/** As Terraform writes the configuration of a stack in JSON: the text, and beside it what it refers to, with and without its attribute. */
function expressionsOf(written: Config): Config {
  return Object.fromEntries(
    Object.entries(written).map(([argument, value]) => {
      const references = [...JSON.stringify(value).matchAll(/\$\{((\w+\.[\w-]+)\.[\w-]+)\}/g)].flatMap(([, whole, resource]) => [
        whole,
        resource,
      ]);
      return [argument, { constant_value: value, ...(references.length > 0 && { references }) }];
    }),
  );
}
