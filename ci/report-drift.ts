import type { Repository } from "./github";
import { driftBody, marker, type Report } from "./report";

/**
 * Keeps the issue about an environment's drift: open and up to date while its plan is not empty, closed when it is.
 *
 * @returns what was found, for the log
 */
export async function reportDrift(repository: Repository, report: Report): Promise<string> {
  const { environment, commit, fingerprint } = report;
  const changes = Object.keys(fingerprint.changes).length;
  if (changes === 0) {
    await repository.closeIssue(marker("drift", environment), `The plan of \`${environment}\` at ${commit} is empty.`);
    return `${environment} is what the code says.`;
  }
  await repository.putIssue(marker("drift", environment), `${environment} is not what the code says`, driftBody(report));
  return `${environment} differs from the code in ${changes} places.`;
}
