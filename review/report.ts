import type { Environment } from "../config/environment";
import { type AccessChange, accessChanges } from "./access";
import { driftOf, outputChanges, type ResourceChange, resourceChanges } from "./changes";
import { type Exception, fails, type Finding, judge } from "./guard";
import type { Plan, PlannedOutput } from "./plan/plan";

/** A plan as a reviewer wants to read it. */
export interface Report {
  readonly environment: string;
  readonly terraformVersion: string;
  /** Whether every rule of the guard is kept, exceptions counted. */
  readonly passed: boolean;
  /** Whether Terraform stopped with an error: then the plan is not whole. */
  readonly errored: boolean;
  /** Whether the plan leaves out what the configuration has, as with `-target`. */
  readonly partial: boolean;
  readonly access: readonly AccessChange[];
  readonly findings: readonly Finding[];
  readonly unusedExceptions: readonly Exception[];
  readonly changes: readonly ResourceChange[];
  readonly drift: readonly ResourceChange[];
  readonly outputs: readonly PlannedOutput[];
}

export interface ReviewOptions {
  readonly environment: Environment;
  readonly exceptions: readonly Exception[];
  /** The routes that everybody may call, as method and path. */
  readonly publicRoutes: ReadonlySet<string>;
  /** Decides which exceptions have expired. */
  readonly now: Date;
}

/** Reviews a plan: what it changes for access, what Terraform will do, and which rules it breaks. */
export function reviewPlan(plan: Plan, { environment, exceptions, publicRoutes, now }: ReviewOptions): Report {
  const { findings, unused } = judge({ plan, environment, publicRoutes }, exceptions, now);
  return {
    environment: environment.name,
    terraformVersion: plan.terraformVersion,
    passed: !findings.some(fails),
    errored: plan.errored,
    partial: plan.partial,
    access: accessChanges(plan),
    findings,
    unusedExceptions: unused,
    changes: resourceChanges(plan),
    drift: driftOf(plan),
    outputs: outputChanges(plan),
  };
}

/** Whether the plan changes nothing and there is nothing else to say. */
export function isWithoutChanges(report: Report): boolean {
  const { access, findings, unusedExceptions, changes, drift, outputs, errored } = report;
  return !errored && [access, findings, unusedExceptions, changes, drift, outputs].every(({ length }) => length === 0);
}
