import { BackendFunction } from "../../../stacks/secured-api/backend-function";
import { ApiStack } from "../../support/api-stack";

/** A stack in which one function answers so many routes, and the source ARNs of its permissions. */
function permissionsFor(routes: number, { name = "testing", path = "/orders/r" } = {}): string[] {
  const stack = new ApiStack({ resourceQuota: 10_000 }).secured();
  const target = new BackendFunction(stack, "backend", {
    ...{ name, region: "eu-central-1", sourceFolder: "lambda-src", handler: "handler.lambda_handler", logRetentionDays: 30 },
  });
  for (let index = 0; index < routes; index++) {
    stack.api.addRoute({ method: "GET", path: `${path}${index}`, target, scopes: ["email"] });
  }
  const permissions = Object.values(stack.synthesized().resource["aws_lambda_permission"]!);
  return permissions.map(({ source_arn }) => String(source_arn).replace(/^\$\{[^}]+\}/, ""));
}

test("each route has a permission of its own while they fit", () => {
  const arns = permissionsFor(40);
  expect(arns).toHaveLength(40);
  expect(arns).toContain("/*/GET/orders/r39");
  expect(arns).not.toContain("/*/*/*");
});

test("the routes beyond share one for the API, and those that have one keep it: none is ever without while an apply runs", () => {
  const few = permissionsFor(40);
  const many = permissionsFor(120);
  expect(many).toEqual(expect.arrayContaining(few));
  expect(many.filter((arn) => arn === "/*/*/*")).toHaveLength(1);
  expect(permissionsFor(240).sort()).toEqual(many.sort());
});

test.each([
  { name: "f", path: "/r" },
  { name: "f".repeat(51), path: `/${"long-part-of-a-path/".repeat(10)}r` },
])("the function's policy stays below Lambda's 20 KB: %j", (what) => {
  const arns = permissionsFor(200, what);
  // As Lambda writes it down, in the Region with the longest name.
  const place = "ap-southeast-1:111111111111";
  const statements = arns.map((arn, index) => ({
    Sid: `terraform-20261124221448123400${String(index).padStart(6, "0")}`,
    Effect: "Allow",
    Principal: { Service: "apigateway.amazonaws.com" },
    Action: "lambda:InvokeFunction",
    Resource: `arn:aws:lambda:${place}:function:${what.name}`,
    Condition: { ArnLike: { "AWS:SourceArn": `arn:aws:execute-api:${place}:a1b2c3d4e5${arn}` } },
  }));
  expect(JSON.stringify({ Version: "2012-10-17", Id: "default", Statement: statements }).length).toBeLessThan(20_480 - 2_048);
  expect(arns).toContain("/*/*/*");
});
