/**
 * `npm run mutation` changes the code in small ways, one at a time, and counts the changes that the unit tests notice. It takes minutes, so
 * `npm test` does without. Each part has a file of its own beside this one: a constant that every test loads would be tried on all of them.
 */
import jest from "../jest.config.mjs";

const [unit] = jest.projects;

/** Stryker's settings for the files of one part and for the tests that are meant to notice. */
export function settings({ name, mutate, tests }) {
  return {
    mutate,
    testRunner: "jest",
    jest: {
      projectType: "custom",
      // Stryker lays this over jest.config.mjs, whose projects would stay: each run would deploy to the emulator.
      // A temporary folder for each of its runs would be one too many: tools/mutation.ts gives one to all.
      config: { ...unit, projects: [], globalSetup: undefined, testMatch: tests.map((test) => `<rootDir>/__tests__/${test}`) },
      enableFindRelatedTests: false, // `tests` says it already, and looking for them takes longer than running them
    },
    coverageAnalysis: "perTest",
    ignorePatterns: [
      ".local",
      ".build",
      "cdktf.out",
      "coverage",
      "portability/node_modules",
      "bench/aws-solutions-constructs/node_modules",
    ],
    reporters: ["clear-text", "json", "progress-append-only"],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
    jsonReporter: { fileName: `.build/mutation/${name}.json` },
    tempDirName: `.build/mutation/${name}`,
    concurrency: 2,
    maxTestRunnerReuse: 25, // jest in one process keeps what it has loaded: gigabytes after a hundred changes
    timeoutMS: 120_000, // a change that hangs is noticed; a machine that is busy must not look like one
    thresholds: { high: 95, low: 90, break: null }, // tools/mutation-score.ts decides: Stryker would pass a run that broke
  };
}
