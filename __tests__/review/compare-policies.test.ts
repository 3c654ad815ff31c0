import { comparePolicies } from "../../review/iam/compare-policies";
import { statementsOf } from "../../review/iam/policy-document";

type Written = Record<string, unknown>;
const allow = (Action: string | string[], Resource: string | string[], more: Written = {}): Written => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
const compare = (before: Written[], after: Written[]) => {
  const read = (Statement: Written[]) => statementsOf(JSON.stringify({ Version: "2012-10-17", Statement }))!;
  return comparePolicies(read(before), read(after));
};
const MFA = { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } };

test.each<[what: string, before: Written[], after: Written[], wider: string[], narrower: string[]]>([
  ["the same in another order", [allow(["a:B", "a:C"], ["r", "s"])], [allow(["a:C", "a:B"], ["s", "r"])], [], []],
  ["the same in two statements", [allow(["a:B", "a:C"], "r")], [allow("a:B", "r"), allow("a:C", "r", { Sid: "Two" })], [], []],
  ["the same in another case", [allow("s3:GetObject", "r")], [allow("S3:getobject", "r")], [], []],
  ["an action more", [allow("a:B", "r")], [allow(["a:B", "a:C"], "r")], ["a:C on r"], []],
  ["a resource less", [allow("a:B", ["r", "s"])], [allow("a:B", "r")], [], ["a:B on s"]],
  ["named what a wildcard had allowed", [allow("a:*", "*")], [allow("a:B", "r")], [], ["a:* on *"]],
  ["a wildcard for what was named", [allow("a:B", "r")], [allow("a:B*", "r")], ["a:B* on r"], []],
  [
    "a condition removed",
    [allow("a:B", "r", MFA)],
    [allow("a:B", "r")],
    ['a:B on r (before, only if {"Bool":{"aws:MultiFactorAuthPresent":"true"}})'],
    [],
  ],
  ["a condition added", [allow("a:B", "r")], [allow("a:B", "r", MFA)], [], ["a:B on r"]],
  [
    "a principal more",
    [allow("a:B", "r", { Principal: { AWS: "x" } })],
    [allow("a:B", "r", { Principal: { AWS: ["x", "y"] } })],
    ["a:B on r by AWS y"],
    [],
  ],
  [
    "everybody",
    [allow("a:B", "r", { Principal: { AWS: "x" } })],
    [allow("a:B", "r", { Principal: "*" })],
    ["a:B on r by everybody (*)"],
    [],
  ],
  ["a Deny removed", [allow("a:*", "r"), { ...allow("a:B", "r"), Effect: "Deny" }], [allow("a:*", "r")], ["deny a:B on r"], []],
  ["a Deny added", [allow("a:*", "r")], [allow("a:*", "r"), { ...allow("a:B", "r"), Effect: "Deny" }], [], ["deny a:B on r"]],
  [
    "NotAction for actions",
    [allow("a:B", "r")],
    [{ Effect: "Allow", NotAction: "iam:*", Resource: "r" }],
    ["every action but iam:* on r"],
    ["a:B on r"],
  ],
])("%s", (_, before, after, wider, narrower) => {
  const difference = compare(before, after);
  expect(difference.wider.map((line) => line.replace(/ if \{.*\}$/, ""))).toEqual(wider);
  expect(difference.narrower.map((line) => line.replace(/ if \{.*\}$/, ""))).toEqual(narrower);
});

test.each(["", "${jsonencode({})}", "[]", '{"Statement":[{"Effect":"Maybe"}]}', '{"Statement":[{"Effect":"Allow","Actions":"a:B"}]}'])(
  "%j is no policy that can be judged",
  (policy) => {
    expect(statementsOf(policy)).toBeUndefined();
  },
);
