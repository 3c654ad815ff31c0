/** Fits a report into a limit: the longest parts lose their details first, then lists their ends. */

/** A list under a heading. */
export interface Block {
  /** Blocks with a lower number are shortened first. */
  readonly keep: number;
  /** What stands before the block whatever happens to it, such as a section's heading. */
  readonly before: string;
  readonly head: string;
  readonly parts: readonly Part[];
  readonly tail: string;
}

/** An item of a list, and the lines below it. */
export interface Part {
  readonly head: string;
  readonly details: readonly string[];
}

/** A block's items while they are being shortened. */
interface Shortened extends Block {
  readonly cut: number;
}

/** Head, blocks and a note of what was left out, in at most `limit` characters. */
export function fit(head: string, blocks: readonly Block[], limit: number, note: string): string {
  const whole = head + blocks.map((block) => rendered({ ...block, cut: 0 })).join("");
  if (whole.length <= limit) {
    return whole;
  }
  const footer = `\n_Shortened to ${limit} characters. ${note}_\n`;
  const room = limit - head.length - footer.length;
  let shortened: readonly Shortened[] = blocks.map((block) => ({ ...block, cut: 0 }));
  for (const keep of [...new Set(blocks.map((block) => block.keep))].sort((a, b) => a - b)) {
    shortened = shortenBlocks(shortened, keep, room);
    if (lengthOf(shortened) <= room) {
      break;
    }
  }
  return head + shortened.map(rendered).join("") + footer;
}

/** Shortens the blocks of one priority: first the longest details, then the ends of the longest lists. */
function shortenBlocks(blocks: readonly Shortened[], keep: number, room: number): readonly Shortened[] {
  const own = (change: (block: Shortened) => Shortened) => blocks.map((block) => (block.keep === keep ? change(block) : block));
  const withDetails = (longest: number) =>
    own((block) => ({ ...block, parts: block.parts.map((part) => ({ ...part, details: cutLines(part.details, longest, "    - ") })) }));
  const details = largest(
    maximum(blocks.flatMap(({ parts }) => parts.map((part) => sum(part.details)))),
    (longest) => lengthOf(withDetails(longest)) <= room,
  );
  const bare = withDetails(Math.max(details, 0));
  if (details >= 0) {
    return bare;
  }
  const withItems = (count: number) =>
    bare.map((block) =>
      block.keep === keep ? { ...block, parts: block.parts.slice(0, count), cut: Math.max(0, block.parts.length - count) } : block,
    );
  return withItems(
    Math.max(
      0,
      largest(maximum(blocks.map(({ parts }) => parts.length)), (count) => lengthOf(withItems(count)) <= room),
    ),
  );
}

/** The largest number from 0 to `most` that is good, when every smaller one is too; -1 when none is. */
function largest(most: number, isGood: (value: number) => boolean): number {
  let [low, high] = [-1, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isGood(middle)) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

/** As many whole lines as fit, and a note about the others. */
function cutLines(lines: readonly string[], longest: number, indent: string): readonly string[] {
  if (sum(lines) <= longest) {
    return lines;
  }
  let [count, length] = [0, 0];
  for (const line of lines) {
    if (length + line.length > longest) {
      break;
    }
    length += line.length;
    count += 1;
  }
  return [...lines.slice(0, count), `${indent.slice(2)}… ${lines.length - count} more\n`];
}

function rendered({ before, head, parts, tail, cut }: Shortened): string {
  const items = parts.map((part) => part.head + part.details.join("")).join("");
  return before + head + items + (cut > 0 ? `- … ${cut} more\n` : "") + tail;
}

function lengthOf(blocks: readonly Shortened[]): number {
  return blocks.reduce((length, block) => length + rendered(block).length, 0);
}

function sum(lines: readonly string[]): number {
  return lines.reduce((length, line) => length + line.length, 0);
}

function maximum(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}
