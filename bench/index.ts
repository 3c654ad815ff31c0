/** `npm run bench`: how long things take here, and in which ratio to each other. Numbers of one run are comparable, those of two are not. */
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { ArgumentError, runCommand } from "../local/command";
import { type Measurement, measure, median } from "./measure";
import { planWithRoutes } from "./plan-with-routes";

const HELP = `npm run bench [-- --rounds <n>]

Measures synth against the cdktf template's app command, the review of a long plan, and npm start to the first answered request.

  --rounds <n>   how often each is measured, in turn (default 5)
  --help         show this`;

interface Contestant {
  readonly name: string;
  readonly run: () => Promise<Measurement>;
}

void runCommand(HELP, async (args, signal) => {
  const { values } = parseArgs({ args, options: { rounds: { type: "string", default: "5" } } });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new ArgumentError(`--rounds is "${values.rounds}": it must be a whole number of at least 1.`);
  }
  const outputs = mkdtempSync(path.join(tmpdir(), "bench-"));
  const env = { CDKTF_OUTDIR: path.join(outputs, "cdktf.out") };
  try {
    console.log(`Node ${process.versions.node}, ${cpus().length} cores, ${rounds} rounds in turn\n`);
    await compare(rounds, [
      { name: "bare node (node -e 0)", run: () => measure(process.execPath, ["-e", "0"]) },
      { name: "synth of the app (node synth.mjs)", run: () => measure(process.execPath, ["synth.mjs"], env) },
      {
        name: "the cdktf template's app command (npx ts-node main.ts)",
        run: () =>
          measure("npx", ["ts-node", "main.ts"], {
            ...env,
            TS_NODE_COMPILER_OPTIONS: '{"module":"commonjs","moduleResolution":"node10"}',
          }),
      },
    ]);
    const plan = await planWithRoutes(1_000, outputs, signal);
    const review = ["--import", "tsx", "review/command.ts", "local", "--format", "markdown", "--plan", plan];
    await compare(rounds, [
      { name: "review of a plan that creates 1,000 routes (at most 2 s and 300 MiB)", run: () => measure(process.execPath, review) },
    ]);
    await compare(1, [
      { name: "npm start -- --once, the first 200 and the way down included", run: () => measure("npm", ["start", "--", "--once"]) },
    ]);
  } finally {
    rmSync(outputs, { recursive: true, force: true });
  }
});

/** Measures the contestants in turn, so that a slow moment of the machine meets all of them. The first round only warms up. */
async function compare(rounds: number, contestants: readonly Contestant[]): Promise<void> {
  const results = new Map(contestants.map(({ name }) => [name, [] as Measurement[]]));
  for (let round = rounds > 1 ? -1 : 0; round < rounds; round++) {
    for (const { name, run } of contestants) {
      const measurement = await run();
      if (round >= 0) {
        results.get(name)?.push(measurement);
      }
    }
  }
  const base = median((results.get(contestants[0]?.name ?? "") ?? []).map(({ seconds }) => seconds));
  for (const [name, measurements] of results) {
    const seconds = measurements.map((measurement) => measurement.seconds);
    const memory = measurements.flatMap(({ mebibytes }) => mebibytes ?? []);
    console.log(
      [
        `${median(seconds).toFixed(2)} s`.padStart(9),
        `(${Math.min(...seconds).toFixed(2)}–${Math.max(...seconds).toFixed(2)})`,
        `× ${(median(seconds) / base).toFixed(1)}`.padStart(8),
        memory.length > 0 ? `${median(memory).toFixed(0)} MiB`.padStart(8) : "",
        ` ${name}`,
      ].join(" "),
    );
  }
  console.log();
}
