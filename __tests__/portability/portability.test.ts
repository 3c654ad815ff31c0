import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { environments } from "../../config/environments";

const run = promisify(execFile);

test("the same code gives the same Terraform JSON with CDKTF and with CDK Terrain, and compiles with both majors of the provider", async () => {
  const { stdout } = await run("npm", ["run", "--silent", "portability"]);
  const stacks = /^The Terraform JSON of (.*) is the same with both, but for:$/m.exec(stdout)?.[1]?.split(", ") ?? [];
  expect(stacks).toEqual(expect.arrayContaining(Object.keys(environments).map((name) => `secured-api-${name}`)));
  expect(stdout).toMatch(/aws\.version\n {4}5\.\d+\.\d+ with cdktf, 6\.\d+\.\d+ with cdktn/);
});
