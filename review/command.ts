/** `npm run review`: a plan as a reviewer wants to read it, and the guard's verdict. */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { environments } from "../config/environments";
import { ArgumentError, runCommand } from "../local/command";
import {
  checkExceptions,
  COMMENT_LIMIT,
  exceptions,
  parsePlan,
  PUBLIC_ROUTES,
  readPlan,
  renderJson,
  renderMarkdown,
  renderTerminal,
  type Report,
  reviewPlan,
  UnreadablePlan,
} from ".";
import { planOf } from "./plan-of";

const FORMATS: Readonly<Record<string, (report: Report, limit: number) => string>> = {
  terminal: (report) => renderTerminal(report),
  markdown: renderMarkdown,
  json: renderJson,
};

/** Less than this would hold hardly more than the headings. */
const SMALLEST_LIMIT = 1_000;

const HELP = `npm run review -- <environment> [--plan <file>] [--format terminal|markdown|json]

Shows what a plan changes for access and what Terraform will do, and holds it to the rules of the guard.

  <environment>     ${Object.keys(environments).join(", ")}
  --plan <file>     review this plan, as "terraform show -json <plan>" prints it; "-" reads standard input. Without it, a plan is made
                    with the credentials of the shell (local: of the emulator that npm start runs)
  --format <name>   terminal (default; no colour on a pipe or with NO_COLOR), markdown (a comment on GitHub) or json (for other tools)
  --limit <number>  the most characters of the Markdown, ${SMALLEST_LIMIT} to ${COMMENT_LIMIT} (default ${COMMENT_LIMIT}, which is what GitHub takes): the
                    longest parts are shortened
  --verbose         show stack traces
  --help            show this

Exit code: 0 every rule is kept, 1 a rule fails or the plan could not be made, 2 wrong arguments or not a plan.`;

/** The same as for a wrong option: what was asked for makes no sense. */
const WRONG_INPUT = 2;

void runCommand(HELP, async (args, signal) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      plan: { type: "string" },
      format: { type: "string", default: "terminal" },
      limit: { type: "string", default: String(COMMENT_LIMIT) },
    },
  });
  const [name = "", ...others] = positionals;
  const environment = Object.values(environments).find((one) => one.name === name);
  const render = Object.hasOwn(FORMATS, values.format) ? FORMATS[values.format] : undefined;
  if (!environment || others.length > 0) {
    throw new ArgumentError(
      others.length > 0
        ? `Only one environment can be reviewed at a time, not ${positionals.join(", ")}.`
        : `${name === "" ? "No environment is named" : `There is no environment "${name}"`}: config/environments.ts has ${Object.keys(environments).join(", ")}.`,
    );
  }
  if (!render) {
    throw new ArgumentError(`--format is "${values.format}": there are ${Object.keys(FORMATS).join(", ")}.`);
  }
  const limit = /^\d+$/.test(values.limit) ? Number(values.limit) : Number.NaN;
  if (!(limit >= SMALLEST_LIMIT && limit <= COMMENT_LIMIT)) {
    throw new ArgumentError(
      `--limit is "${values.limit}": it must be a whole number of characters from ${SMALLEST_LIMIT} to ${COMMENT_LIMIT}.`,
    );
  }
  checkExceptions(exceptions, Object.keys(environments));
  try {
    const { json, planned } =
      values.plan === undefined ? await planOf(environment, signal) : { json: readPlanFile(values.plan), planned: environment };
    const plan = readPlan(parsePlan(json, values.plan ?? "the plan"));
    const report = reviewPlan(plan, { environment: planned, exceptions, publicRoutes: PUBLIC_ROUTES, now: new Date() });
    process.stdout.write(render(report, limit));
    process.exitCode = report.passed ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UnreadablePlan)) {
      throw error;
    }
    console.error(error.message);
    process.exitCode = WRONG_INPUT;
  }
});

function readPlanFile(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UnreadablePlan(
      `${file} cannot be read (${code ?? "unknown error"}). Make it with \`terraform show -json <plan file> > plan.json\`.`,
    );
  }
}
