import { faults, summary } from "../../policy/report";
import { skipsInFiles } from "../../policy/repository-files";
import { type Finding, type Skip, verdictOn } from "../../policy/verdict";
import { temporaryFolder } from "../support/temporary-folder";

const finding: Finding = { check: "CKV_AWS_20", asks: "no public bucket", place: "state-backend-dev", at: "aws_s3_bucket.bucket" };
const skip: Skip = { check: "CKV_AWS_20", place: "state-backend-dev", at: "aws_s3_bucket.bucket", reason: "It is public." };
const line: Finding = { check: "CKV_SECRET_6", asks: "no secret", place: "some.ts", at: [5, 6] };
const comment: Skip = { check: "CKV_SECRET_6", place: "some.ts", at: 4, reason: "It is an example." };

test.each<[string, Finding, Skip, boolean]>([
  ["the resource itself", finding, skip, true],
  ["another check", finding, { ...skip, check: "CKV_AWS_21" }, false],
  ["another stack", finding, { ...skip, place: "state-backend-prod" }, false],
  ["another resource", finding, { ...skip, at: "aws_s3_bucket.other" }, false],
  ["the line before", line, comment, true],
  ["the line itself", line, { ...comment, at: 5 }, false],
  ["the line after", line, { ...comment, at: 6 }, false],
  ["two lines before", line, { ...comment, at: 3 }, false],
  ["another file", line, { ...comment, place: "other.ts" }, false],
])("a skip beside %s", (_, found, skipped, holds) => {
  expect(verdictOn([found], [skipped])).toEqual(
    holds ? { failed: [], unneeded: [], skipped: 1 } : { failed: [found], unneeded: [skipped], skipped: 0 },
  );
});

test("the report names place, check and page of what fails, and what to do", () => {
  const checked = { passed: 7, ...verdictOn([finding, line], [{ ...skip, check: "CKV_AWS_21" }]) };
  expect(summary(checked)).toBe("7 checks passed, 2 failed, 0 skipped with a reason");
  expect(faults([checked])).toBe(`2 checks failed:

  state-backend-dev  aws_s3_bucket.bucket
    CKV_AWS_20: no public bucket
    https://www.checkov.io/5.Policy%20Index/terraform.html

  some.ts:5
    CKV_SECRET_6: no secret
    https://www.checkov.io/5.Policy%20Index/secrets.html

Change what fails. Where the check is wrong about this one place, skip it there with the reason: docs/policy.md.

1 skip that nothing needs:

  state-backend-dev  aws_s3_bucket.bucket
    CKV_AWS_21: It is public.

Remove each, or put it under the condition under which the check fails.`);
  expect(faults([{ passed: 7, ...verdictOn([finding], [skip]) }])).toBeUndefined();
});

test("a comment gives check, line and reason, whatever ends it, and must give a reason", () => {
  const mark = ["checkov", "skip=CKV_SECRET_6:"].join(":");
  const root = temporaryFolder({
    "a.md": `\n<!-- ${mark} an example -->\n`,
    "b.css": `/* ${mark} another one */`,
    "c.py": `password = "…"  # ${mark}a third\r\n`,
    "d.ts": `// ${mark}\n`,
  });
  expect(skipsInFiles(["a.md", "b.css", "c.py"], root)).toEqual([
    { check: "CKV_SECRET_6", place: "a.md", at: 2, reason: "an example" },
    { check: "CKV_SECRET_6", place: "b.css", at: 1, reason: "another one" },
    { check: "CKV_SECRET_6", place: "c.py", at: 1, reason: "a third" },
  ]);
  expect(() => skipsInFiles(["d.ts"], root)).toThrow('d.ts:1: the skip of the check "CKV_SECRET_6" has no reason.');
});
