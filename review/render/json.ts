import { type Report } from "../report";
import { plainText } from "../text";

/** Grows when a field changes its meaning or goes; new fields may come at any time. */
const VERSION = 1;

/**
 * The report for other tools: {@link Report}'s fields, sentences as plain text, with `format` and `version` in front. A sensitive value is
 * `{"sensitive": true}`, one that is not known yet `{"knownAfterApply": true}`.
 */
export function renderJson(report: Report): string {
  const document = {
    format: "plan-review",
    version: VERSION,
    ...report,
    access: report.access.map((change) => ({ ...change, what: plainText(change.what) })),
    findings: report.findings.map((finding) => ({ ...finding, what: plainText(finding.what) })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
