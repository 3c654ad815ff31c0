/** `npm run bench`: how long things take, and in which ratio to each other. Numbers of one run are comparable, those of two are not. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { ArgumentError, runCommand } from "../local/command";
import { checkAll, requireAll } from "../local/prerequisites";
import { Bench } from "./bench";
import { GROUPS } from "./groups";
import type { Group } from "./groups/group";
import { commit, machine, providerSource, versions } from "./machine";
import { lastQuality } from "./quality";
import { type BenchmarkRecord, RECORD, recordText } from "./record";
import { benchmarkFiles } from "./report";
import { Figures } from "./report/figures";

const HELP = `npm run bench [-- --rounds <n>] [--only <group>]…

Measures this project beside its peers, in one run, and writes docs/benchmarks.json and from it docs/benchmarks.md and its plots. Takes some
thirty minutes; leave the machine alone meanwhile. Quotes the last results of npm test and npm run mutation, which must be there. The groups:

${GROUPS.map(({ name, about }) => `  ${name.padEnd(10)}${about}`).join("\n")}

  --rounds <n>     how often each thing is measured at most (default 3); what takes long is measured less often
  --only <group>   this group alone, may be repeated: what it measures is printed, and nothing is written
  --help           show this
  --verbose        show stack traces

AWS CDK and CDK Terrain, which only the benchmark needs, are installed below bench/ and portability/ where they are missing.`;

void runCommand(HELP, async (args, signal) => {
  const { rounds, groups, whole } = argumentsIn(args);
  requireAll(await checkAll());
  const quality = whole ? lastQuality() : [];
  const began = new Date();
  const about = {
    date: began.toISOString(),
    commit: commit(),
    rounds,
    machine: machine(),
    provider: providerSource(),
    versions: versions(),
  };
  const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
  try {
    const tell = (line: string) => {
      console.log(`  ${line}`);
    };
    const bench = new Bench({ rounds, folder, signal, tell });
    for (const [index, group] of groups.entries()) {
      console.log(`\n${index + 1}/${groups.length} ${group.name}: ${group.about} (after ${minutesSince(began)} min)`);
      await group.run(bench);
    }
    if (whole) {
      write({ ...about, minutes: minutesSince(began), measured: bench.measured, quality });
    } else {
      console.log(
        `\n${new Figures(bench.measured).list()}\n\nNothing is written: docs/benchmarks.md holds the figures of whole runs only.`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function argumentsIn(args: string[]): { rounds: number; groups: readonly Group[]; whole: boolean } {
  const { values } = parseArgs({
    args,
    options: { rounds: { type: "string", default: "3" }, only: { type: "string", multiple: true, default: [] } },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new ArgumentError(`--rounds is "${values.rounds}": it must be a whole number of at least 1.`);
  }
  const unknown = values.only.find((name) => !GROUPS.some((group) => group.name === name));
  if (unknown !== undefined) {
    throw new ArgumentError(`--only is "${unknown}": it must be one of ${GROUPS.map(({ name }) => name).join(", ")}.`);
  }
  const whole = values.only.length === 0;
  return { rounds, groups: GROUPS.filter(({ name }) => whole || values.only.includes(name)), whole };
}

function write(record: BenchmarkRecord): void {
  const files = { [RECORD]: recordText(record), ...benchmarkFiles(record) };
  for (const [file, text] of Object.entries(files)) {
    writeFileSync(file, text);
    console.log(`${file}: written`);
  }
}

function minutesSince(began: Date): number {
  return Number(((Date.now() - began.getTime()) / 60_000).toFixed(1));
}
