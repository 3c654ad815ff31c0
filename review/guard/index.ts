import { type Exception, isExpired } from "./exception";
import { noDeletionProtectionOff, noIncompletePlan, noLostData } from "./data-rules";
import { noWildcardInIam } from "./iam-rule";
import { noOtherAccountOrRegion } from "./place-rule";
import { noUndeclaredPublicRoute } from "./route-rules";
import { type Breach, type Judged, type Rule, type RuleName } from "./rule";
import { noUnconfiguredCallback, noUnconfiguredGrant } from "./sign-in-rules";

export { checkExceptions, type Exception } from "./exception";
export { PUBLIC_ROUTES } from "./public-routes";
export { RULE_NAMES, type RuleName } from "./rule";

const RULES: readonly Rule[] = [
  noDeletionProtectionOff,
  noIncompletePlan,
  noLostData,
  noOtherAccountOrRegion,
  noUnconfiguredCallback,
  noUnconfiguredGrant,
  noUndeclaredPublicRoute,
  noWildcardInIam,
];

/** A rule that a plan breaks at one address, and the exception for it, if there is one. */
export interface Finding extends Breach {
  readonly rule: RuleName;
  readonly reason: string;
  readonly remedy: string;
  /** The exception that is written for it. An expired one does not let it through. */
  readonly exception?: Exception & { readonly expired: boolean };
}

export interface Verdict {
  /** By rule, then by address. */
  readonly findings: readonly Finding[];
  /** Exceptions of this environment for which there is nothing in the plan: they can go. */
  readonly unused: readonly Exception[];
}

/** Holds a plan to the rules. `now` decides which exceptions have expired. */
export function judge(judged: Judged, exceptions: readonly Exception[], now: Date): Verdict {
  const own = exceptions.filter(({ environment }) => environment === judged.environment.name);
  const findings = RULES.flatMap(({ name, reason, remedy, check }) =>
    check(judged).map((breach): Finding => {
      const exception = own.find(({ rule, address }) => rule === name && address === breach.address);
      return {
        rule: name,
        reason,
        remedy,
        ...breach,
        ...(exception && { exception: { ...exception, expired: isExpired(exception, now) } }),
      };
    }),
  );
  const unused = own.filter(({ rule, address }) => !findings.some((finding) => finding.rule === rule && finding.address === address));
  return { findings, unused };
}

/** Whether a finding fails the check. */
export function fails({ exception }: Finding): boolean {
  return !exception || exception.expired;
}
