import type { SynthesizedStack } from "./synthesized-stack";

/** The stack's outputs as a Markdown table, in the order in which the stack declares them. */
export function outputsTable({ output }: SynthesizedStack): string {
  const rows = Object.entries(output).map(([name, { description }]) => `| \`${name}\` | ${description} |`);
  return ["| output | meaning |", "|---|---|", ...rows].join("\n");
}
