/** What the documents say exists: what they link to, the commands, the files and the tests they name. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { documents } from "../../docs/generate/documents";
import { repositoryFiles } from "../../policy/repository-files";
import { commandsIn } from "../support/documented-commands";
import { NOT_RUN, RUNS } from "./runs";

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

/** The folders of the repository: what lies elsewhere, a command writes. */
const folders = [...new Set(repositoryFiles().flatMap((file) => (file.includes("/") ? file.split("/")[0]! : [])))];

/** The files and folders that a document names in code, from the root. */
function pathsIn(document: string): string[] {
  const code = [...document.matchAll(/`([\w.-]+\/[\w./-]*)`/g)].map(([, name]) => name!);
  return code.filter((name) => folders.includes(name.split("/")[0]!));
}

test.each(files)("the scripts, tests and source files that %s names exist", (file) => {
  const named = [...text(file).matchAll(/npm run ([a-z][a-z:-]*)/g)].map(([, script]) => script!);
  expect(named.filter((script) => scripts[script] === undefined)).toEqual([]);
  expect(pathsIn(text(file)).filter((name) => !existsSync(name))).toEqual([]);
});

test("a path is found in each folder of the repository, and nowhere else", () => {
  expect(folders).toEqual(expect.arrayContaining([".github", "docs", "lambda-src", "mutation", "policy", "portability", "scale", "tools"]));
  const named = folders.flatMap((folder) => [`${folder}/`, `${folder}/no-such.file`]);
  expect(pathsIn(named.map((name) => `\`${name}\``).join(" or "))).toEqual(named);
  expect(pathsIn("`cdktf.out/stacks`, `.local/ci/dev`, `npm run policy/x`, `x-config/a.ts`")).toEqual([]);
});

const everyCommand = files.flatMap((file) => commandsIn(text(file)).map((command) => ({ file, ...command })));
const testFiles = readdirSync("__tests__", { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".test.ts"));
/** What all tests say: one that follows a document, or a block of it, reads the commands there. */
const allTests = testFiles.map((name) => text(path.join("__tests__", name))).join("\n");

/** Whether a test runs it, or the document or the list says why none does. */
function isAccountedFor({ file, command, isBlock, heading, needsMore }: (typeof everyCommand)[number]): boolean {
  const readers = [`documentedCommands("${file}", "${heading}")`, `commandsIn(readFileSync("${file}", "utf8"))`];
  const followed = isBlock && readers.some((reader) => allTests.includes(reader));
  return needsMore || followed || command in RUNS || (!isBlock && command in NOT_RUN);
}

test.each(files)("each command of %s is run by a test, needs an AWS account or GitHub and says so, or is listed with a reason", (file) => {
  const left = everyCommand.filter((one) => one.file === file && !isAccountedFor(one));
  expect(left.map(({ heading, command }) => `${heading}: ${command}`)).toEqual([]);
});

test.each(Object.entries(RUNS))("%s is run by the test that is said to", (_, run) => {
  expect(run.test === ".ci/run" || testFiles.includes(path.relative("__tests__", run.test))).toBe(true);
  expect(text(run.test)).toContain(run.words);
});

test("no command is accounted for that no document has", () => {
  const known = new Set(everyCommand.filter(({ needsMore }) => !needsMore).map(({ command }) => command));
  expect([...Object.keys(RUNS), ...Object.keys(NOT_RUN)].filter((command) => !known.has(command))).toEqual([]);
});

test.each<[what: string, document: string, found: object[]]>([
  ["in its text", "# A\n\nTry `npm run new`.", [{ command: "npm run new", isBlock: false, heading: "A", needsMore: false }]],
  ["in a table", "| a |\n|---|\n| `npx new x` |", [{ command: "npx new x" }]],
  ["in a list, over two lines", "1. `npm run\n   new`", [{ command: "npm run new" }]],
  ["in a block", "## B\n\n```sh\nnpm run new\n```", [{ command: "npm run new", isBlock: true, heading: "B" }]],
  ["in a block of no language", "```\nwhatever\n```", [{ command: "whatever", isBlock: true }]],
  ["in an indented block", "a\n\n    whatever", [{ command: "whatever", isBlock: true }]],
  ["in a section that needs more", "## B\n\n*Needs an AWS account.*\n\nThen\n\n1. `aws new`", [{ needsMore: true }]],
  ["after that section", "## B\n\nNeeds GitHub.\n\n## C\n\n`gh new`", [{ heading: "C", needsMore: false }]],
  ["in a block below a paragraph that needs more", "a\n\nThis needs GitHub:\n\n```sh\ngh new\n```", [{ needsMore: true }]],
  ["beside a paragraph that does not", "a\n\nThis needs GitHub.\n\nThis not: `gh new`", [{ needsMore: false }]],
  ["nowhere", "`npm` `config/a.ts`\n\n```ts\nnpm\n```", []],
])("a command is found %s", (_, document, found) => {
  const commands = commandsIn(document);
  expect(commands).toHaveLength(found.length);
  expect(commands).toMatchObject(found);
});
