/** What a job leaves for the next one and for whoever looks at its page. Outside GitHub Actions it is printed. */
import { appendFileSync } from "node:fs";

/** Sets an output of the step. The value is one line. */
export function setOutput(name: string, value: string): void {
  append(process.env["GITHUB_OUTPUT"], `${name}=${value}`);
}

/** Adds Markdown to the job's summary. */
export function addSummary(markdown: string): void {
  append(process.env["GITHUB_STEP_SUMMARY"], markdown);
}

function append(file: string | undefined, text: string): void {
  if (file) {
    appendFileSync(file, `${text}\n`);
  } else {
    console.log(text);
  }
}
