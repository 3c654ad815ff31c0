import { PUBLIC_ROUTES } from "../../review";
import { pathOf, synthesized, type TerraformJson } from "../support/synthesized";

/** Method and path of the routes that answer everybody, read from the synthesized stack. */
function publicRoutes(json: TerraformJson): string[] {
  return Object.values(json.resource["aws_api_gateway_method"]!)
    .filter(({ authorization }) => authorization === "NONE")
    .map(({ http_method, resource_id }) => `${String(http_method)} ${pathOf(json, String(resource_id))}`);
}

test("the guard lets exactly those public routes through that the stack declares", () => {
  expect([...PUBLIC_ROUTES].sort()).toEqual(publicRoutes(synthesized()).sort());
});
