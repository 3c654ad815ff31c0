import { isatty } from "node:tty";
// picocolors (ISC, no dependency); node:util's styleText came after Node 20.9.
import picocolors from "picocolors";
import type { Report } from "../report";
import { textWith } from "../text";
import { documentOf, type Item, type Line, type Mark } from "./document";

/** Whether standard output takes colour: NO_COLOR and FORCE_COLOR decide, else whether it is a terminal. (picocolors colours every pipe in CI.) */
function takesColour({ NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv = process.env): boolean {
  if (NO_COLOR) {
    return false;
  }
  return FORCE_COLOR ? FORCE_COLOR !== "0" : isatty(1) && TERM !== "dumb";
}

/** The report as lines for a terminal. `colour` is by default what NO_COLOR, FORCE_COLOR and the terminal say. */
export function renderTerminal(report: Report, colour: boolean = takesColour()): string {
  const paint = picocolors.createColors(colour);
  const marks: Readonly<Record<Mark, string>> = {
    bad: paint.red("fails "),
    wider: paint.yellow("wider "),
    narrower: paint.green("narrower "),
    plain: "",
  };
  const sentence = ({ text }: Pick<Line, "text">) => textWith(text, paint.cyan);
  const difference = (line: Line, indent: string) =>
    (line.difference ?? []).map(
      (changed) => indent + (changed.startsWith("+") ? paint.green(changed) : changed.startsWith("-") ? paint.red(changed) : changed),
    );
  const itemLines = ({ mark, head, details }: Item) => [
    `  ${marks[mark]}${sentence(head)}`,
    ...difference(head, "      "),
    ...details.flatMap((line) => [`    ${sentence(line)}`, ...difference(line, "      ")]),
  ];

  const { title, verdict, sections } = documentOf(report);
  return [
    paint.bold(sentence({ text: title })),
    ...(verdict ? [verdict.passed ? paint.green(sentence(verdict)) : paint.red(sentence(verdict))] : []),
    ...sections.flatMap((section) => [
      "",
      paint.bold(section.title),
      ...section.groups.flatMap((group) => [...(group.title ? [paint.underline(group.title)] : []), ...group.items.flatMap(itemLines)]),
    ]),
    "",
  ].join("\n");
}
