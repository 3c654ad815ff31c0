import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { MODEL_TYPES, type ModelResource, REST_API_MODEL_ARGUMENTS, redeploymentHash } from "../../../stacks/secured-api/redeployment";
import { modelExamples } from "../../support/model-examples";
import { another, changed, leafPaths, reordered, without } from "../../support/mutations";

const PROVIDER = "node_modules/@cdktf/provider-aws/lib";
const REST_API = "aws_api_gateway_rest_api";
const examples = modelExamples();
const hashOf = (resource: ModelResource) => redeploymentHash([resource]);

/** The arguments of the REST API that change nothing that a deployed API answers. */
const OUTSIDE_THE_MODEL = ["description", "endpoint_configuration", "fail_on_warnings", "id", "name", "tags", "tags_all"];
const UNORDERED = ["authorization_scopes", "binary_media_types", "cache_key_parameters", "provider_arns"];

/** A list put in any order, as fast-check decides. */
const shuffler =
  (gen: fc.GeneratorValue) =>
  <Item>(items: readonly Item[]): Item[] =>
    items
      .map((item) => ({ item, at: gen(fc.nat) }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);

/** A model of any resources with any arguments, order-free lists and JSON documents among them. */
const anyModel = fc.array(
  fc.record({
    type: fc.constantFrom(...MODEL_TYPES),
    config: fc.record({
      rest_api_id: fc.string(),
      argument: fc.jsonValue({ maxDepth: 3 }),
      templates: fc.dictionary(fc.string(), fc.string()),
      authorization_scopes: fc.uniqueArray(fc.string()),
      cache_key_parameters: fc.uniqueArray(fc.string()),
    }),
  }),
  { minLength: 1, maxLength: 5 },
);

describe("every type of the provider is sorted: part of what a deployment takes, or not", () => {
  const notPartOfIt = [
    "aws_api_gateway_account",
    "aws_api_gateway_api_key",
    "aws_api_gateway_base_path_mapping",
    "aws_api_gateway_client_certificate",
    "aws_api_gateway_deployment",
    "aws_api_gateway_documentation_part",
    "aws_api_gateway_documentation_version",
    "aws_api_gateway_domain_name",
    "aws_api_gateway_domain_name_access_association",
    "aws_api_gateway_method_settings", // of the stage, as is the next
    "aws_api_gateway_stage",
    "aws_api_gateway_usage_plan",
    "aws_api_gateway_usage_plan_key",
    "aws_api_gateway_vpc_link",
  ];

  test("no type is forgotten or unknown to the provider", () => {
    const types = readdirSync(PROVIDER)
      .filter((folder) => folder.startsWith("api-gateway-"))
      .map((folder) => `aws_${folder.replaceAll("-", "_")}`);
    expect([...MODEL_TYPES, REST_API, ...notPartOfIt].sort()).toEqual(types.sort());
  });

  test("there is an example of each type of the model", () => {
    expect(examples.map(({ type }) => type).sort()).toEqual([...MODEL_TYPES, REST_API].sort());
  });

  test("every argument of the REST API is sorted", () => {
    const { config } = examples.find(({ type }) => type === REST_API)!;
    expect(Object.keys(config).sort()).toEqual([...REST_API_MODEL_ARGUMENTS, ...OUTSIDE_THE_MODEL].sort());
  });
});

describe.each(examples)("$type", (example) => {
  const outside = (argument: unknown) => example.type === REST_API && OUTSIDE_THE_MODEL.includes(String(argument));
  const paths = leafPaths(example.config);

  test.each(paths.filter(([argument]) => !outside(argument)).map((path) => [path.join("."), path] as const))(
    "a change, or the loss, of %s changes the hash",
    (_, path) => {
      for (const change of [another, () => undefined]) {
        expect(hashOf({ ...example, config: changed(example.config, path, change) })).not.toBe(hashOf(example));
      }
    },
  );

  test("an argument more changes the hash, one for Terraform alone does not", () => {
    const more = (argument: string) => hashOf({ ...example, config: { ...example.config, [argument]: { of: "any kind" } } });
    for (const argument of ["//", "connection", "depends_on", "lifecycle", "provider", "provisioner", "timeouts"]) {
      expect(more(argument)).toBe(hashOf(example));
    }
    if (example.type !== REST_API) {
      expect(more("an_argument_of_the_future")).not.toBe(hashOf(example));
    }
  });

  test("another type with the same arguments has another hash", () => {
    expect(hashOf({ ...example, type: `${example.type}_of_another_kind` })).not.toBe(hashOf(example));
  });
});

test.each(OUTSIDE_THE_MODEL)("a change of the REST API's %s does not change the hash", (argument) => {
  const example = examples.find(({ type }) => type === REST_API)!;
  expect(hashOf({ ...example, config: without(example.config, argument) })).toBe(hashOf(example));
  expect(hashOf({ ...example, config: { ...example.config, [argument]: "another" } })).toBe(hashOf(example));
});

describe("order", () => {
  test("of resources, keys and order-free lists means nothing", () => {
    fc.assert(
      fc.property(fc.oneof(anyModel, fc.constant(examples)), fc.gen(), (model, gen) => {
        const shuffle = shuffler(gen);
        const same = shuffle(model).map((resource) => reordered(resource, shuffle, (key) => UNORDERED.includes(key)) as ModelResource);
        expect(redeploymentHash(same)).toBe(redeploymentHash(model));
      }),
    );
  });

  test("of any other list means something", () => {
    const blocks = (...argument: unknown[]) => hashOf({ type: "aws_api_gateway_integration", config: { argument } });
    expect(blocks(1, 2)).not.toBe(blocks(2, 1));
  });

  test.each([
    ["aws_api_gateway_model", "schema"],
    ["aws_api_gateway_rest_api_policy", "policy"],
    ["aws_api_gateway_rest_api_put", "body"],
  ])("and blanks inside a JSON document mean nothing: %s.%s", (type, argument) => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), fc.nat(4), fc.gen(), (document, indent, gen) => {
        const written = (text: string) => hashOf({ type, config: { [argument]: text } });
        expect(written(JSON.stringify(reordered(document, shuffler(gen)), null, indent))).toBe(written(JSON.stringify(document)));
      }),
    );
  });

  test("and blanks in any other text mean something: a template is answered as it is written", () => {
    const template = (text: string) =>
      hashOf({ type: "aws_api_gateway_integration_response", config: { response_templates: { "application/json": text } } });
    expect(template('{"a": 1}')).not.toBe(template('{"a":1}'));
  });

  test("means nothing in every set of the provider", () => {
    const sets = [...MODEL_TYPES].flatMap((type) => {
      const lines = readFileSync(`${PROVIDER}/${type.replace("aws_", "").replaceAll("_", "-")}/index.js`, "utf8").split("\n");
      const last = lines.flatMap((line, index) => (line.includes('type: "set"') ? [index] : []));
      return last.map((index) => ({ type, argument: lines[index - 3]!.replace(": {", "").trim() })); // name, value, isBlock, type
    });
    expect(sets.map(({ argument }) => argument).sort()).toEqual(["authorization_scopes", "cache_key_parameters", "provider_arns"]);
    for (const { type, argument } of sets) {
      expect(hashOf({ type, config: { [argument]: ["a", "b"] } })).toBe(hashOf({ type, config: { [argument]: ["b", "a"] } }));
    }
  });
});

