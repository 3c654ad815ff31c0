import { mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { CDK_TERRAIN_FOLDER, installCdkTerrain } from "../../portability/frameworks";
import { copyProject } from "../../__tests__/support/project-copy";

/** Which package of CDK Terrain stands where the code imports one of CDKTF. */
const INSTEAD_OF: Readonly<Record<string, string>> = {
  cdktf: "cdktn",
  constructs: "constructs",
  "@cdktf/provider-aws": "@cdktn/provider-aws",
};

/**
 * A copy of the project in which the imports of CDKTF lead to CDK Terrain.
 *
 * @param parent an existing folder, in which the copy is made
 * @returns the copy's root
 */
export async function cdkTerrainCheckout(parent: string, signal: AbortSignal): Promise<string> {
  await installCdkTerrain(signal);
  const folder = copyProject("cdk-terrain", parent);
  const modules = path.join(folder, "node_modules");
  rmSync(modules); // a link to this project's
  mkdirSync(path.join(modules, "@cdktf"), { recursive: true });
  for (const name of readdirSync("node_modules").filter((entry) => entry !== "@cdktf" && INSTEAD_OF[entry] === undefined)) {
    symlinkSync(path.resolve("node_modules", name), path.join(modules, name));
  }
  for (const [name, instead] of Object.entries(INSTEAD_OF)) {
    symlinkSync(path.resolve(CDK_TERRAIN_FOLDER, "node_modules", instead), path.join(modules, name));
  }
  return folder;
}
