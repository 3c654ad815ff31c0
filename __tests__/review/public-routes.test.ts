import { PUBLIC_ROUTES } from "../../review";
import { synthesized, type TerraformJson } from "../support/synthesized";

/** Method and path of the routes that answer everybody, read from the synthesized stack. */
function publicRoutes({ resource }: TerraformJson): string[] {
  const resources = resource["aws_api_gateway_resource"] ?? {};
  const path = (reference: unknown): string => {
    const name = /^\$\{aws_api_gateway_resource\.([^.]+)\.id\}$/.exec(String(reference))?.[1];
    return name === undefined ? "" : `${path(resources[name]!["parent_id"])}/${String(resources[name]!["path_part"])}`;
  };
  return Object.values(resource["aws_api_gateway_method"]!)
    .filter(({ authorization }) => authorization === "NONE")
    .map(({ http_method, resource_id }) => `${String(http_method)} ${path(resource_id) || "/"}`);
}

test("the guard lets exactly those public routes through that the stack declares", () => {
  expect([...PUBLIC_ROUTES].sort()).toEqual(publicRoutes(synthesized()).sort());
});
