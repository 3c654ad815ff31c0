import { availableParallelism } from "node:os";

// Types are checked once, by `npm run typecheck`; here each file is only transpiled.
const typescript = ["ts-jest", { tsconfig: { isolatedModules: true, module: "commonjs", moduleResolution: "node10", allowJs: true } }];

const project = {
  testEnvironment: "node",
  transform: { "^.+\\.[cm]?[jt]s$": typescript },
  // These libraries come as ES modules only.
  transformIgnorePatterns: ["/node_modules/(?!(@hpcc-js|execa|get-port|listr2|jose|openid-client|oauth4webapi)/)"],
  modulePathIgnorePatterns: ["<rootDir>/.build/"], // copies of the project, while `npm run mutation` runs
};

// The SDK's versions are pinned; its note about what later ones will need is for whoever updates them.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

// Terraform and its provider end before they need their memory back: to collect their garbage seldom saves an eighth of their work.
process.env.GOGC ??= "400";

/** Of each part of the product, in percent. */
const LEAST_COVERAGE = { lines: 95, branches: 90 };

export default {
  projects: [
    {
      ...project,
      displayName: "unit",
      testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
      testPathIgnorePatterns: ["/__tests__/(emulator|browser)/"],
      setupFiles: ["<rootDir>/__tests__/support/project.ts"],
    },
    { ...project, displayName: "browser", testMatch: ["<rootDir>/__tests__/browser/**/*.test.ts"] },
    {
      ...project,
      displayName: "emulator",
      testMatch: ["<rootDir>/__tests__/emulator/**/*.test.ts"],
      globalSetup: "<rootDir>/__tests__/emulator/global-setup.ts",
      globalTeardown: "<rootDir>/__tests__/emulator/global-teardown.ts",
    },
  ],
  globalSetup: "<rootDir>/__tests__/support/own-temporary-folder.mjs",
  // The long tests wait for Terraform, which waits for the emulator: a third of the time of two cores would be left over.
  maxWorkers: availableParallelism() + 1,
  testSequencer: "<rootDir>/__tests__/support/longest-first.mjs",
  // A guard against hanging, not a measurement: a busy machine takes several times as long as a quiet one.
  testTimeout: 900_000,

  // Measured with --coverage, as `npm test` does; a few tests alone cover little. Nothing is counted that runs as a process of its own. Babel
  // makes the unit tests a tenth slower, V8, which watches every library too, three quarters.
  coverageProvider: "babel",
  coverageReporters: ["json-summary", ["text", { skipFull: true }]],
  collectCoverageFrom: [
    "{config,review,stacks}/**/*.ts",
    "!review/{command,plan-of}.ts", // run as a command by __tests__/review/command.test.ts and __tests__/emulator/review.test.ts
    "!stacks/secured-api/landing-page/page/{page,settings,view}.ts", // run in a browser, built, by __tests__/browser/
  ],
  coverageThreshold: { "./config/": LEAST_COVERAGE, "./review/": LEAST_COVERAGE, "./stacks/": LEAST_COVERAGE },
};
