import { securedApi, synthesized } from "../../support/synthesized";

const API = "${aws_api_gateway_rest_api.api_rest-api_FFFBAE81.id}";
const DOMAIN = "${aws_cognito_user_pool_domain.users_domain_7B71D320.domain}";

/** Where the parts are reached: on the emulator, and on AWS. */
const ORIGINS = [
  [`http://${API}.execute-api.localhost:4566`, `https://${API}.execute-api.eu-central-1.amazonaws.com`],
  ["http://localhost:4567", `https://${DOMAIN}.auth.eu-central-1.amazoncognito.com`],
] as const;

/** Each value inside another one, by its path. */
function leaves(value: unknown, path = ""): [string, unknown][] {
  return typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key))
    : [[path, value]];
}

// The promise of this project: what is deployed to the emulator is what is deployed to AWS.
test("apart from the addresses, the emulator gets what AWS gets", () => {
  const onAws = new Map(leaves(synthesized(securedApi())));
  const emulator = { port: 4566, loginPagesPort: 4567 };
  const local = ORIGINS.reduce(
    (text, [here, there]) => text.replaceAll(here, there),
    JSON.stringify(synthesized(securedApi({ emulator }))),
  );
  const onEmulator = new Map(leaves(JSON.parse(local)));

  const paths = [...new Set([...onAws.keys(), ...onEmulator.keys()])].sort();
  const differences = paths.filter((path) => onAws.get(path) !== onEmulator.get(path));
  expect(differences).toEqual([
    // There is one account, with credentials made up for it.
    "provider.aws.0.allowed_account_ids.0",
    // The addresses are part of the API's answers.
    "resource.aws_api_gateway_deployment.api_deployment_3C116365.triggers.redeployment",
    // It reads an empty block back, which would be a diff on every plan.
    "resource.aws_api_gateway_stage.api_stage_9CA2AE48.lifecycle.ignore_changes.0",
    "terraform.backend.s3.allowed_account_ids.0",
  ]);
});

test("each address occurs, so that none of the above is so for want of it", () => {
  const local = JSON.stringify(synthesized(securedApi({ emulator: { port: 4566, loginPagesPort: 4567 } })));
  for (const [here, there] of ORIGINS) {
    expect(local).toContain(here);
    expect(local).not.toContain(there);
  }
});
