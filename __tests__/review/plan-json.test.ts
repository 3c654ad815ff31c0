import { parsePlan, readPlan, renderMarkdown, reviewPlan, UnreadablePlan } from "../../review";
import { publicRoutes } from "../support/environments";
import { environmentOf } from "./fixtures/environment-of";
import { planJson } from "./fixtures/fixture";

const good = planJson("token-header");
const changed = (change: Record<string, unknown>) => JSON.stringify({ ...(JSON.parse(good) as object), ...change });

test.each<[what: string, text: string, message: RegExp]>([
  ["an empty file", " \n", /plan\.json is empty\. Make the file with `terraform show -json/],
  ["a plan file itself", "PK\u0003\u0004binary", /plan\.json is not JSON \(a plan file itself is binary\)/],
  ["a truncated plan", good.slice(0, 2_000), /plan\.json is JSON that breaks off after 2000 characters: it is truncated/],
  ["another document", '{"name":"x"}', /plan\.json is not a plan: it has no "format_version"/],
  ["a list", "[]", /plan\.json is not a plan: it has no "format_version"/],
  ["null", "null", /plan\.json is not a plan: it has no "format_version"/],
  ["another major version", changed({ format_version: "2.0" }), /plan\.json has format_version "2\.0": this review reads 1\.x/],
  ["a state", '{"format_version":"1.0","terraform_version":"1.11.4","values":{}}', /but not of a plan/],
  ["a plan with another shape", changed({ resource_changes: [{ address: 1 }] }), /resource_changes\.0\.address: .*expected string/],
  ["a plan with an action that there is not", changed({ output_changes: { a: { actions: ["explode"] } } }), /output_changes\.a\.actions/],
])("%s is refused", (_, text, message) => {
  expect(() => parsePlan(text, "plan.json")).toThrow(UnreadablePlan);
  expect(() => parsePlan(text, "plan.json")).toThrow(message);
});

test("what is wrong is told without the plan's text, which may be secret", () => {
  expect(() => parsePlan('{"format_version":"1.2","password":"hunter2", oops}', "plan.json")).not.toThrow(/hunter2/);
});

test("a later minor version with fields that nobody knows yet is read", () => {
  expect(() => parsePlan(changed({ format_version: "1.99", news: true }), "plan.json")).not.toThrow();
});

// Terraform 1.11 defers only in experimental builds, so this one is a real plan whose changes were put where Terraform puts deferred ones.
test("what Terraform defers is reported as deferred, and held to the rules", () => {
  const json = JSON.parse(planJson("route-becomes-public")) as { resource_changes: { address: string }[] };
  const isMethod = ({ address }: { address: string }) => address.startsWith("aws_api_gateway_method.api_GET_");
  const deferred = {
    ...json,
    complete: false,
    resource_changes: json.resource_changes.filter((change) => !isMethod(change)),
    deferred_changes: json.resource_changes
      .filter(isMethod)
      .map((change) => ({ reason: "provider_config_unknown", resource_change: change })),
  };
  const plan = readPlan(parsePlan(JSON.stringify(deferred), "plan.json"));
  const report = reviewPlan(plan, { environment: environmentOf(), exceptions: [], publicRoutes, now: new Date(0) });
  expect(report.findings.map(({ rule }) => rule)).toEqual(["no-undeclared-public-route"]);
  expect(renderMarkdown(report)).toMatch(
    /1 deferred[^]*Deferred to a later plan \(1\)[^]*`aws_api_gateway_method\.api_GET_\w+` \(`provider_config_unknown`\)/,
  );
});
