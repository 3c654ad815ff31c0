/** Sentences about a plan: the review's own words, and between them values of the plan, which are not to be trusted. */
import { createHash } from "node:crypto";
import { isList, isPlannedObject, type PlannedValue, Sensitive, Unknown } from "./plan/planned-value";

/** A value that is shown as Terraform writes it: a string in quotes. */
export class Quoted {
  constructor(readonly value: PlannedValue) {}
}

/** The words and the values between them; a renderer decides how each looks. */
export interface Text {
  readonly words: readonly string[];
  readonly values: readonly (PlannedValue | Quoted)[];
}

/** Tag of a template: text`the route ${route} becomes public`. */
export function text(words: TemplateStringsArray, ...values: (PlannedValue | Quoted)[]): Text {
  return { words, values };
}

/** A text with each value as `decorate` shows it, which gets it on one line and without characters that one does not see. */
export function textWith({ words, values }: Text, decorate: (shown: string) => string): string {
  return words.map((word, index) => (index < values.length ? word + decorate(shownValue(values[index])) : word)).join("");
}

export function plainText(sentence: Text): string {
  return textWith(sentence, (shown) => shown);
}

function shownValue(value: PlannedValue | Quoted): string {
  return value instanceof Quoted ? quotedValue(value.value) : bareValue(value);
}

const LONGEST_VALUE = 200;

function quotedValue(value: PlannedValue): string {
  return shortened(typeof value === "string" ? quoted(value) : bare(value), value);
}

/** The same, but for a string that stands alone: no quotes. */
export function bareValue(value: PlannedValue): string {
  return shortened(typeof value === "string" ? quoted(value).slice(1, -1).replaceAll('\\"', '"') : bare(value), value);
}

function bare(value: PlannedValue): string {
  if (value instanceof Sensitive) {
    return "(sensitive value)";
  }
  if (value instanceof Unknown) {
    return "(known after apply)";
  }
  if (value === undefined || value === null) {
    return "(none)";
  }
  if (isList(value)) {
    return `[${value.map(nested).join(", ")}]`;
  }
  if (isPlannedObject(value)) {
    const entries = Object.entries(value).map(([key, inner]) => `${quoted(key)}: ${nested(inner)}`);
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  }
  return typeof value === "string" ? quoted(value) : String(value);
}

function nested(value: PlannedValue): string {
  return value === null ? "null" : bare(value);
}

/** JSON escapes what would move the cursor; the rest are characters that one does not see, or that turn the text around. */
function quoted(value: string): string {
  return JSON.stringify(value).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

function shortened(shown: string, value: PlannedValue): string {
  if (shown.length <= LONGEST_VALUE) {
    return shown;
  }
  const whole = typeof value === "string" ? value : shown;
  return `${safeCut(shown, LONGEST_VALUE / 2)}… (${whole.length} characters, SHA-256 ${sha256(whole)}…)`;
}

/** The beginning of a text, not ending within a character or an escape. */
function safeCut(shown: string, length: number): string {
  return shown.slice(0, length).replace(/[\ud800-\udbff]$|\\[^"\\]{0,9}$/, "");
}

/** The first 12 hexadecimal digits, enough to tell two texts apart. */
function sha256(content: string): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 12);
}
