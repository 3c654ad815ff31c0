import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { environments } from "../../config/environments";
import { CDK_TERRAIN, outputOf, stacksIn } from "../../portability/synthesis";
import { repositoryFiles } from "../../policy/repository-files";

const run = promisify(execFile);
let stdout: string;

beforeAll(async () => {
  ({ stdout } = await run("npm", ["run", "--silent", "portability"]));
});

test("the same code gives the same Terraform JSON with CDKTF and with CDK Terrain, and compiles with both majors of the provider", () => {
  const stacks = /^The Terraform JSON of (.*) is the same with both, but for:$/m.exec(stdout)?.[1]?.split(", ") ?? [];
  const example = ["api-gateway-account-example", "github-access-example", "secured-api-example", "state-backend-example"];
  expect(stacks).toEqual(expect.arrayContaining([...Object.keys(environments).map((name) => `secured-api-${name}`), ...example]));
  expect(stdout).toMatch(/aws\.version\n {4}5\.\d+\.\d+ with cdktf, 6\.\d+\.\d+ with cdktn/);
});

test("every resource that the code can make is among them", () => {
  const sources = repositoryFiles().filter((file) => file.startsWith("stacks/") && file.endsWith(".ts"));
  const imported = sources.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/"@cdktf\/provider-aws\/lib\/([\w-]+)"/g)].map(
      ([, name]) => `aws_${name!.replaceAll("-", "_")}`,
    ),
  );
  // The provider itself, and what stacks/secured-api/every-method-is-authorized.ts refuses.
  const made = [...new Set(imported)].filter((type) => !["aws_provider", "aws_api_gateway_rest_api_put"].includes(type));
  const compared = Object.values(stacksIn(outputOf(CDK_TERRAIN))).flatMap((stack) => Object.keys((stack as { resource: object }).resource));
  expect([...new Set(compared)].sort()).toEqual(made.sort());
});
