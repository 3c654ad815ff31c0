/** `npm run docs`: writes the generated sections into the documents. A test compares them with the code. */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readRecord } from "../../bench/record";
import { benchmarkFiles } from "../../bench/report";
import { runCommand } from "../../local/command";
import { architecture } from "./architecture";
import { documents } from "./documents";
import { sections, withSections } from "./sections";
import { ARCHITECTURE_SVG, svg } from "./svg";
import { synthesizedStack } from "./synthesized-stack";

const HELP = `npm run docs

Writes the tables and the picture that are made from the code into the documents, between their <!-- begin … --> and <!-- end … -->, and
docs/images/architecture.svg; and docs/benchmarks.md with its plots, from what npm run bench measured last.`;

void runCommand(HELP, async (args) => {
  parseArgs({ args });
  const made = await sections();
  writeFileSync(ARCHITECTURE_SVG, await svg(architecture(synthesizedStack())));
  for (const [file, text] of Object.entries(benchmarkFiles(readRecord()))) {
    writeFileSync(file, text);
  }
  for (const file of documents()) {
    const before = readFileSync(file, "utf8");
    const after = withSections(before, made);
    if (after !== before) {
      writeFileSync(file, after);
      console.log(`${file}: written`);
    }
  }
});
