import { environments as configured } from "../../config/environments";
import { UserError } from "../../config/user-error";
import { checkExceptions, type Exception, exceptions, renderMarkdown, RULE_NAMES } from "../../review";
import { environments } from "../support/environments";
import { report } from "./fixtures/fixture";

const ADDRESS = "aws_api_gateway_method.health";
const exception: Exception = {
  rule: "no-undeclared-public-route",
  environment: "local",
  address: ADDRESS,
  reason: "The load balancer asks it.",
  expires: "2026-01-31",
};
const reviewedOn = (day: string, ...written: Exception[]) => report("public-route-added", written, new Date(`${day}T23:59:59Z`));

test("the exceptions of the repository are written as they must be", () => {
  checkExceptions(exceptions, Object.keys(configured));
});

test.each<[what: string, day: string, written: Exception, passed: boolean]>([
  ["one that fits", "2026-01-15", exception, true],
  ["one on its last day", "2026-01-31", exception, true],
  ["one that expired yesterday", "2026-02-01", exception, false],
  ["one of another environment", "2026-01-15", { ...exception, environment: "prod" }, false],
  ["one of another address", "2026-01-15", { ...exception, address: "aws_api_gateway_method.other" }, false],
  ["one of another rule", "2026-01-15", { ...exception, rule: "no-lost-data" }, false],
])("%s", (_, day, written, passed) => {
  expect(reviewedOn(day, written).passed).toBe(passed);
});

test.each<[what: string, day: string, written: Exception, line: string]>([
  ["its reason and last day", "2026-01-15", exception, "  - Excepted until `2026-01-31`: `The load balancer asks it.`"],
  ["that it expired", "2026-02-01", exception, "  - The exception for it expired on `2026-01-31`."],
  [
    "that nothing needs it",
    "2026-01-15",
    { ...exception, address: "aws_api_gateway_method.gone" },
    "- `no-undeclared-public-route` at `aws_api_gateway_method.gone`: nothing in this plan needs it. Remove it from review/exceptions.ts.",
  ],
])("the report says %s", (_, day, written, line) => {
  expect(renderMarkdown(reviewedOn(day, written)).split("\n")).toContain(line);
});

test.each<[field: string, fault: Partial<Record<keyof Exception, string>>, message: RegExp]>([
  ["rule", { rule: "no-such-rule" }, /exception 1: rule is "no-such-rule": there are no-deletion-protection-off, /],
  ["environment", { environment: "nowhere" }, /exception 1: environment is "nowhere": there are local, dev, prod\./],
  ["address", { address: " " }, /exception 1: address is empty/],
  ["reason", { reason: "" }, /exception 1: reason is empty/],
  ["expires", { expires: "soon" }, /exception 1: expires is "soon"/],
  ["a day that there is not", { expires: "2026-02-30" }, /exception 1: expires is "2026-02-30"/],
  ["a day without its zeros", { expires: "2026-1-31" }, /exception 1: expires is "2026-1-31"/],
  ["a day with its time", { expires: "2026-01-31T12" }, /exception 1: expires is "2026-01-31T12"/],
  ["a day with a blank before it", { expires: " 2026-01-31" }, /exception 1: expires is " 2026-01-31"/],
  ["a month", { expires: "2026-01" }, /exception 1: expires is "2026-01"/],
  ["reason of blanks", { reason: "  " }, /exception 1: reason is empty/],
])("a wrong %s is refused", (_, fault, message) => {
  expect(() => {
    checkExceptions([{ ...exception, ...fault } as Exception], Object.keys(environments));
  }).toThrow(message);
});

test("what is written as it must be is taken, for any rule and environment", () => {
  const right = RULE_NAMES.map((rule, index) => ({ ...exception, rule, environment: Object.keys(environments)[index % 3]! }));
  expect(() => {
    checkExceptions(right, Object.keys(environments));
  }).not.toThrow();
});

test("each fault of each exception has its line, which says which one it is", () => {
  const faulty = [exception, { ...exception, address: "", reason: "" }, exception, { ...exception, environment: "nowhere", expires: "" }];
  expect(() => {
    checkExceptions(faulty, Object.keys(environments));
  }).toThrow(
    new UserError(
      [
        "review/exceptions.ts: exception 2: address is empty: name the resource as the report does.",
        "review/exceptions.ts: exception 2: reason is empty: say why, so that a reviewer can judge it.",
        'review/exceptions.ts: exception 4: environment is "nowhere": there are local, dev, prod.',
        'review/exceptions.ts: exception 4: expires is "": it must be a day that exists, such as 2027-01-31.',
      ].join("\n"),
    ),
  );
});
