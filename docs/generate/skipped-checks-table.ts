import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { repositoryFiles, skipsInFiles } from "../../policy/repository-files";
import { stacksOf, stacksOfMain } from "../../policy/stacks";

const PLACES = "(places)";

interface Row {
  readonly check: string;
  readonly what: string;
  readonly where: string;
  readonly reason: string;
}

/** Every check that `npm run policy` skips, with its reason, as a Markdown table: of resources first, then of files. */
export async function skippedChecksTable(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "skipped-checks-"));
  try {
    const stacks = [await stacksOfMain(path.join(folder, "main")), stacksOf(path.join(folder, "example"))];
    const ofResources = stacks
      .flatMap(({ skips }) => skips)
      .map(({ check, address, stack, reason }) => ({ check, what: `\`${address}\``, where: `\`${stack}\``, reason }));
    const ofFiles = skipsInFiles(repositoryFiles()).map(({ check, place, reason }) => ({
      check,
      what: "a line",
      where: `\`${place}\``,
      reason,
    }));
    return ["| check | of | in | why it is skipped |", "|---|---|---|---|", ...lines(ofResources), ...lines(ofFiles)].join("\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One line for each check, resource and reason, with every stack that has it. */
function lines(rows: readonly Row[]): string[] {
  const places = new Map<string, Set<string>>();
  for (const { check, what, where, reason } of rows) {
    const line = [`\`${check}\``, what, PLACES, reason.replaceAll("|", "\\|")].join(" | ");
    places.set(line, (places.get(line) ?? new Set()).add(where));
  }
  return [...places].map(([line, where]) => `| ${line.replace(PLACES, [...where].sort().join(" "))} |`).sort();
}
