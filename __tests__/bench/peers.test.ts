/** The HCL that the project is compared with describes the same API. */
import path from "node:path";
import { forEachHcl } from "../../bench/peers/for-each";
import { hcl } from "../../bench/peers/hcl";
import { peerFolder, synthesizeRoutes } from "../../bench/peers/synthesized-stacks";
import { offlinePlan } from "../../local/offline-plan";
import { temporaryFolder } from "../support/temporary-folder";

const ROUTES = 2;
const { signal } = new AbortController();
const folder = temporaryFolder();

interface Plan {
  readonly planned_values: { readonly root_module: { readonly resources: readonly { readonly type: string; readonly values: object }[] } };
  readonly resource_changes: readonly { readonly change: { readonly after_unknown: object } }[];
}

/** What a plan creates, without the names that the configuration gives: every value, and which of them only AWS knows. */
async function created(planFolder: string): Promise<string[]> {
  const { planned_values, resource_changes } = JSON.parse(await offlinePlan(planFolder, signal)) as Plan;
  const resources = planned_values.root_module.resources.map(({ type, values }) => `${type} ${JSON.stringify(values)}`);
  const unknown = resource_changes.map(({ change }) => JSON.stringify(change.after_unknown));
  return [...resources, ...unknown].sort();
}

test("a plan of the HCL, plain and with for_each, creates the project's resources with the same arguments", async () => {
  const synthesized = await synthesizeRoutes(ROUTES, folder, signal);
  const peer = (name: string, text: string) => created(peerFolder(path.join(folder, name), { "main.tf": text }, synthesized.folder));
  const [own, plain, forEach] = await Promise.all([
    created(synthesized.folder),
    peer("plain", hcl(synthesized.stack)),
    peer("for-each", forEachHcl(synthesized.stack, ROUTES)),
  ]);
  const methods = own.filter((resource) => resource.startsWith("aws_api_gateway_method {"));
  expect(methods).toHaveLength(Object.keys(synthesized.stack.resource["aws_api_gateway_method"]!).length);
  expect(methods.length).toBeGreaterThanOrEqual(ROUTES + 2); // the tutorial's, and what a team adds, are beside them
  expect(plain).toEqual(own);
  expect(forEach).toEqual(own);
}, 300_000);

test("what is in braces of a template is an expression, and its quotes are its own", () => {
  const terraform = { required_providers: {}, required_version: ">= 1" };
  const output = { address: { value: 'a "quoted" ${f("${x.id}/{y}")} $${literal}\n' } };
  expect(hcl({ terraform, provider: { aws: [] }, resource: {}, output })).toContain(
    String.raw`value = "a \"quoted\" ${"${"}f("${"${"}x.id}/{y}")} $${"${"}literal}\n"`,
  );
});
