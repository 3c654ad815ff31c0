/** `npm run review` without a saved plan: it makes one itself. */
import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { system } from "./deployed-system";

test("the stack as deployed has no changes, and no plan is left behind", () => {
  const output = execFileSync("npm", ["run", "--silent", "review", "--", "local"], { env: system.env, encoding: "utf8" });
  expect(output).toBe("No changes: local is as the configuration says.\n");
  expect(statSync(".local/review").mode & 0o777).toBe(0o700);
  expect(existsSync(".local/review/local/stacks/secured-api-local/plan.bin")).toBe(false);
});
