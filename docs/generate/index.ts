/** `npm run docs`: writes the generated sections into the documents. A test compares them with the code. */
import { readFileSync, writeFileSync } from "node:fs";
import { runCommand } from "../../local/command";
import { documents } from "./documents";
import { sections, withSections } from "./sections";

const HELP = `npm run docs

Writes the tables and the picture that are made from the code into the documents, between their <!-- begin … --> and <!-- end … -->.`;

void runCommand(HELP, () => {
  const made = sections();
  for (const file of documents()) {
    const before = readFileSync(file, "utf8");
    const after = withSections(before, made);
    if (after !== before) {
      writeFileSync(file, after);
      console.log(`${file}: written`);
    }
  }
  return Promise.resolve();
});
