import { settings } from "./settings.mjs";

export default settings({
  name: "config",
  // The schema of an environment and what it is made of, and the loading.
  mutate: [
    "aws-rules",
    "dotted-name",
    "environment",
    "load-environments",
    "misplaced",
    "observability",
    "protection",
    "users",
    "whole-number",
  ].map((file) => `config/${file}.ts`),
  // bad-configuration.test.ts starts the app as a process of its own, which takes long and does not see the changes.
  tests: [
    "config/colliding-environments",
    "config/environment",
    "config/github-settings",
    "config/load-environments",
    "config/optional-settings",
    "docs/settings-table",
  ].map((test) => `${test}.test.ts`),
});
