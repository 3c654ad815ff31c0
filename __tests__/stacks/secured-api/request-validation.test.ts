import { UserError } from "../../../config/user-error";
import type { RequestValidation } from "../../../stacks/secured-api/request-validation";
import { ApiStack, TARGET } from "../../support/api-stack";

const ORDER = { name: "Order", schema: { type: "object", required: ["item"], properties: { item: { type: "string" } } } };

function stackWith(...validations: [path: string, validate: RequestValidation][]): ApiStack {
  const stack = new ApiStack().secured();
  validations.forEach(([path, validate]) => stack.api.addRoute({ method: "POST", path, target: TARGET, scopes: ["email"], validate }));
  return stack;
}

test("one validator for each kind of check, one model for each name, and neither where nothing is asked", () => {
  const json = stackWith(
    ["/a", { body: ORDER }],
    ["/b", { body: ORDER, query: ["page"] }],
    ["/c", { headers: ["If-Match"] }],
    ["/d/{id}", { path: ["id"], query: ["q"] }],
    ["/e", {}],
    ["/f", { body: ORDER }],
  ).synthesized();
  expect(
    Object.values(json.resource["aws_api_gateway_request_validator"]!).map(
      ({ name, validate_request_body: body, validate_request_parameters: parameters }) => [name, body, parameters],
    ),
  ).toEqual([
    ["body-and-parameters", true, true],
    ["body", true, false],
    ["parameters", false, true],
  ]);
  expect(
    Object.values(json.resource["aws_api_gateway_model"]!).map(({ name, schema }) => [name, JSON.parse(String(schema)) as unknown]),
  ).toEqual([["Order", { $schema: "http://json-schema.org/draft-04/schema#", title: "Order", ...ORDER.schema }]]);
  const asked = Object.values(json.resource["aws_api_gateway_method"]!).map(
    ({ request_models, request_parameters, request_validator_id }) => ({
      models: Object.keys(request_models ?? {}),
      parameters: request_parameters,
      validated: request_validator_id !== undefined,
    }),
  );
  expect(asked).toEqual([
    { models: ["application/json"], parameters: undefined, validated: true },
    { models: ["application/json"], parameters: { "method.request.querystring.page": true }, validated: true },
    { models: [], parameters: { "method.request.header.If-Match": true }, validated: true },
    { models: [], parameters: { "method.request.querystring.q": true, "method.request.path.id": true }, validated: true },
    { models: [], parameters: undefined, validated: false },
    { models: ["application/json"], parameters: undefined, validated: true },
  ]);
});

test("a pattern that Terraform would read as an expression reaches API Gateway as it is", () => {
  const schema = { type: "string", pattern: "^${}%{}$" };
  const json = stackWith(["/a", { body: { name: "Text", schema } }]).synthesized();
  const [model] = Object.values(json.resource["aws_api_gateway_model"]!);
  expect(model!["schema"]).toContain("^$${}%%{}$");
});

describe("refused:", () => {
  const cases: [what: string, path: string, validate: RequestValidation, message: string][] = [
    [
      "a model's name with a hyphen",
      "/a",
      { body: { ...ORDER, name: "new-order" } },
      'The request model "new-order" has a name that API Gateway refuses: it has 1 to 128 letters and digits.',
    ],
    [
      "a parameter of the path that the path does not have",
      "/a/{id}",
      { path: ["order"] },
      'The route POST /a/{id} requires the path parameter "order", which its path does not have. Write {order} into the path.',
    ],
    [
      "a header with a blank",
      "/a",
      { headers: ["If Match"] },
      'The route POST /a requires the parameter "If Match": API Gateway takes letters, digits and . _ $ -. Correct the name.',
    ],
    [
      "a schema that is too large",
      "/a",
      { body: { name: "Large", schema: { description: "x".repeat(400 * 1024) } } },
      'The request model "Large" is larger than 400 KiB, the most that API Gateway takes. Shorten it.',
    ],
  ];
  test.each(cases)("%s", (_, path, validate, message) => {
    expect(() => stackWith([path, validate])).toThrow(new UserError(message));
  });

  test("two schemas under one name", () => {
    expect(() => stackWith(["/a", { body: ORDER }], ["/b", { body: { ...ORDER, schema: { type: "array" } } }])).toThrow(
      new UserError('The request model "Order" exists already with another schema. Give one of them another name.'),
    );
  });

  test.each<[schema: unknown, fault: string]>([
    [[], "the schema is []: draft 4 takes an object there."],
    [true, "the schema is true: draft 4 takes an object there."],
    [{ const: 1 }, notInDraft4("the schema.const")],
    [{ properties: { a: { if: {} } } }, notInDraft4("the schema.properties.a.if")],
    [{ items: [{ contains: {} }] }, notInDraft4("the schema.items[0].contains")],
    [{ allOf: [{ not: { propertyNames: {} } }] }, notInDraft4("the schema.allOf[0].not.propertyNames")],
    [{ $defs: {} }, notInDraft4("the schema.$defs")],
    [{ properties: [] }, "the schema.properties is []: draft 4 takes schemas by name there."],
    [{ anyOf: {} }, "the schema.anyOf is {}: draft 4 takes a list of schemas there."],
    [{ items: true }, "the schema.items is true: draft 4 takes an object there."],
    [
      { $ref: "https://example.com/schema" },
      'the schema.$ref is "https://example.com/schema": only a reference to the schema\'s own "#/definitions/…" can be followed. Copy it there.',
    ],
    [
      { exclusiveMinimum: 0 },
      "the schema.exclusiveMinimum is 0: in draft 4 it is true or false, beside a minimum or maximum. Write it so.",
    ],
  ])("the schema %j", (schema, fault) => {
    expect(() => stackWith(["/a", { body: { name: "Model", schema: schema as object as { [keyword: string]: unknown } } }])).toThrow(
      new UserError(`The request model "Model": ${fault}`),
    );
  });
});

test.each([
  { properties: { const: { type: "string" }, if: {} }, additionalProperties: false },
  { $ref: "#/definitions/a", definitions: { a: { enum: [1, "2", null] } } },
  { items: [{ type: "integer", minimum: 0, exclusiveMinimum: true }], additionalItems: true, uniqueItems: true },
])("the schema %j is taken", (schema) => {
  expect(() => stackWith(["/a", { body: { name: "Model", schema } }])).not.toThrow();
});

function notInDraft4(place: string): string {
  return `${place} is a keyword that draft 4 of JSON Schema does not have: API Gateway would not check it. Say it in words of draft 4.`;
}
