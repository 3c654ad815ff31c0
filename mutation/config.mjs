import { settings } from "./settings.mjs";

export default settings({
  name: "config",
  mutate: ["config/aws-rules.ts", "config/environment.ts", "config/load-environments.ts"],
  // bad-configuration.test.ts starts the app as a process of its own, which takes long and does not see the changes.
  tests: ["colliding-environments", "environment", "load-environments"].map((test) => `config/${test}.test.ts`),
});
