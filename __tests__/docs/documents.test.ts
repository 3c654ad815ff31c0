/** What the documents say exists: what they link to, the commands, the files and the tests they name. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { documents } from "../../docs/generate/documents";

const files = documents();
const text = (file: string) => readFileSync(file, "utf8");
const { scripts } = JSON.parse(text("package.json")) as { scripts: Record<string, string> };

/** The anchors of a document's headings, as GitHub makes them. */
function anchors(document: string): string[] {
  return [...document.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** What is wrong with a link that stands in a document, or undefined. */
function faultInLink(file: string, link: string): string | undefined {
  if (/^https?:/.test(link)) {
    return URL.canParse(link) && !link.startsWith("http:") ? undefined : `${link}: an address on the web is https`;
  }
  const [target = "", anchor] = link.split("#");
  const found = target === "" ? file : path.join(path.dirname(file), target);
  if (!existsSync(found)) {
    return `${link}: there is no ${found}`;
  }
  return anchor === undefined || anchors(text(found)).includes(anchor) ? undefined : `${link}: ${found} has no such heading`;
}

test.each(files)("the links of %s lead somewhere", (file) => {
  const links = [...text(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
  expect(links.flatMap((link) => faultInLink(file, link) ?? [])).toEqual([]);
});

test.each(["README.md#no-such-heading", "no-such-file.md", "http://example.com"])("a link to %s would be found", (link) => {
  expect(faultInLink("README.md", link)).toMatch(link);
});

test.each(files)("the scripts, tests and source files that %s names exist", (file) => {
  const named = [...text(file).matchAll(/npm run ([a-z][a-z:-]*)/g)].map(([, script]) => script!);
  expect(named.filter((script) => scripts[script] === undefined)).toEqual([]);
  const paths = [...text(file).matchAll(/`((?:__tests__|stacks|config|local|review|ci|commands|bench|\.github)\/[\w./-]+)`/g)];
  expect(paths.map(([, name]) => name!).filter((name) => !existsSync(name))).toEqual([]);
});

/** Which test runs the commands of a document's `sh` blocks. */
const RUN_BY: Readonly<Record<string, string>> = {
  "docs/operations.md": "__tests__/emulator/operations.test.ts",
  "docs/migrate-to-cdk-terrain.md": "__tests__/portability/migration.test.ts",
};
/** `npm ci` made the tests possible, and these are what runs them. */
const RUN_BY_THE_TESTS_THEMSELVES: Readonly<Record<string, string>> = {
  "npm ci && npm start": "__tests__/emulator/start.test.ts",
  "npm ci && npm test": ".ci/run",
};

test.each(files)("each command in a block of %s is run by a test", (file) => {
  const blocks = [...text(file).matchAll(/^ *```sh\n([^]*?)^ *```$/gm)].map(([, block]) => block!.trim());
  const runner = RUN_BY[file];
  if (runner !== undefined) {
    expect(blocks).not.toEqual([]);
    expect(text(runner)).toContain(file);
  } else {
    expect(blocks.filter((block) => RUN_BY_THE_TESTS_THEMSELVES[block] === undefined)).toEqual([]);
  }
});
