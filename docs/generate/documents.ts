import { readdirSync } from "node:fs";

/** The project's Markdown files, relative to its root. */
export function documents(): string[] {
  const below = readdirSync("docs", { recursive: true, encoding: "utf8" }).map((file) => `docs/${file}`);
  return [...readdirSync("."), ...below].filter((file) => file.endsWith(".md")).sort();
}
