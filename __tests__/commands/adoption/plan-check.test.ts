import { destructiveChanges } from "../../../commands/adoption/plan-check";
import { parsePlan, readPlan } from "../../../review";

const NOTHING = { format_version: "1.2", terraform_version: "1.11.4", configuration: { root_module: {} } };

function planned(address: string, change: object) {
  const type = address.split(".")[0];
  return { ...NOTHING, resource_changes: [{ address, type, mode: "managed", change: { before: {}, after: {}, ...change } }] };
}

/** The same, of an object that a replacement has left behind. */
function leftBehind(address: string) {
  const { resource_changes } = planned(address, { actions: ["delete"] });
  return { ...NOTHING, resource_changes: resource_changes.map((change) => ({ ...change, deposed: "0a1b2c3d" })) };
}

test.each<[what: string, plan: unknown, lines: string[]]>([
  ["nothing", NOTHING, []],
  ["an import that changes nothing", planned("aws_lambda_function.a", { actions: ["no-op"] }), []],
  ["an update", planned("aws_lambda_function.a", { actions: ["update"] }), []],
  ["a creation", planned("aws_lambda_function.a", { actions: ["create"] }), []],
  ["a deployment that makes way for its successor", planned("aws_api_gateway_deployment.a", { actions: ["create", "delete"] }), []],
  ["a deployment that its successor has left behind", leftBehind("aws_api_gateway_deployment.a"), []],
  [
    "anything else that its successor has left behind",
    leftBehind("aws_cognito_user_pool.a"),
    ["aws_cognito_user_pool.a would be destroyed: the configuration does not have it"],
  ],
  [
    "a deployment without a successor",
    planned("aws_api_gateway_deployment.a", { actions: ["delete"] }),
    ["aws_api_gateway_deployment.a would be destroyed: the configuration does not have it"],
  ],
  [
    "a deployment that goes before its successor comes",
    planned("aws_api_gateway_deployment.a", { actions: ["delete", "create"], replace_paths: [["triggers"]] }),
    [
      "aws_api_gateway_deployment.a would be replaced, because AWS cannot change: triggers (known after the apply -> known after the apply)",
    ],
  ],
  [
    "a destruction",
    planned("aws_cognito_user_pool.a", { actions: ["delete"] }),
    ["aws_cognito_user_pool.a would be destroyed: the configuration does not have it"],
  ],
  [
    "a replacement, with what forces it",
    planned("aws_cognito_user_pool.a", {
      actions: ["delete", "create"],
      before: { username_configuration: [{ case_sensitive: true }] },
      after: { username_configuration: [{ case_sensitive: false }] },
      replace_paths: [["username_configuration", 0, "case_sensitive"]],
    }),
    ["aws_cognito_user_pool.a would be replaced, because AWS cannot change: username_configuration.0.case_sensitive (true -> false)"],
  ],
  [
    "a replacement before the old one goes",
    planned("aws_iam_role.a", {
      actions: ["create", "delete"],
      before: { name: "a" },
      after_unknown: { name: true },
      replace_paths: [["name"]],
    }),
    ['aws_iam_role.a would be replaced, because AWS cannot change: name ("a" -> known after the apply)'],
  ],
  [
    "a secret value",
    planned("aws_lambda_function.a", {
      actions: ["delete", "create"],
      before: { token: "hidden" },
      after: { token: "other" },
      before_sensitive: { token: true },
      replace_paths: [["token"]],
    }),
    ["aws_lambda_function.a would be replaced, because AWS cannot change: token"],
  ],
  [
    "a secret inside of a value",
    planned("aws_lambda_function.a", {
      actions: ["delete", "create"],
      before: { environment: [{ variables: { token: "hidden" } }] },
      after: { environment: [] },
      before_sensitive: { environment: [{ variables: { token: true } }] },
      replace_paths: [["environment"]],
    }),
    ["aws_lambda_function.a would be replaced, because AWS cannot change: environment"],
  ],
])("%s", (_, plan, lines) => {
  expect(destructiveChanges(readPlan(parsePlan(JSON.stringify(plan), "the plan")))).toEqual(lines);
});
