/** What API Gateway takes as a response template. */
import { Tokenization } from "cdktf";
import { UserError } from "../../../config/user-error";

/** What Velocity (`#`, `$`) or Terraform (`%{`) would take for its own. Terraform's `${` begins with one of them. */
const SPECIAL = /[#$]|%\{/;

/**
 * The gateway takes 300 KB; the difference is left to the values that Terraform puts in place of their expressions.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
const MAXIMUM_BYTES = 290 * 1024;

/** Where in a text something stands, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The first place in a text that the gateway or Terraform would not leave as it is. */
export function firstSpecial(text: string): (Position & { readonly found: string }) | undefined {
  const match = SPECIAL.exec(text);
  if (!match) {
    return undefined;
  }
  const before = text.slice(0, match.index).split("\n");
  return { found: match[0], line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

/**
 * Stops synth at a character that the gateway, which reads a template as Velocity, or Terraform would interpret.
 *
 * @param wayOut what to write instead
 * @throws UserError with file, line and column
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings.html
 */
export function refuseSpecials(file: string, text: string, wayOut: string): void {
  const place = firstSpecial(text);
  if (place) {
    throw special(file, place, place.found, wayOut);
  }
}

export function special(file: string, { line, column }: Position, found: string, wayOut: string): UserError {
  const reader = found === "%{" ? "Terraform reads it as a template's directive" : "API Gateway reads the page as a Velocity template";
  return new UserError(`${file}:${line}:${column}: the page must not contain "${found}": ${reader}. ${wayOut}`);
}

/**
 * Stops synth at such a character in a setting that the page shows. Terraform's own expressions in it are meant, and are gone before the
 * gateway sees the page.
 */
export function refuseSpecialsInSetting(name: string, value: string): void {
  const literals = Tokenization.reverseString(value).literals.join("");
  const place = firstSpecial(literals);
  if (place) {
    throw new UserError(
      `The landing page's setting ${name} is ${JSON.stringify(literals)}: it must not contain "${place.found}", which API Gateway or ` +
        `Terraform would interpret. Change the environment's setting that it comes from.`,
    );
  }
}

/** @throws UserError when a template is larger than the gateway takes */
export function refuseOversize(file: string, template: string): void {
  const bytes = Buffer.byteLength(template);
  if (bytes > MAXIMUM_BYTES) {
    throw new UserError(
      `${file}: the page has ${bytes} bytes, and API Gateway takes 300 KB, of which ${MAXIMUM_BYTES} bytes may be the page's own. Make it smaller.`,
    );
  }
}
