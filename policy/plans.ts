/** A plan of each stack, as a file. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { copyForOfflinePlan, offlinePlan } from "../local/offline-plan";

interface PlannedResource {
  readonly address: string;
}

interface PlanOfModules {
  readonly format_version: string;
  readonly terraform_version: string;
  readonly planned_values: {
    readonly root_module: {
      readonly child_modules: readonly { readonly address: string; readonly resources: readonly PlannedResource[] }[];
    };
  };
  readonly resource_changes: readonly PlannedResource[];
  readonly configuration: { readonly root_module: { readonly module_calls: Readonly<Record<string, { readonly module: unknown }>> } };
}

/** The file of a stack's plan. */
export function planFile(plans: string, stack: string): string {
  return path.join(plans, `${stack}.json`);
}

/**
 * Plans stacks without asking AWS, and writes each one's plan to a file.
 *
 * They are planned together, as modules: Terraform and the provider, which take seconds to start, do so once. checkov gets them one by one: it
 * takes policies of the same name in several modules for one.
 *
 * @param stackFolders what synth wrote, by the stack's name
 * @param plans the folder for the files
 * @param workFolder an empty folder
 */
export async function writePlans(
  stackFolders: Readonly<Record<string, string>>,
  plans: string,
  workFolder: string,
  signal: AbortSignal,
): Promise<void> {
  const names = Object.keys(stackFolders);
  for (const [name, folder] of Object.entries(stackFolders)) {
    copyForOfflinePlan(folder, path.join(workFolder, name));
  }
  const module = Object.fromEntries(names.map((name) => [name, { source: `./${name}` }]));
  writeFileSync(path.join(workFolder, "main.tf.json"), JSON.stringify({ module }));
  const plan = JSON.parse(await offlinePlan(workFolder, signal)) as PlanOfModules;

  mkdirSync(plans, { recursive: true });
  for (const name of names) {
    writeFileSync(planFile(plans, name), JSON.stringify(planOfModule(plan, name)));
  }
}

/** The part of a plan that is about one module, as if it had been planned alone. */
function planOfModule(plan: PlanOfModules, name: string) {
  const { format_version, terraform_version, planned_values, resource_changes, configuration } = plan;
  const prefix = `module.${name}.`;
  const own = (resources: readonly PlannedResource[]) =>
    resources
      .filter(({ address }) => address.startsWith(prefix))
      .map((resource) => ({ ...resource, address: resource.address.slice(prefix.length), module_address: undefined }));
  const planned = planned_values.root_module.child_modules.flatMap(({ resources }) => resources);
  return {
    format_version,
    terraform_version,
    planned_values: { root_module: { resources: own(planned) } },
    resource_changes: own(resource_changes),
    configuration: { root_module: configuration.root_module.module_calls[name]?.module },
  };
}
