import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { copyProject } from "./support/project-copy";

/** Every file of what a checkout synthesizes, by its path, with its bytes. */
function synthesizedIn(checkout: string, umask: string, env: NodeJS.ProcessEnv): Record<string, string> {
  execFileSync("sh", ["-c", `umask ${umask} && chmod -R ${umask === "077" ? "go=" : "go=rX"} lambda-src && node synth.mjs`], {
    cwd: checkout,
    env: { ...process.env, ...env },
  });
  const output = path.join(checkout, "cdktf.out");
  const files = readdirSync(output, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file): [string, string] => [path.relative(output, file), readFileSync(file).toString("base64")])
      .sort(),
  );
}

test("two checkouts in different folders, under another umask, locale and time zone, synthesize the same bytes", () => {
  const checkouts = [copyProject("one"), copyProject("the other")];
  try {
    const one = synthesizedIn(checkouts[0]!, "022", { LC_ALL: "C", TZ: "UTC" });
    const other = synthesizedIn(checkouts[1]!, "077", { LC_ALL: "tr_TR.UTF-8", TZ: "Pacific/Kiritimati" });
    expect(Object.keys(one)).toEqual(expect.arrayContaining(["manifest.json", "stacks/secured-api-prod/cdk.tf.json"]));
    expect(Object.keys(one).some((file) => file.endsWith(".zip"))).toBe(true);
    expect(other).toEqual(one);
  } finally {
    checkouts.forEach((checkout) => {
      rmSync(path.dirname(checkout), { recursive: true });
    });
  }
});
