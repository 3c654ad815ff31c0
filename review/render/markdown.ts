/** The report as a comment of a pull request on GitHub. */
import { isWithoutChanges, type Report } from "../report";
import { textWith } from "../text";
import { documentOf, type Group, type Item, type Line, type Mark, type Section } from "./document";
import { type Block, fit } from "./shorten";

/** What GitHub takes in a comment, in characters. */
export const COMMENT_LIMIT = 65_536;

/** The first line of an environment's comment, by which a later run finds it. */
function commentMarker(environment: string): string {
  return `<!-- plan-review: ${environment} -->`;
}

const MARKS: Readonly<Record<Mark, string>> = { bad: "**fails:** ", wider: "**wider:** ", narrower: "narrower: ", plain: "" };
/** A group with more items than this is folded. */
const MOST_OPEN_ITEMS = 5;

/** The report in GitHub's Markdown, at most `limit` characters: what Terraform does is shortened first, what changes for access last. */
export function renderMarkdown(report: Report, limit: number = COMMENT_LIMIT): string {
  const { title, verdict, sections } = documentOf(report);
  const marker = commentMarker(report.environment);
  if (isWithoutChanges(report)) {
    return `${marker}\n${inline({ text: title })}\n`;
  }
  const head = [marker, `## ${inline({ text: title })}`, ...(verdict ? [verdict.passed ? inline(verdict) : `**${inline(verdict)}**`] : [])];
  const blocks = sections.flatMap(sectionBlocks);
  return fit(`${head.join("\n\n")}\n`, blocks, limit, `More: \`npm run review -- ${report.environment}\`.`);
}

function sectionBlocks({ kind, title, groups }: Section): Block[] {
  // What goes first when there is too much: what Terraform does, then the guard, then access.
  const keep = { terraform: 0, guard: 1, access: 2 }[kind];
  return groups.map((group, index) => ({ keep, ...groupBlock(kind, group), before: index === 0 ? `\n### ${title}\n` : "" }));
}

function groupBlock(kind: Section["kind"], { title, items }: Group): Pick<Block, "head" | "parts" | "tail"> {
  const parts = items.map(itemPart);
  if (title === "") {
    return { head: "\n", parts, tail: "" };
  }
  if (kind === "guard") {
    return { head: `\n**${codeSpan(title)}**\n\n`, parts, tail: "" };
  }
  if (kind === "access") {
    return { head: `\n**${title}**\n\n`, parts, tail: "" };
  }
  const isLong = items.length > MOST_OPEN_ITEMS || parts.some(({ details }) => details.length > MOST_OPEN_ITEMS);
  return {
    head: `\n<details${isLong ? "" : " open"}><summary>${title} (${items.length})</summary>\n\n`,
    parts,
    tail: "\n</details>\n",
  };
}

function itemPart({ mark, head, details }: Item): Block["parts"][number] {
  return {
    head: `- ${MARKS[mark]}${inline(head)}\n${fenced(head, "  ")}`,
    details: details.map((line) => `  - ${inline(line)}\n${fenced(line, "    ")}`),
  };
}

/** The review's own words may hold Markdown; whatever comes from the plan stands in code spans. */
function inline({ text }: Pick<Line, "text">): string {
  return textWith(text, codeSpan);
}

/** Everything in a code span is itself: no link, no mention, no HTML. Its fence is longer than any run of backticks in it. */
function codeSpan(content: string): string {
  const fence = "`".repeat(longestRun(content) + 1);
  const pad = /^[` ]|[` ]$/.test(content) || content === "" ? " " : "";
  return `${fence}${pad}${content}${pad}${fence}`;
}

function fenced({ difference }: Line, indent: string): string {
  if (!difference) {
    return "";
  }
  const fence = "`".repeat(Math.max(3, longestRun(difference.join("\n")) + 1));
  return [`${fence}diff`, ...difference, fence].map((line) => `${indent}${line}\n`).join("");
}

function longestRun(content: string): number {
  return Math.max(0, ...[...content.matchAll(/`+/g)].map(([run]) => run.length));
}
