/** Which of several APIs of the stack's name is the stack's: told by tags, by the state, or by a person. */
import { Account } from "../../../commands/adoption/account";
import { matchResources } from "../../../commands/adoption/match";
import type { EnvironmentContext } from "../../../commands/environment-context";
import type { SynthesizedStack } from "../../../commands/stack-terraform";
import { environments } from "../../support/environments";

const ADDRESS = "aws_api_gateway_rest_api.api";
const TAGS = { project: "demo", environment: "dev", stack: "secured-api", "managed-by": "terraform" };
const stack = {
  name: "secured-api-dev",
  json: {
    provider: { aws: [{ default_tags: [{ tags: TAGS }] }] },
    resource: { aws_api_gateway_rest_api: { api: { name: "demo" } } },
  },
} as unknown as SynthesizedStack;

/** What is decided when the account has these APIs. */
async function decided(
  apis: readonly { id: string; name?: string; tags?: Record<string, string> }[],
  { inState, choice }: { inState?: string; choice?: string } = {},
) {
  const account = new Account({ client: { region: "eu-central-1" }, environment: environments.dev } as EnvironmentContext);
  const items = apis.map((api) => ({ name: "demo", rootResourceId: "root", ...api }));
  account.apiGateway.middlewareStack.add(() => () => Promise.resolve({ output: { $metadata: {}, items }, response: {} }), {
    step: "initialize",
  });
  const { found, ambiguous, notAdopted, leftOver } = await matchResources({
    stack,
    account,
    state: new Map(inState === undefined ? [] : [[ADDRESS, { id: inState }]]),
    choices: new Map(choice === undefined ? [] : [[ADDRESS, choice]]),
  });
  const ids = (matches: typeof found) => matches.map(({ existing }) => existing.importId);
  return {
    found: ids(found),
    ambiguous: ambiguous.flatMap(({ candidates }) => candidates.map(({ importId }) => importId)),
    notAdopted: ids(notAdopted),
    leftOver: ids(leftOver),
  };
}

const own = (id: string) => ({ id, tags: TAGS });
const byHand = (id: string) => ({ id, tags: {} });
const ofProd = (id: string) => ({ id, tags: { ...TAGS, environment: "prod" } });
const nothing = { found: [], ambiguous: [], notAdopted: [], leftOver: [] };

test.each<[what: string, apis: Parameters<typeof decided>[0], options: Parameters<typeof decided>[1], expected: object]>([
  ["none", [], {}, nothing],
  ["one of another name", [{ id: "a", name: "demonstration" }], {}, nothing],
  ["one made by hand", [byHand("a")], {}, { ...nothing, found: ["a"] }],
  ["one without a trace in the state", [own("a")], {}, { ...nothing, found: ["a"] }],
  ["its own before one made by hand", [byHand("a"), own("b")], {}, { ...nothing, found: ["b"] }],
  ["two made by hand", [byHand("a"), byHand("b")], {}, { ...nothing, ambiguous: ["a", "b"] }],
  ["two of its own", [own("a"), own("b"), byHand("c")], {}, { ...nothing, ambiguous: ["a", "b"] }],
  ["two of its own, one chosen", [own("a"), own("b")], { choice: "b" }, { ...nothing, found: ["b"], leftOver: ["a"] }],
  ["the one made by hand, chosen", [byHand("a"), own("b")], { choice: "a" }, { ...nothing, found: ["a"], leftOver: ["b"] }],
  ["another environment's", [ofProd("a")], {}, { ...nothing, notAdopted: ["a"] }],
  ["the one in the state", [own("a")], { inState: "a" }, nothing],
  ["the one in the state, and a second", [own("a"), own("b"), byHand("c")], { inState: "a" }, { ...nothing, leftOver: ["b"] }],
])("%s", async (_, apis, options, expected) => {
  expect(await decided(apis, options)).toEqual(expected);
});

test.each([
  ["what was not found", [byHand("a")], "b"],
  ["another environment's", [byHand("a"), ofProd("b")], "b"],
])("a choice of %s is refused with what can be chosen", async (_, apis, choice) => {
  await expect(decided(apis, { choice })).rejects.toThrow(`--choose ${ADDRESS}=b: the search for this address found a.`);
});
