import { isJsonObject } from "../../config/json-object";

/** A JSON Schema as API Gateway's models take it: draft 4, in one piece. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** The keywords of draft 4 that hold one schema, a list of schemas, or schemas by name. */
const HOLD_ONE = new Set(["not", "additionalProperties", "additionalItems", "items"]);
const HOLD_A_LIST = new Set(["allOf", "anyOf", "oneOf", "items"]);
const HOLD_NAMED = new Set(["properties", "patternProperties", "definitions"]);

/** What else draft 4 knows. Any other keyword would be accepted and never checked. */
const OTHER_KEYWORDS = new Set([
  ...["$schema", "id", "title", "description", "default", "$ref"],
  ...["type", "enum", "format", "required", "dependencies"],
  ...["multipleOf", "maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum"],
  ...["maxLength", "minLength", "pattern"],
  ...["maxItems", "minItems", "uniqueItems"],
  ...["maxProperties", "minProperties"],
]);

/**
 * What is wrong with a schema for API Gateway, as a sentence with the way out, or undefined. It refuses what the gateway would silently not
 * check: keywords of later drafts, and references out of the schema.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 * @see https://json-schema.org/draft-04/json-schema-validation
 */
export function faultInSchema(schema: unknown, place = "the schema"): string | undefined {
  if (!isJsonObject(schema)) {
    return `${place} is ${JSON.stringify(schema)}: draft 4 takes an object there.`;
  }
  for (const [keyword, value] of Object.entries(schema)) {
    const fault = faultInKeyword(keyword, value, `${place}.${keyword}`);
    if (fault) {
      return fault;
    }
  }
  return undefined;
}

function faultInKeyword(keyword: string, value: unknown, place: string): string | undefined {
  if (HOLD_NAMED.has(keyword) && isJsonObject(value)) {
    return first(Object.entries(value).map(([name, inner]) => faultInSchema(inner, `${place}.${name}`)));
  }
  if (HOLD_A_LIST.has(keyword) && Array.isArray(value)) {
    return first(value.map((inner, index) => faultInSchema(inner, `${place}[${index}]`)));
  }
  if (HOLD_ONE.has(keyword)) {
    return typeof value === "boolean" && keyword.startsWith("additional") ? undefined : faultInSchema(value, place);
  }
  if (HOLD_NAMED.has(keyword) || HOLD_A_LIST.has(keyword)) {
    return `${place} is ${JSON.stringify(value)}: draft 4 takes ${HOLD_NAMED.has(keyword) ? "schemas by name" : "a list of schemas"} there.`;
  }
  if (!OTHER_KEYWORDS.has(keyword)) {
    return `${place} is a keyword that draft 4 of JSON Schema does not have: API Gateway would not check it. Say it in words of draft 4.`;
  }
  if (keyword === "$ref" && !String(value).startsWith("#/definitions/")) {
    return `${place} is ${JSON.stringify(value)}: only a reference to the schema's own "#/definitions/…" can be followed. Copy it there.`;
  }
  if (keyword.startsWith("exclusive") && typeof value !== "boolean") {
    return `${place} is ${JSON.stringify(value)}: in draft 4 it is true or false, beside a minimum or maximum. Write it so.`;
  }
  return undefined;
}

function first(faults: readonly (string | undefined)[]): string | undefined {
  return faults.find((fault) => fault !== undefined);
}
