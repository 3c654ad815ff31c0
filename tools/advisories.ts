/** Which known weaknesses of the dependencies stop a release. */
import { UserError } from "../config/user-error";

/** A weakness that is let pass, for a while. */
export interface AdvisoryException {
  /** The advisory's id, e.g. `GHSA-c2qf-rxjj-qqgw`. */
  readonly id: string;
  /** Why it does no harm here. */
  readonly reason: string;
  /** The last day on which it is let pass, e.g. `2027-03-31`. */
  readonly until: string;
}

const EXCEPTIONS: readonly AdvisoryException[] = [];

/** An advisory as `npm audit --json` has it, beside the names of the packages through which it reaches the project. */
interface Advisory {
  readonly name: string;
  readonly title: string;
  readonly url: string;
  readonly severity: string;
  readonly range: string;
}

/** What `npm audit --json` prints, as far as it is read here. */
export interface AuditReport {
  readonly vulnerabilities: Readonly<Record<string, { readonly via: readonly (string | Advisory)[] }>>;
}

const STOPS: ReadonlySet<string> = new Set(["high", "critical"]);

/**
 * Lets the exceptions pass.
 *
 * @param today e.g. `2027-01-05`
 * @throws UserError that names every high or critical advisory without an exception, and every exception that has ended or is not needed
 */
export function requireNoAdvisory(report: AuditReport, today: string, exceptions = EXCEPTIONS): void {
  const found = Object.values(report.vulnerabilities)
    .flatMap(({ via }) => via.filter((cause) => typeof cause !== "string"))
    .filter(({ severity }) => STOPS.has(severity));
  const byId = new Map(found.map((advisory) => [idOf(advisory), advisory]));
  const allowed = new Map(exceptions.map((exception) => [exception.id, exception]));

  const faults = [
    ...[...byId]
      .filter(([id]) => !allowed.has(id))
      .map(([id, { name, range, severity, title }]) => `${name} ${range}: ${title} (${severity}, ${id}). Update it.`),
    ...exceptions
      .filter(({ id, until }) => byId.has(id) && until < today)
      .map(({ id, until }) => `${id}: its exception ended on ${until}. Update the package, or judge the advisory anew.`),
    ...exceptions.filter(({ id }) => !byId.has(id)).map(({ id }) => `${id}: no package needs this exception any more. Remove it.`),
  ];
  if (faults.length > 0) {
    throw new UserError([...faults, "The exceptions are in tools/advisories.ts."].join("\n"));
  }
}

function idOf({ url }: Advisory): string {
  return url.slice(url.lastIndexOf("/") + 1);
}
