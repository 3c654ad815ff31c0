/** Takes what exists into the state, and brings it to what the code says. */
import { cpSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { UserError } from "../../config/user-error";
import { ArgumentError } from "../../local/command";
import type { Terraform } from "../../local/terraform";
import { parsePlan, readPlan } from "../../review";
import type { EnvironmentContext } from "../environment-context";
import { planAndApply } from "../plan-and-apply";
import { type SynthesizedStack, synthesizedStack, terraformIn } from "../stack-terraform";
import { Account } from "./account";
import { earlierDeployments } from "./earlier-deployments";
import { addressesOf, type Match, matchResources } from "./match";
import { destructiveChanges } from "./plan-check";
import { leaveSecretOpen, recordPublicClients } from "./public-clients";
import { findings, question } from "./report";
import { readStateAttributes, type StateAttributes } from "./state-attributes";

export interface AdoptOptions {
  readonly kind: string;
  readonly yes: boolean;
  /** The import ID that a person has chosen for an address. */
  readonly choices: ReadonlyMap<string, string>;
  /** Whether the plan may destroy and replace. */
  readonly allowReplace: boolean;
}

/** @throws UserError when it is not clear what to adopt, the plan would destroy something, the answer is no, or Terraform fails */
export async function adopt(context: EnvironmentContext, options: AdoptOptions): Promise<void> {
  const stack = await synthesizedStack(context, options.kind);
  const account = new Account(context);
  try {
    const folder = workingCopy(stack);
    const terraform = await terraformIn(folder, stack.kind, context);
    await recordPublicClients(terraform, folder); // an earlier run may have been killed before it did
    const state = await readStateAttributes(terraform);
    requireAdoptable(options.choices, stack, state);

    const matches = await matchResources({ stack, state, account, choices: options.choices });
    console.log(findings(stack, state, matches) || `Everything of ${stack.name} that exists is in its state.`);
    if (matches.ambiguous.length > 0) {
      throw new UserError(question(matches.ambiguous));
    }
    writeImports(folder, matches.found);
    leaveSecretOpen(
      folder,
      matches.found.map(({ address }) => address),
    );
    await planAndApply(terraform, context, {
      yes: options.yes,
      planArguments: leftToTheDeploy(stack, state),
      ...(!options.allowReplace && { check: (planFile) => requireHarmless(terraform, planFile) }),
    });
    await recordPublicClients(terraform, folder);

    const deployments = await earlierDeployments(await readStateAttributes(terraform), account);
    if (deployments.length > 0) {
      console.log(["Earlier deployments of the API, which no stage shows. To remove them:", ...deployments].join("\n  "));
    }
  } finally {
    account.destroy();
  }
}

/**
 * Arguments that keep a plan to what the configuration has, where the state holds more: an interrupted deploy may have been about to destroy
 * that. To do it is not for this command, but for the deploy that follows.
 */
function leftToTheDeploy(stack: SynthesizedStack, state: StateAttributes): string[] {
  const addresses = addressesOf(stack);
  const removed = [...state.keys()].filter((address) => !addresses.includes(address.replace(/\[.*$/, "")));
  if (removed.length === 0) {
    return [];
  }
  console.log(["The configuration does not have them any more; the next deploy would destroy them:", ...removed].join("\n  "));
  return addresses.map((address) => `-target=${address}`);
}

/** The imports lie beside a copy of the stack: a deploy must not find them there when this run is killed. */
function workingCopy(stack: SynthesizedStack): string {
  const folder = path.join(".local", "adoption", stack.name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(stack.folder, folder, { recursive: true });
  return folder;
}

function writeImports(folder: string, found: readonly Match[]): void {
  const blocks = found.map(({ address, existing }) => ({ to: address, id: existing.importId }));
  writeFileSync(path.join(folder, "imports.tf.json"), `${JSON.stringify({ import: blocks }, null, 2)}\n`);
}

/** @throws ArgumentError when a choice is for what the stack does not have, or the state has already */
function requireAdoptable(choices: ReadonlyMap<string, string>, stack: SynthesizedStack, state: StateAttributes): void {
  for (const address of choices.keys()) {
    const [type = "", name = ""] = address.split(".");
    if (!Object.hasOwn(stack.json.resource[type] ?? {}, name)) {
      throw new ArgumentError(`--choose ${address}: ${stack.name} has no resource of this address.`);
    }
    if (state.has(address)) {
      throw new ArgumentError(`--choose ${address}: the state holds this address already. There is nothing to choose.`);
    }
  }
}

/** @throws UserError when a plan destroys or replaces something */
async function requireHarmless(terraform: Terraform, planFile: string): Promise<void> {
  const destructive = destructiveChanges(readPlan(parsePlan(await terraform.read("show", "-json", planFile), "the plan")));
  if (destructive.length > 0) {
    throw new UserError(
      `Nothing was changed: the plan would take away what exists.\n${destructive.map((change) => `  ${change}\n`).join("")}` +
        `Change the configuration so that it says what exists. If it may go, with all that is in it: --allow-replace`,
    );
  }
}
