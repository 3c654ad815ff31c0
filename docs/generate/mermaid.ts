import type { Architecture } from "./architecture";

/** The picture as a Mermaid flowchart in a Markdown block, which GitHub draws. */
export function mermaid({ nodes, edges }: Architecture): string {
  return [
    "```mermaid",
    "flowchart LR",
    ...nodes.map(({ id, lines, person }) => `  ${id}${person ? "([" : "["}"${lines.join("<br>")}"${person ? "])" : "]"}`),
    ...edges.map(({ from, to, lines }) => `  ${from} -->${lines.length > 0 ? `|"${lines.join("<br>")}"|` : ""} ${to}`),
    "```",
  ].join("\n");
}
