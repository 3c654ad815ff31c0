import { settings } from "./settings.mjs";

export default settings({
  name: "authorization",
  mutate: ["stacks/secured-api/every-method-is-authorized.ts", "stacks/secured-api/rest-api.ts"],
  tests: [
    "api",
    "cors",
    "emulator-differences",
    "every-method-is-authorized",
    "observability",
    "protection",
    "resource-server",
    "resource-tree",
    "rest-api",
  ].map((test) => `stacks/secured-api/${test}.test.ts`),
});
