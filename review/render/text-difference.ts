// diff (BSD-3-Clause, no dependency): the algorithm of Myers, which is worth no second writing.
import { structuredPatch } from "diff";

/** From here on a text is shown by its changed lines. */
const LONG = 120;
const MOST_LINES = 40;
const LONGEST_LINE = 160;
/** Two texts that have less than this in common are not worth a comparison, which would take long. */
const MOST_EDITS = 400;

/** The changed lines of a long text, each with `+`, `-` or a space in front; undefined for what fits on a line. */
export function textDifference(before: string, after: string): readonly string[] | undefined {
  if (![before, after].some((value) => value.length > LONG || value.includes("\n"))) {
    return undefined;
  }
  const [old, now] = [readable(before), readable(after)];
  const patch = structuredPatch("", "", old, now, "", "", { context: 1, maxEditLength: MOST_EDITS });
  const lines = (patch?.hunks ?? [])
    .flatMap(({ lines: hunk }, index) => [...(index > 0 ? [" …"] : []), ...hunk])
    .filter((line) => !line.startsWith("\\")) // that no line break ends the text
    .map(shortLine);
  if (lines.length === 0) {
    return ["(the two have hardly a line in common)"];
  }
  return lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), `… ${lines.length - MOST_LINES} more lines`] : lines;
}

/** A JSON document with one value a line, else the text itself. */
function readable(value: string): string {
  if (/^\s*[[{]/.test(value)) {
    try {
      return JSON.stringify(JSON.parse(value), null, 1);
    } catch {
      return value; // looks like JSON and is none
    }
  }
  return value;
}

function shortLine(line: string): string {
  const visible = line.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character === "\t" ? " " : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return visible.length > LONGEST_LINE ? `${visible.slice(0, LONGEST_LINE).replace(/[\ud800-\udbff]$/, "")}…` : visible;
}
