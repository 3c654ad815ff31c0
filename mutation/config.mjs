import { settings } from "./settings.mjs";

export default settings({
  name: "config",
  mutate: ["config/aws-rules.ts", "config/environment.ts", "config/load-environments.ts"],
  tests: ["config/**/*.test.ts"],
});
