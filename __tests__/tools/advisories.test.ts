import { type AdvisoryException, type AuditReport, requireNoAdvisory } from "../../tools/advisories";

const advisory = (severity: string) => ({
  name: "minimatch",
  title: "Slow patterns",
  url: "https://github.com/advisories/GHSA-aaaa-bbbb-cccc",
  severity,
  range: "<3.1.3",
});
const report = (severity?: string): AuditReport => ({
  vulnerabilities: severity === undefined ? {} : { minimatch: { via: [advisory(severity)] }, archiver: { via: ["minimatch"] } },
});
const exception: AdvisoryException = { id: "GHSA-aaaa-bbbb-cccc", reason: "The patterns are the project's own.", until: "2027-01-31" };
const check = (audit: AuditReport, exceptions: AdvisoryException[] = [], today = "2027-01-31") => {
  requireNoAdvisory(audit, today, exceptions);
};

test.each([
  ["no advisory", report(), []],
  ["a moderate one", report("moderate"), []],
  ["a high one with an exception, on its last day", report("high"), [exception]],
])("%s passes", (_, audit, exceptions) => {
  expect(() => {
    check(audit, exceptions);
  }).not.toThrow();
});

test.each([
  ["a high one", report("high"), [], "minimatch <3.1.3: Slow patterns (high, GHSA-aaaa-bbbb-cccc). Update it."],
  ["a critical one", report("critical"), [], "(critical, GHSA-aaaa-bbbb-cccc)"],
  ["one with an exception for another", report("high"), [{ ...exception, id: "GHSA-dddd" }], "minimatch <3.1.3"],
  ["one whose exception has ended", report("high"), [{ ...exception, until: "2027-01-30" }], "its exception ended on 2027-01-30"],
  ["an exception that nothing needs", report(), [exception], "GHSA-aaaa-bbbb-cccc: no package needs this exception any more"],
])("%s fails", (_, audit, exceptions, message) => {
  expect(() => {
    check(audit, exceptions);
  }).toThrow(message);
});
