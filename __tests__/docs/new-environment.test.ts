/** The environment that docs/operations.md adds, as it stands there. */
import vm from "node:vm";
import { loadEnvironments } from "../../config/load-environments";
import { documentedCode } from "../support/documented-commands";
import { environments } from "../support/environments";

test("the documented environment can be added beside dev, in the same account and Region", () => {
  const block = documentedCode("docs/operations.md", "Add an environment", "staging: {");
  const added = vm.runInNewContext(`({${block}})`) as Parameters<typeof loadEnvironments<"staging">>[0];
  const { account, region, throwAway, names } = environments.dev;
  const { dev, staging } = loadEnvironments({ dev: { account, region, throwAway, names }, ...added });
  expect({ account: staging.account, region: staging.region }).toEqual({ account: dev.account, region: dev.region });
});
