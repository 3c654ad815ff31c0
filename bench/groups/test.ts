import { appendFileSync } from "node:fs";
import path from "node:path";
import { copyProject } from "../../__tests__/support/project-copy";
import { measure } from "../measure";
import type { Group } from "./group";

const JEST = path.resolve("node_modules/jest/bin/jest.js");
const TEST_FILE = "stacks/secured-api/cors.test.ts";
const TESTED_FILE = path.join("stacks", "secured-api", "cors.ts");

/** How long one waits for the tests after a change. */
export const test: Group = {
  name: "test",
  about: "one unit test file after a change, beside the cdktf template's jest settings, and all unit tests",
  run: async (bench) => {
    const { folder, signal } = bench.options;
    const copy = copyProject("test-loop", folder);
    const afterAChange = (settings: readonly string[]) => {
      appendFileSync(path.join(copy, TESTED_FILE), "// changed\n");
      return measure(process.execPath, [JEST, ...settings, "--testPathPatterns", TEST_FILE], { cwd: copy, signal });
    };
    const templateSettings = ["--config", path.join("bench", "peers", "template.jest.config.mjs")];
    await bench.compare(
      [
        { id: "test/one-file/this-project", run: () => afterAChange(["--selectProjects", "unit"]) },
        { id: "test/one-file/cdktf-template", run: () => afterAChange(templateSettings) },
      ],
      { warmUp: true },
    );
    await bench.compare([
      { id: "test/all-unit-tests", run: () => measure(process.execPath, [JEST, "--selectProjects", "unit"], { signal }) },
    ]);
  },
};
