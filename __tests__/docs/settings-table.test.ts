import { readFileSync } from "node:fs";
import { settingsTable } from "../../docs/generate/settings-table";

// Beside sections.test.ts, which synthesizes a stack for the other sections: `npm run mutation -- config` runs this some hundred times.
test("the README says of every setting what the schema says of it", () => {
  expect(readFileSync("README.md", "utf8")).toContain(settingsTable());
});
