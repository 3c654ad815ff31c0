/** `npm run audit`: known weaknesses of what a synth loads. */
import { execFile } from "node:child_process";
import { parseArgs } from "node:util";
import { UserError } from "../config/user-error";
import { runCommand } from "../local/command";
import { type AuditReport, requireNoAdvisory } from "./advisories";

const HELP = `npm run audit

Asks the npm registry for known weaknesses of the dependencies, development ones aside. Fails on high and critical ones, unless
tools/advisories.ts has an exception with a reason and an end. Fails, too, when the registry does not answer audits.`;

void runCommand(HELP, async (args, signal) => {
  parseArgs({ args });
  requireNoAdvisory(await auditReport(signal), new Date().toISOString().slice(0, 10));
  console.log("No high or critical advisory that is not excepted.");
});

/** npm ends with 1 when it found something, and prints the report all the same. */
function auditReport(signal: AbortSignal): Promise<AuditReport> {
  return new Promise((resolve, reject) => {
    const args = ["audit", "--omit=dev", "--package-lock-only", "--json"];
    execFile("npm", args, { signal, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      const report = parsed(stdout);
      if (report && "vulnerabilities" in report) {
        resolve(report as AuditReport);
      } else {
        const reason = (report as { message?: string } | undefined)?.message ?? (stderr.trim() || error?.message);
        reject(
          new UserError(
            `The registry gave no answer to the audit: ${reason}. Ask one that answers audits: npm run audit --registry=<url>.`,
          ),
        );
      }
    });
  });
}

function parsed(text: string): object | undefined {
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined; // npm said something else
  }
}
