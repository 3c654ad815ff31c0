// Graphviz as WebAssembly (Apache-2.0): it lays text out by tables of its own, so the same picture comes out on every machine.
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import type { Architecture } from "./architecture";

export const ARCHITECTURE_SVG = "docs/images/architecture.svg";

/** The picture as SVG, for documents that are read where Mermaid is not drawn. */
export async function svg({ nodes, edges }: Architecture): Promise<string> {
  const quoted = (lines: readonly string[]) => `"${lines.map((line) => line.replace(/[\\"]/g, "\\$&")).join("\\n")}"`;
  const dot = [
    "digraph {",
    'rankdir=LR; bgcolor="white"; node [shape=box, style=rounded, margin="0.3,0.1", fontname="Helvetica"]; edge [fontname="Helvetica", fontsize=11];',
    ...nodes.map(({ id, lines, person }) => `${id} [label=${quoted(lines)}${person ? ", shape=oval" : ""}];`),
    ...edges.map(({ from, to, lines }) => `${from} -> ${to} [label=${quoted(lines)}];`),
    "}",
  ].join("\n");
  return (await Graphviz.load()).dot(dot, "svg");
}
