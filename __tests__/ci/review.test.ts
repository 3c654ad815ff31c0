/** How `npm run review` is called and understood, with a script of that name that does as it is told. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { review } from "../../ci/review";

const project = process.cwd();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "review-"));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(project);
  rmSync(folder, { recursive: true });
});

/** The review of a script that prints its arguments after `printed` and ends with `code`. */
function reviewBy(printed: string, code: number) {
  writeFileSync("package.json", JSON.stringify({ scripts: { review: "node review.cjs" } }));
  const print = printed ? `console.log(${JSON.stringify(printed)}, ...process.argv.slice(2));` : "";
  writeFileSync("review.cjs", `${print} console.error("the reason"); process.exitCode = ${code};`);
  return review("dev", "plan.json", new AbortController().signal);
}

const REPORT = "report dev --plan plan.json --format markdown --limit 44536\n";

test.each([
  ["all rules hold", 0, true],
  ["a rule fails", 1, false],
])("exit code %#: %s", async (_, code, passed) => {
  await expect(reviewBy("report", code)).resolves.toEqual({ passed, markdown: REPORT });
});

test.each([
  ["input that it cannot read", "report", 2],
  ["no report, although the exit code says that a rule fails", "", 1],
])("%s is an error, with the review's words", async (_, printed, code) => {
  await expect(reviewBy(printed, code)).rejects.toThrow(/npm run review -- dev failed:\s+.*the reason/s);
});

test("a project without a review is an error, and not a plan that breaks a rule", async () => {
  writeFileSync("package.json", "{}");
  await expect(review("dev", "plan.json", new AbortController().signal)).rejects.toThrow("npm run review -- dev failed");
});
