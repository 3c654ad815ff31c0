// What `cdktf init --template typescript` writes to jest.config.js: ts-jest as it is, which checks the types of each file that it compiles.
const template = { isolatedModules: false, module: "commonjs", moduleResolution: "node10" }; // the rest is in this project's tsconfig.json

export default {
  rootDir: "../..",
  testEnvironment: "node",
  transform: { "^.+\\.tsx?$": ["ts-jest", { tsconfig: template }] },
  testMatch: ["**/__tests__/**/*.test.ts"],
  setupFilesAfterEnv: ["<rootDir>/__tests__/support/terraform-matchers.ts"], // the template has its own setup.js, which does the same
};
