/** The page without its environment's values: built from its sources once for each synth. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire, SourceMap, type SourceMapPayload } from "node:module";
import path from "node:path";
import { UserError } from "../../../config/user-error";
import { firstSpecial, refuseSpecials, special } from "./gateway-template";

/** Relative to the project's root, where every command runs: the bundled app has no file of its own beside these. */
const SOURCES = "stacks/secured-api/landing-page/page";

/** Template literals are turned into concatenations, because of their `${`. Names are kept: they cost little and can be read in a browser. */
const BUILD = [
  "--bundle",
  "--format=iife",
  "--target=es2022",
  "--supported:template-literal=false",
  "--minify-whitespace",
  "--minify-syntax",
  "--charset=utf8",
  "--log-level=warning",
];

export interface BuiltPage {
  /** The HTML with style and script in it, and `{{name}}` where {@link fill} puts a value. */
  readonly html: string;
  /** Content Security Policy sources that allow the page's one script and one style, and no other. */
  readonly scriptSource: string;
  readonly styleSource: string;
}

/**
 * Builds the page from a folder with page.html, page.css and page.ts.
 *
 * @throws UserError when a source has a character that the gateway or Terraform would interpret, with file, line and column
 */
export function buildPage(folder = SOURCES): BuiltPage {
  const [htmlFile, cssFile, scriptFile] = ["page.html", "page.css", "page.ts"].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ];
  const template = readFileSync(htmlFile, "utf8");
  refuseSpecials(htmlFile, template, "Write character references by name (&apos;), addresses without a fragment, and colours as rgb().");
  const style = readFileSync(cssFile, "utf8");
  refuseSpecials(cssFile, style, "Write colours as rgb() or hsl(), and select by class or attribute.");
  const script = buildScript(scriptFile);
  return {
    html: inline(template, style, script),
    scriptSource: hashSource(script),
    styleSource: hashSource(style),
  };
}

let built: BuiltPage | undefined;

/** The page of this project. All stacks of a synth share it. */
export function builtPage(): BuiltPage {
  built ??= buildPage();
  return built;
}

/** Puts values in the places of a template that name them; other places stay. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (place, name: string) => values[name] ?? place);
}

function inline(template: string, style: string, script: string): string {
  return template
    .replace('<link rel="stylesheet" href="page.css" />', () => `<style>${style}</style>`)
    .replace('<script src="page.ts"></script>', () => `<script>${script}</script>`);
}

function buildScript(file: string): string {
  const script = esbuild(file).trimEnd();
  const place = firstSpecial(script);
  if (place) {
    throw special(...sourceOf(file, place), place.found, "Have it made when it is needed, e.g. by decodeURIComponent, or do without it.");
  }
  return script;
}

/** Where in the sources a place of the built script comes from. */
function sourceOf(file: string, { line, column }: { readonly line: number; readonly column: number }) {
  const [, encoded = ""] = esbuild(file, "--sourcemap=inline").split("base64,");
  const map = new SourceMap(JSON.parse(Buffer.from(encoded, "base64").toString()) as SourceMapPayload);
  const entry = map.findEntry(line - 1, column - 1);
  if (!("originalSource" in entry)) {
    return [file, { line, column }] as const;
  }
  return [
    path.join(path.dirname(file), path.basename(entry.originalSource)),
    { line: entry.originalLine + 1, column: entry.originalColumn + 1 },
  ] as const;
}

/** Runs esbuild's program, which starts faster than its JavaScript interface loads and cannot be bundled. */
function esbuild(file: string, ...further: string[]): string {
  const program = createRequire(path.resolve("package.json")).resolve("esbuild/bin/esbuild");
  try {
    return execFileSync(program, [file, ...BUILD, ...further], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    throw new UserError(`${file}: esbuild could not build it:\n${(error as { stderr?: string }).stderr ?? String(error)}`);
  }
}

function hashSource(content: string): string {
  return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}
