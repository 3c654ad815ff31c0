import path from "node:path";
import type { Bench } from "../bench";
import { inAll, measure, type Measurement } from "../measure";
import type { Group } from "./group";

/** What the smoke check tells of the first request that a signed-in person makes. */
const FIRST_200 = /GET with the access token in .*: 200/;

/** From nothing to the first answer. */
export const start: Group = {
  name: "start",
  about: "npm start to the first 200, after the install and from a fresh clone",
  run: async (bench) => {
    const { signal } = bench.options;
    // The first start makes the emulator's Python environment, which belongs to the install.
    await bench.compare([{ id: "start/after-install", run: () => firstAnswer(".", signal) }], { warmUp: true });
    for (let round = 0; round < bench.options.rounds; round++) {
      bench.add("start/fresh-clone", await freshClone(bench, round));
    }
  },
};

function firstAnswer(cwd: string, signal: AbortSignal, env = process.env): Promise<Measurement> {
  return measure("npm", ["start", "--", "--once"], { cwd, env, signal, until: FIRST_200 });
}

/** Everything but Terraform's provider is downloaded, as for a newcomer's first clone. */
async function freshClone({ options: { folder, signal } }: Bench, round: number): Promise<Measurement> {
  const clone = path.join(folder, `a fresh clone ${round}`);
  const env = { ...process.env, npm_config_cache: path.join(folder, `npm-cache-${round}`), PIP_NO_CACHE_DIR: "1" };
  return inAll([
    await measure("git", ["clone", "--quiet", process.cwd(), clone], { signal }),
    await measure("npm", ["ci"], { cwd: clone, env, signal }),
    await firstAnswer(clone, signal, env),
  ]);
}
