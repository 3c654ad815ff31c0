import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import path from "node:path";
import { environments } from "../config/environments";
import { copyProject } from "./support/project-copy";

/** Every file below a folder, with its content. */
function filesBelow(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => statSync(path.join(folder, file)).isFile());
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(path.join(folder, file), "base64")]));
}

/** What the app writes in a checkout, run as cdktf runs it, by a shell with this umask. */
function synth(checkout: string, umask: string, environment: NodeJS.ProcessEnv): Record<string, string> {
  execFileSync("sh", ["-c", `umask ${umask}; exec "${process.execPath}" synth.mjs`], {
    cwd: checkout,
    env: { ...process.env, ...environment },
  });
  return filesBelow(path.join(checkout, "cdktf.out"));
}

describe("the app", () => {
  const withBlanks = copyProject("two words");
  const spare = copyProject("plain");
  const plain = path.join(path.dirname(spare), "plain");
  renameSync(spare, plain);
  utimesSync(path.join(plain, "lambda-src", "handler.py"), new Date("2001-02-03"), new Date("2001-02-03"));

  afterAll(() => {
    for (const checkout of [withBlanks, plain]) {
      rmSync(path.dirname(checkout), { recursive: true });
    }
  });

  const written = synth(withBlanks, "022", { TZ: "UTC", LC_ALL: "C" });

  test("makes a secured API for each environment", () => {
    const stacks = Object.keys(written).filter((file) => /^stacks\/secured-api-.*cdk\.tf\.json$/.test(file));
    expect(stacks.sort()).toEqual(
      Object.keys(environments)
        .map((name) => `stacks/secured-api-${name}/cdk.tf.json`)
        .sort(),
    );
  });

  test("writes the same bytes in another folder, at another time, with another umask, time zone and language", () => {
    const elsewhere = synth(plain, "077", { TZ: "Pacific/Kiritimati", LC_ALL: "tr_TR.UTF-8" });
    expect(Object.keys(elsewhere)).toEqual(Object.keys(written));
    expect(elsewhere).toEqual(written);
  });

  test("writes the same below cdktf synth", () => {
    const output = path.join(plain, "by cdktf");
    execFileSync("npx", ["cdktf", "synth", "--output", output], { cwd: plain, stdio: "pipe" });
    expect(filesBelow(path.join(output, "stacks"))).toEqual(filesBelow(path.join(withBlanks, "cdktf.out", "stacks")));
  });

  test("writes no path of the machine and no token of cdktf", () => {
    for (const content of Object.values(written)) {
      const text = Buffer.from(content, "base64").toString("utf8");
      expect(text).not.toContain(path.dirname(withBlanks));
      expect(text).not.toContain("TfToken[");
    }
  });
});
