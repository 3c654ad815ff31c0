import type { Environment } from "../../config/environment";
import { hasSensitive, isList, type PlannedValue, stringsIn } from "../plan/planned-value";
import { text } from "../text";
import { type Breach, type Judged, remaining, type Rule } from "./rule";

/** Region and account of an ARN, wherever in a text it stands. What is no account id, such as an ARN's `aws` or `lambda`, is AWS's own. */
const ARN = /\barn:[a-z-]+:[a-z0-9-]+:(?<region>[a-z0-9-]*):(?<account>\d{12})?:?/g;

/** An account that stands alone, as the principal of a permission or of a statement in a policy's JSON. */
const ACCOUNT = /(?<=^|")\d{12}(?=$|\\?")/g;

export const noOtherAccountOrRegion: Rule = {
  name: "no-other-account-or-region",
  reason: "An environment lives in one account and Region; whatever names another one mixes environments up, or opens one to strangers.",
  remedy: "Take `account` and `region` from the environment; the provider's come from EnvironmentStack.",
  check: (judged) => [...providers(judged), ...arns(judged)],
};

function providers({ plan, environment: { account, region, emulator } }: Judged): Breach[] {
  return plan.configuration.providers
    .filter(({ name }) => name === "aws")
    .flatMap(({ key, settings }): Breach[] => {
      const address = `provider.${key}`;
      const accounts: PlannedValue = settings["allowed_account_ids"];
      const isHeld = isList(accounts) && accounts.length === 1 && accounts[0] === account;
      return [
        ...(settings["region"] === region
          ? []
          : [{ address, what: text`${address} works in Region ${settings["region"]}, not in ${region}` }]),
        // The emulator has one account, and its credentials are made up for one run.
        ...(isHeld || (emulator && accounts === undefined)
          ? []
          : [{ address, what: text`${address} takes credentials of accounts ${accounts}, not only of ${account}` }]),
      ];
    });
}

function arns({ plan, environment }: Judged): Breach[] {
  return remaining(plan).flatMap(({ address, after }) => {
    const { configuration } = plan;
    const written = configuration
      .argumentsOf(address)
      .filter((argument) => !hasSensitive(after?.[argument]))
      .map((argument) => configuration.written(address, argument));
    const strangers = [
      ...new Set([...stringsIn(after), ...written.flatMap(stringsIn)].flatMap((value) => strangersIn(value, environment))),
    ].sort();
    return strangers.map((stranger) => ({ address, what: text`${address} names ${stranger}` }));
  });
}

function strangersIn(value: string, { account, region }: Environment): string[] {
  const arns = [...value.matchAll(ARN)].map(({ groups }) => groups);
  const accounts = [...arns.map((arn) => arn?.["account"]), ...(value.match(ACCOUNT) ?? [])];
  return [
    ...accounts.filter((one) => one !== undefined && one !== account).map((one) => `account ${one}`),
    ...arns
      .map((arn) => arn?.["region"])
      .filter((one) => one && one !== region)
      .map((one) => `Region ${one}`),
  ];
}
