import path from "node:path";
import type { Bench } from "../bench";
import { measure, type Measurement } from "../measure";
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
    bench.add("start/fresh-clone", await freshClone(bench));
  },
};

function firstAnswer(cwd: string, signal: AbortSignal, env = process.env): Promise<Measurement> {
  return measure("npm", ["start", "--", "--once"], { cwd, env, signal, until: FIRST_200 });
}

/** Once: it downloads everything, as a newcomer's first clone does. */
async function freshClone(bench: Bench): Promise<Measurement> {
  const { folder, signal } = bench.options;
  const clone = path.join(folder, "a fresh clone");
  const env = { ...process.env, npm_config_cache: path.join(folder, "npm-cache"), PIP_NO_CACHE_DIR: "1" };
  const parts = [
    await measure("git", ["clone", "--quiet", process.cwd(), clone], { signal }),
    await measure("npm", ["ci"], { cwd: clone, env, signal }),
    await firstAnswer(clone, signal, env),
  ];
  return { seconds: parts.reduce((sum, { seconds }) => sum + seconds, 0), mebibytes: undefined, output: "" };
}
