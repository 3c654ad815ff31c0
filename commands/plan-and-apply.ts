import { stripVTControlCharacters } from "node:util";
import type { Terraform } from "../local/terraform";
import { confirm } from "./confirm";
import type { EnvironmentContext } from "./environment-context";

export interface PlanAndApplyOptions {
  /** Whether `--yes` was given: nothing is asked. */
  readonly yes: boolean;
  /** Further arguments of the plan. */
  readonly planArguments?: readonly string[];
  /** Looks at the saved plan, which the person has seen by then, and throws when it must not be applied. Default: any may. */
  readonly check?: (planFile: string) => Promise<void>;
}

const PLAN_FILE = "plan.bin";

/** Shows what Terraform would do, asks, and does exactly that; nothing when there is nothing to do. */
export async function planAndApply(
  terraform: Terraform,
  { environment, signal }: EnvironmentContext,
  { yes, planArguments = [], check = () => Promise.resolve() }: PlanAndApplyOptions,
): Promise<void> {
  // The lock is taken by the apply, which refuses a plan that is out of date. A killed look at things leaves none.
  const plan = await terraform.runForPerson("plan", "-input=false", "-lock=false", `-out=${PLAN_FILE}`, ...planArguments);
  if (/^No changes\./m.test(stripVTControlCharacters(plan))) {
    console.log("Nothing to change.");
    return;
  }
  console.log(plan);
  await check(PLAN_FILE);
  await confirm(`Make these changes in the account ${environment.account}? [y/N]`, { yes, signal });
  await terraform.show("apply", "-input=false", PLAN_FILE);
}
