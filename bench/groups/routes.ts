import path from "node:path";
import { terraformProgram } from "../../local/prerequisites";
import { installPackages } from "../../tools/packages";
import type { Bench, Contestant } from "../bench";
import { measure, type Measurement } from "../measure";
import { type AppOptions, SOLUTIONS_CONSTRUCTS, solutionsConstructs, template, thisProject } from "../peers/apps";
import { forEachHcl } from "../peers/for-each";
import { hcl } from "../peers/hcl";
import { chalice } from "../peers/packaging-frameworks";
import { peerFolder, synthesizeRoutes, terraformInit, terraformVariables } from "../peers/synthesized-stacks";
import { SIZES } from "../routes";
import type { Group } from "./group";

const FOR_EACH = "for-each-hcl";

/** Seconds that for_each gets for one plan. Its time grows with the square of the routes, and was 394 s for 1,000 on a machine of two cores. */
const FOR_EACH_LIMIT = 120;

/** Synth and plan of an API that grows, beside the same API in other hands. */
export const routes: Group = {
  name: "routes",
  about: `synth and plan with ${SIZES.join(", ")} routes, beside the cdktf template, AWS CDK, Chalice, plain HCL and HCL with for_each`,
  run: async (bench) => {
    await synths(bench);
    await plans(bench);
  },
};

async function synths(bench: Bench): Promise<void> {
  const { folder, signal } = bench.options;
  await installPackages(SOLUTIONS_CONSTRUCTS, signal);
  const app = (peer: string, size: number): AppOptions => ({ outdir: path.join(folder, "routes", peer), signal, routes: size });
  const peers: Readonly<Record<string, (size: number) => Promise<Measurement>>> = {
    "this-project": (size) => thisProject(app("this-project", size)),
    "cdktf-template": (size) => template(app("cdktf-template", size)),
    "solutions-constructs-tsx": (size) => solutionsConstructs("tsx", app("solutions-constructs", size)),
    chalice: await chalice(path.join(folder, "routes"), signal),
  };
  for (const run of Object.values(peers)) {
    await run(1); // fills its caches
  }
  await bench.compare(
    SIZES.flatMap((size) => Object.entries(peers).map(([peer, run]) => ({ id: `routes/synth/${peer}/${size}`, run: () => run(size) }))),
  );
}

async function plans(bench: Bench): Promise<void> {
  const { folder, signal } = bench.options;
  const contestants: Contestant[] = [];
  for (const size of SIZES) {
    const own = await synthesizeRoutes(size, path.join(folder, `routes-${size}`), signal);
    const peer = (name: string, text: string) =>
      peerFolder(path.join(folder, "plans", name, String(size)), { "main.tf": text }, own.folder);
    const folders: Readonly<Record<string, string>> = {
      "this-project": own.folder,
      "plain-hcl": peer("plain-hcl", hcl(own.stack)),
      [FOR_EACH]: peer(FOR_EACH, forEachHcl(own.stack, size)),
    };
    for (const [name, planFolder] of Object.entries(folders)) {
      await terraformInit(planFolder, signal);
      contestants.push(planned(bench, `routes/plan/${name}/${size}`, planFolder, name === FOR_EACH ? FOR_EACH_LIMIT : undefined));
    }
  }
  await bench.compare(contestants);
  requireSameResources(bench);
}

function planned(bench: Bench, id: string, folder: string, limit?: number): Contestant {
  const options = { cwd: folder, env: terraformVariables(), limit, signal: bench.options.signal };
  return {
    id,
    run: async () => {
      const measurement = await measure(terraformProgram(), ["plan", "-input=false", "-no-color"], options);
      bench.noteResources(id, plannedResources(measurement.output));
      return measurement;
    },
  };
}

function plannedResources(output: string): number {
  const count = /^Plan: (\d+) to add/m.exec(output)?.[1];
  if (count === undefined) {
    throw new Error(`terraform plan did not say how many resources it adds:\n${output.slice(-1_000)}`);
  }
  return Number(count);
}

/** Figures of APIs that are not the same would say nothing. */
function requireSameResources(bench: Bench): void {
  for (const size of SIZES) {
    const planned = bench.measured.filter(({ id }) => id.startsWith("routes/plan/") && id.endsWith(`/${size}`));
    const counts = planned.flatMap(({ resources }) => resources ?? []);
    if (new Set(counts).size !== 1) {
      throw new Error(
        `The plans with ${size} routes create ${counts.join(", ")} resources: bench/peers/ no longer describes the same API.`,
      );
    }
  }
}
