/** `npm run mutation`: changes the code in small ways and counts the changes that the unit tests notice. It takes minutes, so `npm test` does without. */
import jest from "./jest.config.mjs";

const [unit] = jest.projects;

export default {
  mutate: [
    "config/aws-rules.ts",
    "config/environment.ts",
    "config/load-environments.ts",
    "stacks/secured-api/every-method-is-authorized.ts",
    "stacks/secured-api/redeployment.ts",
    "stacks/secured-api/rest-api.ts",
  ],
  testRunner: "jest",
  jest: {
    projectType: "custom",
    config: {
      ...unit,
      testMatch: ["<rootDir>/__tests__/{config,stacks}/**/*.test.ts"],
      testPathIgnorePatterns: ["planned.test.ts"], // runs Terraform, which takes seconds for each of hundreds of changes
    },
  },
  coverageAnalysis: "perTest",
  reporters: ["clear-text", "json"],
  jsonReporter: { fileName: ".build/mutation.json" },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  ignorePatterns: [".local", ".build", "cdktf.out", "coverage", "portability/node_modules"],
  tempDirName: ".build/mutation",
  concurrency: 2,
  thresholds: { high: 95, low: 90, break: 85 },
};
