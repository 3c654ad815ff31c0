/** Turns the settings into environments, or stops with one line a fault. */
import { z } from "zod";
import { type Environment, type EnvironmentSettings, environmentSchema } from "./environment";
import { UserError } from "./user-error";

const FILE = "config/environments.ts";

/** An environment's name ends up in stack names, state keys and tags. */
const NAME = /^[a-z][a-z0-9-]{0,19}$/;

type Environments<Names extends string> = { readonly [Name in Names]: Environment };

/**
 * Checks the settings of all environments.
 *
 * @throws UserError with one line a fault, each naming the field, the value, the rule and the way out. No environment comes out of a
 * call that found a fault in any of them.
 */
export function loadEnvironments<Names extends string>(settings: Record<Names, EnvironmentSettings>): Environments<Names> {
  const faults: string[] = [];
  const environments: Environment[] = [];

  for (const [name, values] of Object.entries(settings)) {
    if (!NAME.test(name)) {
      faults.push(`${FILE}: the environment's name "${name}" must be 1 to 20 lower-case letters, digits and hyphens, a letter first.`);
    }
    const result = environmentSchema.safeParse(values);
    if (result.success) {
      environments.push({ name, ...result.data });
    } else {
      faults.push(...result.error.issues.flatMap((issue) => describe(issue, name, values)));
    }
  }
  faults.push(...collisions(environments), ...nestedFunctionNames(environments));

  if (faults.length > 0) {
    throw new UserError(faults.join("\n"));
  }
  return Object.fromEntries(environments.map((environment) => [environment.name, environment])) as Environments<Names>;
}

function describe(issue: z.core.$ZodIssue, environment: string, settings: unknown): string[] {
  const field = [environment, ...issue.path].join(".");
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => `${FILE}: ${field}.${key} is not a setting. Remove it, or see the table of settings in README.md.`);
  }
  const value = issue.path.reduce<unknown>((parent, key) => (parent as Record<PropertyKey, unknown> | undefined)?.[key], settings);
  if (value === undefined) {
    return [`${FILE}: ${field} is missing: ${rule(issue)}.`];
  }
  // JSON has no NaN, which is what a number made from a wrong environment variable is.
  const shown = typeof value === "number" ? String(value) : JSON.stringify(value);
  return [`${FILE}: ${field} is ${shown}: ${rule(issue)}.`];
}

/** The rule that an issue says was broken: the schema's own words where it has some, else words for zod's codes. */
function rule(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.message.startsWith("Invalid input") ? `it must be ${article(issue.expected)}` : issue.message;
    case "invalid_value":
      return issue.message.startsWith("Invalid") ? `it must be one of ${issue.values.join(", ")}` : issue.message;
    case "too_small":
      return issue.message.startsWith("Too small") ? `it must be at least ${issue.minimum}` : issue.message;
    case "too_big":
      return issue.message.startsWith("Too big") ? `it must be at most ${issue.maximum}` : issue.message;
    default:
      return issue.message;
  }
}

function article(type: string): string {
  return type === "int" ? "a whole number" : `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`;
}

/**
 * Further functions are named after the first, with a hyphen between, and the roles of GitHub Actions reach all that are named so. No other
 * environment's function may be among them.
 */
function nestedFunctionNames(environments: readonly Environment[]): string[] {
  return environments.flatMap((inner) =>
    environments
      .filter(
        (outer) =>
          outer.account === inner.account && outer.region === inner.region && inner.names.function.startsWith(`${outer.names.function}-`),
      )
      .map(
        (outer) =>
          `${FILE}: ${inner.name}.names.function is "${inner.names.function}": the further functions of ${outer.name} in the same account and ` +
          `Region begin with "${outer.names.function}-" too. Give one of them another name, account or Region.`,
      ),
  );
}

/** Names that two environments share where AWS takes each once, which would make them fight over one resource. */
function collisions(environments: readonly Environment[]): string[] {
  const faults: string[] = [];
  const owners = new Map<string, string>();
  for (const environment of environments) {
    const { account, region, names, signIn, emulator, github } = environment;
    if (github?.oidcProvider === "create") {
      const owner = owners.get(`${account} github`);
      if (owner) {
        faults.push(
          `${FILE}: ${environment.name}.github.oidcProvider is "create": ${owner} in the same account makes it already. ` +
            `Set it to "existing".`,
        );
      } else {
        owners.set(`${account} github`, environment.name);
      }
    }
    const inAccount = { place: `${account} ${region}`, where: "the same account and Region", wayOut: "another name, account or Region" };
    // A domain is unique in its Region over all accounts.
    const inRegion = { place: region, where: "the same Region", wayOut: "another name or Region" };
    const claims = [
      { field: "names.function", value: names.function, ...inAccount },
      { field: "names.api", value: names.api, ...inAccount },
      { field: "names.userPool", value: names.userPool, ...inAccount },
      { field: "signIn.domainPrefix", value: emulator ? undefined : signIn.domainPrefix, ...inRegion },
    ];
    for (const { field, value, place, where, wayOut } of claims) {
      if (value === undefined) {
        continue;
      }
      const claim = [place, field, value].join(" ");
      const owner = owners.get(claim);
      if (owner) {
        faults.push(
          `${FILE}: ${environment.name}.${field} is "${value}": ${owner} in ${where} has that name already. Give one of them ${wayOut}.`,
        );
      } else {
        owners.set(claim, environment.name);
      }
    }
  }
  return faults;
}
