import { TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { UserError } from "../config/user-error";

/** A policy check that does not hold for one resource, and why that is right. */
export interface SkippedCheck {
  /** The stack's name, e.g. `secured-api-dev`. */
  readonly stack: string;
  /** The resource's address in that stack. */
  readonly address: string;
  /** checkov's id of the check, e.g. `CKV_AWS_117`. */
  readonly check: string;
  readonly reason: string;
}

/** The key of a construct's metadata. They stay in this process: Terraform gets none of them. */
const METADATA = "skipped-check";

/**
 * Skips checks of `npm run policy` for this one resource. A skip that the resource does not need is refused there, so it stands under the
 * same condition as what makes the check fail.
 *
 * @param reasons by checkov's id, e.g. `CKV_AWS_117`, why the resource is right all the same. They stand in docs/policy.md.
 * @throws UserError when an id is none, a reason is empty or a check is skipped already
 */
export function skipChecks(resource: TerraformResource, reasons: Readonly<Record<string, string>>): void {
  for (const [check, reason] of Object.entries(reasons)) {
    skipCheck(resource, check, reason);
  }
}

function skipCheck(resource: TerraformResource, check: string, reason: string): void {
  const refuse = (fault: string) => {
    throw new UserError(`${resource.node.path}: the skip of the check "${check}" ${fault}`);
  };
  if (!/^CKV2?_[A-Z]+_\d+$/.test(check)) {
    refuse("does not name one: write an id like CKV_AWS_117.");
  }
  if (reason.trim() === "") {
    refuse("has no reason. Say why the resource is right as it is, or change it.");
  }
  if (skipsOf(resource).some((skip) => skip.check === check)) {
    refuse("stands there twice. Remove one of them.");
  }
  resource.node.addMetadata(METADATA, { check, reason });
}

/** Every skipped check of the stacks below a construct. */
export function skippedChecks(scope: IConstruct): SkippedCheck[] {
  return scope.node
    .findAll()
    .filter((construct) => TerraformResource.isTerraformResource(construct))
    .flatMap((resource) =>
      skipsOf(resource).map((skip) => ({
        stack: TerraformStack.of(resource).node.id,
        address: `${resource.terraformResourceType}.${resource.friendlyUniqueId}`,
        ...skip,
      })),
    );
}

function skipsOf(resource: TerraformResource): Pick<SkippedCheck, "check" | "reason">[] {
  return resource.node.metadata.filter(({ type }) => type === METADATA).map(({ data }) => data as Pick<SkippedCheck, "check" | "reason">);
}
