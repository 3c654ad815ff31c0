import { only, synthesized } from "../../support/synthesized";

test("GET on the root takes access tokens of the pool with scope email, and nothing else", () => {
  const json = synthesized();
  const guarded = Object.values(json.resource["aws_api_gateway_method"]!).filter((method) => method["authorization"] !== "NONE");
  expect(guarded).toEqual([
    expect.objectContaining({ authorization: "COGNITO_USER_POOLS", authorization_scopes: ["email"], http_method: "GET" }),
  ]);
  expect(only(json, "aws_api_gateway_authorizer")).toMatchObject({
    identity_source: "method.request.header.Token",
    name: "Authorizerdemo",
  });
});
