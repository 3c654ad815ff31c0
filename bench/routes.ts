/** `npm run bench:routes`: how synth grows with the number of routes. */
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { ArgumentError, runCommand } from "../local/command";
import { measure, median } from "./measure";

const SIZES = [1, 10, 100, 300, 1_000] as const;

const HELP = `npm run bench:routes [-- --rounds <n>]

Measures the app command (node synth.mjs) with ${SIZES.join(", ")} routes.

  --rounds <n>   how often each is measured, in turn (default 5)
  --help         show this`;

void runCommand(HELP, async (args) => {
  const { values } = parseArgs({ args, options: { rounds: { type: "string", default: "5" } } });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new ArgumentError(`--rounds is "${values.rounds}": it must be a whole number of at least 1.`);
  }
  const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
  const results = new Map<number, number[]>(SIZES.map((size) => [size, []]));
  try {
    console.log(`Node ${process.versions.node}, ${cpus().length} cores, median of ${rounds} rounds in turn\n`);
    for (let round = -1; round < rounds; round++) {
      for (const size of SIZES) {
        const env = { ROUTES: String(size), CDKTF_OUTDIR: path.join(folder, "cdktf.out") };
        const { seconds } = await measure(process.execPath, ["synth.mjs", "bench/routes-app.ts"], env);
        if (round >= 0) {
          results.get(size)?.push(seconds); // the first round only warms up
        }
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const least = median(results.get(1) ?? []);
  for (const [size, seconds] of results) {
    const perRoute = size > 1 ? `${(((median(seconds) - least) * 1_000) / (size - 1)).toFixed(2)} ms for each route more` : "";
    console.log(`${String(size).padStart(6)} routes ${median(seconds).toFixed(2).padStart(7)} s   ${perRoute}`);
  }
});
