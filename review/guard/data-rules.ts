import { hasUnknown, valueAt } from "../plan/planned-value";
import { text } from "../text";
import { type Breach, remaining, type Rule } from "./rule";

/** What holds data, or what people and clients hold on to: a new one of the same name is another one. */
const KEPT: Readonly<Record<string, string>> = {
  aws_cloudwatch_log_group: "its log events",
  aws_cognito_user_pool: "everybody's account",
  aws_cognito_user_pool_client: "its client id, with which everybody signs in",
  aws_cognito_user_pool_domain: "the address of the login pages",
  aws_kms_key: "whatever is encrypted with it",
  aws_s3_bucket: "its objects; of the state bucket, the state of every stack",
};

const LOSSES: Readonly<Record<string, string>> = {
  delete: " would be destroyed, and with it ",
  replace: " would be replaced, which loses ",
  "replace before delete": " would be replaced, which loses ",
};

export const noLostData: Rule = {
  name: "no-lost-data",
  reason: "What a user pool, its domain and client, a bucket, a key or a log group holds does not come back.",
  remedy: "Keep it as it is, rename it with a `moved` block, or stop managing it with a `removed` block that does not destroy.",
  check: ({ plan }) =>
    [...plan.resources, ...plan.deposed].flatMap(({ mode, type, address, action }): Breach[] => {
      const loss = LOSSES[action];
      const held = KEPT[type];
      return mode === "managed" && held !== undefined && loss !== undefined
        ? [{ address, what: { words: ["", loss + held], values: [address] } }]
        : [];
    }),
};

interface Protection {
  readonly attribute: string;
  readonly off: string | boolean;
  /** Whether an environment that may be thrown away does without. */
  readonly mayBeOffWhenThrownAway: boolean;
}

const PROTECTIONS: Readonly<Record<string, Protection>> = {
  aws_cognito_user_pool: { attribute: "deletion_protection", off: "INACTIVE", mayBeOffWhenThrownAway: true },
  aws_s3_bucket: { attribute: "force_destroy", off: true, mayBeOffWhenThrownAway: false },
};

export const noDeletionProtectionOff: Rule = {
  name: "no-deletion-protection-off",
  reason: "Deletion protection is what stands between a mistaken destroy and everybody's account.",
  remedy: "Leave it on; only an environment with `throwAway: true` starts without, and switching it off takes an exception.",
  check: ({ plan, environment }) =>
    remaining(plan, ...Object.keys(PROTECTIONS)).flatMap((resource): Breach[] => {
      const { attribute, off, mayBeOffWhenThrownAway } = PROTECTIONS[resource.type] as Protection;
      const { address, before } = resource;
      const after = valueAt(resource.after, [attribute]);
      if (hasUnknown(after)) {
        return [{ address, what: text`${address}: ${attribute} is known only after the apply` }];
      }
      // The provider's default for a pool that does not say is INACTIVE.
      const isOff = after === off || (off === "INACTIVE" && after !== "ACTIVE");
      const wasOn = before !== undefined && before[attribute] !== off;
      const state = off === true ? "on" : "off"; // force_destroy protects while it is off
      return isOff && (wasOn || !(mayBeOffWhenThrownAway && environment.throwAway))
        ? [{ address, what: { words: ["", ": ", ` is ${wasOn ? "switched " : ""}${state}`], values: [address, attribute] } }]
        : [];
    }),
};

export const noIncompletePlan: Rule = {
  name: "no-incomplete-plan",
  reason: "What Terraform would do with the rest is not in the plan, so nobody can judge it.",
  remedy: "Mend what `terraform plan` complains about, and plan without `-target`.",
  check: ({ plan }) => [
    ...(plan.errored ? [{ address: "plan", what: text`Terraform could not finish the plan` }] : []),
    ...(plan.partial ? [{ address: "plan", what: text`The plan leaves out what the configuration has` }] : []),
  ],
};
