// Types are checked once, by `npm run typecheck`; here each file is only transpiled.
const typescript = ["ts-jest", { tsconfig: { isolatedModules: true, module: "commonjs", moduleResolution: "node10", allowJs: true } }];

const project = {
  testEnvironment: "node",
  transform: { "^.+\\.[cm]?[jt]s$": typescript },
  // These libraries come as ES modules only.
  transformIgnorePatterns: ["/node_modules/(?!(@hpcc-js|execa|get-port|listr2|jose|openid-client|oauth4webapi)/)"],
  modulePathIgnorePatterns: ["<rootDir>/.build/"], // copies of the project, while `npm run mutation` runs
  setupFilesAfterEnv: ["<rootDir>/__tests__/support/setup.ts"],
};

// The SDK's versions are pinned; its note about what later ones will need is for whoever updates them.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

export default {
  projects: [
    {
      ...project,
      displayName: "unit",
      testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
      testPathIgnorePatterns: ["/__tests__/(emulator|browser)/"],
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
  // Most tests wait for a child process, so they need no core left for somebody else.
  maxWorkers: "100%",
  testTimeout: 120_000,
};