test("a change anywhere in a JSON document changes the hash", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { minKeys: 1 }), fc.nat(), (document, at) => {
      const schema = (value: unknown) => hashOf({ type: "aws_api_gateway_model", config: { schema: JSON.stringify(value) } });
      const paths = leafPaths(document);
      fc.pre(paths.length > 0);
      expect(schema(changed(document, paths[at % paths.length]!, another))).not.toBe(schema(document));
    }),
  );
});

test("another expression in the place of a JSON document changes the hash", () => {
  const policy = (text: string) => hashOf({ type: "aws_api_gateway_rest_api_policy", config: { policy: text } });
  expect(policy("${data.aws_iam_policy_document.strict.json}")).not.toBe(policy("${data.aws_iam_policy_document.open.json}"));
});

test("a change anywhere in any model changes the hash", () => {
  fc.assert(
    fc.property(anyModel, fc.nat(), (model, at) => {
      const paths = leafPaths(model);
      expect(redeploymentHash(changed(model, paths[at % paths.length]!, another))).not.toBe(redeploymentHash(model));
    }),
  );
});

test("a resource more or less changes the hash, its twin too", () => {
  const [first, ...rest] = examples;
  expect(redeploymentHash(rest)).not.toBe(redeploymentHash(examples));
  expect(redeploymentHash([first!, ...examples])).not.toBe(redeploymentHash(examples));
});

test("the hash itself stays: another one would make a new deployment of every API that is deployed", () => {
  const model: ModelResource[] = [
    { type: "aws_api_gateway_rest_api", config: { name: "orders", binary_media_types: ["image/png", "image/gif"] } },
    {
      type: "aws_api_gateway_method",
      config: { http_method: "GET", authorization: "COGNITO_USER_POOLS", authorization_scopes: ["b", "a"] },
    },
    { type: "aws_api_gateway_rest_api_policy", config: { policy: '{"Version":"2012-10-17","Statement":[]}' } },
  ];
  expect(redeploymentHash(model)).toBe("a16f944b7a97268343e93e38f06bbd0306ee97e462001bdf04542e6d9455199e");
});
