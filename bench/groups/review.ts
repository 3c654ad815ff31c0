import { writeFileSync } from "node:fs";
import path from "node:path";
import { offlinePlan } from "../../local/offline-plan";
import { measure } from "../measure";
import { synthesizeRoutes } from "../peers/synthesized-stacks";
import type { Group } from "./group";

const ROUTES = 1_000;

/** The review of a plan that creates all of a large API. */
export const review: Group = {
  name: "review",
  about: `the review of a plan that creates ${ROUTES} routes`,
  run: async (bench) => {
    const { folder, signal } = bench.options;
    const { folder: stack } = await synthesizeRoutes(ROUTES, path.join(folder, "review"), signal);
    const plan = path.join(folder, "plan.json");
    writeFileSync(plan, await offlinePlan(stack, signal));
    const args = ["--import", "tsx", "review/command.ts", "local", "--format", "markdown", "--plan", plan];
    await bench.compare([{ id: "review/1000-routes", run: () => measure(process.execPath, args, { signal }) }], { warmUp: true });
  },
};
