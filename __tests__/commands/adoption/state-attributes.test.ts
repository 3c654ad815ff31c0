import { readStateAttributes } from "../../../commands/adoption/state-attributes";
import type { Terraform } from "../../../local/terraform";

const reading = (text: string) => readStateAttributes({ read: () => Promise.resolve(text) } as unknown as Terraform);

const resource = (type: string, instances: object[], further: object = {}) => ({ mode: "managed", type, name: "a", instances, ...further });

test("what the state holds, by address: the attributes that are text, without data, modules and deposed objects", async () => {
  const state = {
    version: 4,
    resources: [
      resource("aws_iam_role", [{ attributes: { id: "role", tags: { a: "b" }, max_session_duration: 3600, path: null } }]),
      resource("aws_api_gateway_deployment", [{ deposed: "0a1b2c3d", attributes: { id: "old" } }, { attributes: { id: "new" } }]),
      resource("aws_cognito_user_group", [
        { index_key: "readers", attributes: { id: "pool/readers" } },
        { index_key: 1, attributes: { id: "pool/1" } },
      ]),
      resource("aws_region", [{ attributes: { id: "eu-central-1" } }], { mode: "data" }),
      resource("aws_kms_key", [{ attributes: { id: "key" } }], { module: "module.keys" }),
    ],
  };
  expect([...(await reading(JSON.stringify(state)))]).toEqual([
    ["aws_iam_role.a", { id: "role" }],
    ["aws_api_gateway_deployment.a", { id: "new" }],
    ['aws_cognito_user_group.a["readers"]', { id: "pool/readers" }],
    ["aws_cognito_user_group.a[1]", { id: "pool/1" }],
  ]);
});

test("nothing where there is no state yet", async () => {
  expect([...(await reading("\n"))]).toEqual([]);
});
