/** The parts of the documents that are made from the code. Each stands between two comments that name it. */
import { architecture } from "./architecture";
import { commandsReference } from "./commands";
import { mermaid } from "./mermaid";
import { outputsTable } from "./outputs-table";
import { scaleTables } from "./scale-tables";
import { settingsTable } from "./settings-table";
import { skippedChecksTable } from "./skipped-checks-table";
import { synthesizedStack } from "./synthesized-stack";

/** What belongs between `<!-- begin name -->` and `<!-- end name -->`, by name. */
export async function sections(): Promise<Readonly<Record<string, string>>> {
  const stack = synthesizedStack();
  return {
    architecture: mermaid(architecture(stack)),
    settings: settingsTable(),
    outputs: outputsTable(stack),
    commands: commandsReference(),
    ...scaleTables(),
    "skipped-checks": await skippedChecksTable(),
  };
}

/**
 * A document with its generated sections as they must be now.
 *
 * @throws Error when it marks a section that nobody makes, or does not end one
 */
export function withSections(document: string, made: Readonly<Record<string, string>>): string {
  return document.replace(/<!-- begin (\S+) -->[^]*?(?:<!-- end \1 -->|$)/g, (section, name: string) => {
    const text = made[name];
    if (text === undefined || !section.endsWith(`<!-- end ${name} -->`)) {
      throw new Error(`The section "${name}" ${text === undefined ? "is made by no code" : `has no <!-- end ${name} -->`}.`);
    }
    return `<!-- begin ${name} -->\n\n${text}\n\n<!-- end ${name} -->`;
  });
}
