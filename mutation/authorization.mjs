import { settings } from "./settings.mjs";

export default settings({
  name: "authorization",
  mutate: ["stacks/secured-api/every-method-is-authorized.ts", "stacks/secured-api/rest-api.ts"],
  // None of them synthesizes before its first test: a change that is met there would be tried on all of them.
  tests: ["cors", "every-method-is-authorized", "resource-server", "resource-tree", "rest-api"].map(
    (test) => `stacks/secured-api/${test}.test.ts`,
  ),
});
