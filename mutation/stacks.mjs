import { settings } from "./settings.mjs";

export default settings({
  name: "stacks",
  mutate: ["every-method-is-authorized", "redeployment", "rest-api"].map((file) => `stacks/secured-api/${file}.ts`),
  tests: ["api", "every-method-is-authorized", "redeployment", "redeployment-hash", "rest-api"].map(
    (test) => `stacks/secured-api/${test}.test.ts`,
  ),
});
