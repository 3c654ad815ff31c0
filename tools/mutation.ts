/** `npm run mutation`: how many small changes of the code the unit tests notice. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { run } from "../local/child-process";
import { ArgumentError, runCommand } from "../local/command";
import { MUTATION_PARTS, type MutationReport, mutationScore, requireScore } from "./mutation-score";

const HELP = `npm run mutation [-- <part> …]

Changes the code in small ways, one at a time, and counts the changes that the unit tests notice: minutes for each part. The parts are
${MUTATION_PARTS.join(", ")}; without one, all of them. What was missed is in .build/mutation/<part>.json.

  --help     show this
  --verbose  show stack traces

Exit code 1 when less than 85 % were noticed, or when so many changes could not be judged that the score says nothing.`;

void runCommand(HELP, async (args, signal) => {
  const { positionals } = parseArgs({ args, allowPositionals: true });
  const unknown = positionals.find((part) => !MUTATION_PARTS.includes(part));
  if (unknown !== undefined) {
    throw new ArgumentError(`The part is "${unknown}": it must be one of ${MUTATION_PARTS.join(", ")}.`);
  }
  const temporary = mkdtempSync(path.join(tmpdir(), "mutation-")); // each app that a test synthesizes leaves a folder
  try {
    for (const part of positionals.length > 0 ? positionals : MUTATION_PARTS) {
      const report = path.join(".build", "mutation", `${part}.json`);
      rmSync(report, { force: true }); // an old one must not pass for the result of a run that broke off
      await run(path.join("node_modules", ".bin", "stryker"), ["run", `mutation/${part}.mjs`], {
        signal,
        env: { ...process.env, TMPDIR: temporary },
        onLine: (line) => {
          console.log(line);
        },
      });
      const score = mutationScore(JSON.parse(readFileSync(report, "utf8")) as MutationReport);
      console.log(
        `\n${part}: ${score.percent.toFixed(1)} % noticed (${score.noticed}), ${score.missed} missed, ${score.notJudged} not judged\n`,
      );
      requireScore(part, score);
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
});
