import { differences, KNOWN_DIFFERENCES, type KnownDifference, requireKnown } from "../../portability/differences";

const known: KnownDifference[] = [{ at: "version", cdktf: /^5/, cdktn: /^6/, reason: "the provider's" }];
const before = { version: "5.1", role: { name: "reader", actions: ["get", "list"] } };
const after = { ...before, version: "6.2" };
const compare = (cdktf: unknown, cdktn: unknown) => {
  requireKnown(differences({ api: cdktf }, { api: cdktn }), ["api"], known);
};

test("the same JSON but for what is known passes, in whatever order its keys are", () => {
  expect(() => {
    compare(before, { role: { actions: ["get", "list"], name: "reader" }, version: "6.2" });
  }).not.toThrow();
});

test.each([
  [
    "another value",
    { ...after, role: { ...after.role, name: "writer" } },
    'api: role.name is "reader" with cdktf and "writer" with cdktn.',
  ],
  ["a key more", { ...after, tags: {} }, "api: tags is absent with cdktf and {} with cdktn."],
  ["a key less", { version: "6.2" }, 'api: role is {"name":"reader","actions":["get","list"]} with cdktf and absent with cdktn.'],
  ["an item more", { ...after, role: { ...after.role, actions: ["get", "list", "put"] } }, "role.actions.2 is absent with cdktf"],
  ["another order of a list", { ...after, role: { ...after.role, actions: ["list", "get"] } }, 'role.actions.0 is "get" with cdktf'],
  ["an object for a list", { ...after, role: { ...after.role, actions: { 0: "get", 1: "list" } } }, "role.actions is"],
  ["null for nothing", { ...after, tags: null }, "api: tags is absent with cdktf and null with cdktn."],
  ["another value at a known place", { ...after, version: "7.0" }, 'api: version is "5.1" with cdktf and "7.0" with cdktn.'],
  ["a known difference that is gone", before, "api: the known difference at version does not occur."],
  ["no stack", undefined, "api: the stack is"],
])("%s is refused", (_, changed, message) => {
  expect(() => {
    compare(before, changed);
  }).toThrow(message);
});

test("what is known of one stack says nothing about another", () => {
  expect(() => {
    requireKnown(differences({ a: before, b: before }, { a: after, b: before }), ["a", "b"], known);
  }).toThrow("b: the known difference at version does not occur.");
});

test("every known difference has a reason and a place of its own", () => {
  expect(KNOWN_DIFFERENCES.every(({ reason }) => reason.length > 20)).toBe(true);
  expect(new Set(KNOWN_DIFFERENCES.map(({ at }) => at)).size).toBe(KNOWN_DIFFERENCES.length);
});
