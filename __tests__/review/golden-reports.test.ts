/** Plans of the real provider, and what is said of them. How they are made: fixtures/make.ts. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ACTIONS } from "../../review/plan/plan";
import { renderMarkdown, RULE_NAMES, type RuleName } from "../../review";
import { FIXTURES, plan, report, reportFile, VARIANTS } from "./fixtures/fixture";

test("every plan and every expected report belongs to a variant", () => {
  const names = VARIANTS.map(({ name }) => name).sort();
  expect(new Set(names).size).toBe(names.length);
  const stems = (folder: string) =>
    readdirSync(path.join(FIXTURES, folder))
      .map((file) => file.split(".")[0])
      .sort();
  expect(stems("plans")).toEqual(names);
  expect(stems("reports")).toEqual(names);
  expect(names.length).toBeGreaterThanOrEqual(30);
});

describe.each(VARIANTS)("$name", ({ name, breaks }) => {
  test("is reported as expected", () => {
    expect(renderMarkdown(report(name))).toBe(readFileSync(reportFile(name), "utf8"));
  });

  test(breaks.length === 0 ? "breaks no rule" : `breaks ${breaks.join(", ")} and no other rule`, () => {
    const { findings, passed } = report(name);
    expect([...new Set(findings.map(({ rule }) => rule))].sort()).toEqual([...breaks].sort());
    expect(passed).toBe(breaks.length === 0);
  });
});

test.each(RULE_NAMES)("there is a plan that breaks only %s", (rule: RuleName) => {
  expect(VARIANTS.filter(({ breaks }) => breaks.length === 1 && breaks[0] === rule)).not.toEqual([]);
});

test("every action of Terraform's is among the plans", () => {
  const actions = new Set(VARIANTS.flatMap(({ name }) => plan(name).resources.map(({ action }) => action)));
  expect([...actions].sort()).toEqual([...ACTIONS].sort());
});
