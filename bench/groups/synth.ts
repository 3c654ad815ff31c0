import path from "node:path";
import { measure } from "../measure";
import { installPackages } from "../../tools/packages";
import { type AppOptions, SOLUTIONS_CONSTRUCTS, solutionsConstructs, template, thisProject } from "../peers/apps";
import { cdkTerrainCheckout } from "../peers/cdk-terrain";
import { chalice, osls } from "../peers/packaging-frameworks";
import type { Group } from "./group";

/** Synth of every stack of main.ts, beside the app commands of the templates and of a peer. */
export const synth: Group = {
  name: "synth",
  about: "synth of the app, beside bare node, the templates of cdktf and CDK Terrain, AWS CDK, Chalice and osls",
  run: async (bench) => {
    const { folder, signal } = bench.options;
    await installPackages(SOLUTIONS_CONSTRUCTS, signal);
    const checkout = await cdkTerrainCheckout(folder, signal);
    const packageWithChalice = await chalice(folder, signal);
    const packageWithOsls = await osls(folder, signal);
    const app = (name: string): AppOptions => ({ outdir: path.join(folder, "synth", name), signal });
    await bench.compare(
      [
        { id: "synth/bare-node", run: () => measure(process.execPath, ["-e", "0"], { signal }) },
        { id: "synth/this-project", run: () => thisProject(app("this-project")) },
        { id: "synth/cdktf-template", run: () => template(app("cdktf-template")) },
        { id: "synth/cdktn-template", run: () => template(app("cdktn-template"), checkout) },
        { id: "synth/solutions-constructs-tsx", run: () => solutionsConstructs("tsx", app("solutions-constructs")) },
        { id: "synth/solutions-constructs-ts-node", run: () => solutionsConstructs("ts-node", app("solutions-constructs")) },
        { id: "synth/chalice", run: () => packageWithChalice(0) },
        { id: "synth/osls", run: packageWithOsls },
      ],
      { warmUp: true },
    );
  },
};
