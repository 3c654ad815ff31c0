/** The verdict in words. */
import type { Checked } from "./check";
import type { Finding, Skip } from "./verdict";

/** Where checkov describes its checks. They have no page of their own. */
const INDEXES = {
  AWS: "https://www.checkov.io/5.Policy%20Index/terraform.html",
  GHA: "https://www.checkov.io/5.Policy%20Index/github_actions.html",
  SECRET: "https://www.checkov.io/5.Policy%20Index/secrets.html",
} as const;

const ANY_INDEX = "https://www.checkov.io/5.Policy%20Index/all.html";

/** One line: how many checks held, failed and are skipped. */
export function summary({ passed, failed, skipped }: Checked): string {
  return `${passed} checks passed, ${failed.length} failed, ${skipped} skipped with a reason`;
}

/** Every fault and its way out, or undefined where there is none. */
export function faults(checked: readonly Checked[]): string | undefined {
  const failed = checked.flatMap((one) => one.failed);
  const unneeded = checked.flatMap((one) => one.unneeded);
  const parts = [
    failed.length > 0 &&
      [
        `${counted(failed.length, "check")} failed:`,
        ...failed.map(finding),
        "Change what fails. Where the check is wrong about this one place, skip it there with the reason: docs/policy.md.",
      ].join("\n\n"),
    unneeded.length > 0 &&
      [
        `${counted(unneeded.length, "skip")} that nothing needs:`,
        ...unneeded.map(unneededSkip),
        "Remove each, or put it under the condition under which the check fails.",
      ].join("\n\n"),
  ];
  return parts.filter((part) => part !== false).join("\n\n") || undefined;
}

function finding({ check, asks, place, at }: Finding): string {
  const where = typeof at === "string" ? `${place}  ${at}` : `${place}:${at[0]}`;
  return `  ${where}\n    ${check}: ${asks.trim()}\n    ${indexOf(check)}`;
}

function unneededSkip({ check, place, at, reason }: Skip): string {
  return `  ${typeof at === "string" ? `${place}  ${at}` : `${place}:${at}`}\n    ${check}: ${reason}`;
}

function indexOf(check: string): string {
  const kind = check.split("_")[1] ?? "";
  return Object.hasOwn(INDEXES, kind) ? INDEXES[kind as keyof typeof INDEXES] : ANY_INDEX;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
