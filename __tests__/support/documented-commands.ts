/** The commands that a document names, in its text and in its blocks, whether it says that one needs more than a laptop, and its code. */
import { readFileSync } from "node:fs";
import MarkdownIt from "markdown-it";

export interface DocumentedCommand {
  /** One command of the text, or all lines of a block. */
  readonly command: string;
  readonly isBlock: boolean;
  /** The heading above it. */
  readonly heading: string;
  /** Whether it is said to need an AWS account or GitHub. */
  readonly needsMore: boolean;
}

/** Said in a paragraph, it is said of the commands in it and in the block below it; in the first one below a heading, of the whole section. */
const NEEDS_MORE = /(?<!neither )\bneeds? (an AWS account|GitHub)\b/i;
const PROGRAM = /^(?:[A-Z_]+=\S+ )*(?:npm|npx|node|gh|curl|aws|terraform|tofu|cdktf|cdktn|git|docker|python3?|perl|bash|apt-get|make) /;
const NO_COMMANDS = ["ts", "text", "mermaid", "diff", "json"];

/** The commands of a document, without those of its generated sections. */
export function commandsIn(document: string): DocumentedCommand[] {
  const commands: DocumentedCommand[] = [];
  let heading = "";
  let section: boolean | undefined; // not known before its first paragraph
  let paragraph = false;
  let isHeading = false;
  for (const { type, info, content, children } of new MarkdownIt().parse(withoutGenerated(document), {})) {
    const found = (command: string, isBlock: boolean) => {
      commands.push({ command: command.trim(), isBlock, heading, needsMore: section === true || paragraph });
    };
    if (type === "inline" && isHeading) {
      heading = content;
      section = undefined;
    } else if (type === "inline") {
      paragraph = NEEDS_MORE.test(content);
      section ??= paragraph;
      const codes = (children ?? []).filter((child) => child.type === "code_inline").map((child) => child.content);
      for (const code of codes.filter((one) => PROGRAM.test(one))) {
        found(code, false);
      }
    } else if ((type === "fence" && !NO_COMMANDS.includes(info)) || type === "code_block") {
      found(content, true);
    }
    isHeading = type === "heading_open";
  }
  return commands;
}

function withoutGenerated(document: string): string {
  return document.replace(/<!-- begin (\S+) -->[^]*?<!-- end \1 -->/g, "");
}

/** The commands under a heading of a document, which are one block, one a line. */
export function documentedCommands(file: string, heading: string): string[] {
  const here = commandsIn(readFileSync(file, "utf8")).filter((one) => one.isBlock && one.heading === heading && !one.needsMore);
  if (here.length !== 1) {
    throw new Error(`${file} has ${here.length} blocks of commands under "${heading}" instead of one.`);
  }
  return here[0]!.command.split("\n");
}

/** The block of TypeScript under a heading of a document that begins so. */
export function documentedCode(file: string, heading: string, begin: string): string {
  const tokens = new MarkdownIt().parse(readFileSync(file, "utf8"), {});
  const from = tokens.findIndex(
    ({ type, content }, index) => tokens[index - 1]?.type === "heading_open" && type === "inline" && content === heading,
  );
  const length = tokens.slice(from + 1).findIndex(({ type }) => type === "heading_open");
  const section = from < 0 ? [] : tokens.slice(from, length < 0 ? undefined : from + 1 + length);
  const block = section.find(({ type, info, content }) => type === "fence" && info === "ts" && content.trimStart().startsWith(begin));
  if (!block) {
    throw new Error(`${file} has no block of TypeScript under "${heading}" that begins with "${begin}".`);
  }
  return block.content.trim();
}
