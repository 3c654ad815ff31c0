import { settings } from "./settings.mjs";

export default settings({
  name: "redeployment",
  mutate: ["stacks/secured-api/redeployment.ts"],
  tests: ["redeployment", "redeployment-hash"].map((test) => `stacks/secured-api/${test}.test.ts`),
});
