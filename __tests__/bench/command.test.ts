import { spawnSync } from "node:child_process";

function bench(...args: string[]) {
  return spawnSync("npm", ["run", "--silent", "bench", "--", ...args], { encoding: "utf8" });
}

test.each<[args: string[], message: string]>([
  [["--rounds", "1.5"], '--rounds is "1.5": it must be a whole number of at least 1.'],
  [["--only", "pulumi"], '--only is "pulumi": it must be one of synth, test, review, routes, deploy, start.'],
  [["--fast"], "Unknown option '--fast'"],
])("%j is refused with the help", (args, message) => {
  const { status, stderr } = bench(...args);
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(message) as unknown });
  expect(stderr).toContain("--only <group>");
});

test("--help names every group", () => {
  const { status, stdout } = bench("--help");
  expect(status).toBe(0);
  expect(stdout).toMatch(/^ {2}routes +synth and plan with 1, 10, 100, 300, 1000 routes/m);
});
