// Types are checked once, by `npm run typecheck`; here each file is only transpiled.
const typescript = ["ts-jest", { tsconfig: { isolatedModules: true, module: "commonjs", moduleResolution: "node10", allowJs: true } }];

const project = {
  testEnvironment: "node",
  transform: { "^.+\\.[cm]?[jt]s$": typescript },
  // These libraries come as ES modules only.
  transformIgnorePatterns: ["/node_modules/(?!(execa|get-port|listr2|jose)/)"],
  setupFilesAfterEnv: ["<rootDir>/__tests__/support/setup.ts"],
};

export default {
  projects: [
    { ...project, displayName: "unit", testMatch: ["<rootDir>/__tests__/**/*.test.ts"], testPathIgnorePatterns: ["/__tests__/emulator/"] },
  ],
};
