/** Where CDK Terrain is installed, for whoever compares with it: this folder's command, and the benchmark. */
import { installPackages } from "../tools/packages";

/** CDK Terrain has a folder, and node_modules, of its own: nobody who does not compare pays for its 480 MiB. */
export const CDK_TERRAIN_FOLDER = "portability";

/** Installs CDK Terrain as the lock file says, unless it is there. */
export async function installCdkTerrain(signal: AbortSignal): Promise<void> {
  // The provider's package names Node 22.11, which CDK Terrain's command line interface needs; the library runs on 20.
  await installPackages(CDK_TERRAIN_FOLDER, signal, ["--engine-strict=false"]);
}
