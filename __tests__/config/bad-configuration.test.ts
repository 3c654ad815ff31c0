import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { copyProject } from "../support/project-copy";

test("a bad value ends synth with one message, before anything is written; VERBOSE=1 shows where", () => {
  const folder = copyProject("bad configuration");
  try {
    const file = path.join(folder, "config", "environments.ts");
    const right = readFileSync(file, "utf8");
    const faulty = right.replace(/(?<=\bprod: \{[^]*?account: ")\d+/, "2222");
    expect(faulty).not.toBe(right);
    writeFileSync(file, faulty);

    const { status, stdout, stderr } = spawnSync(process.execPath, ["synth.mjs"], { cwd: folder, encoding: "utf8" });

    expect(stderr).toBe('config/environments.ts: prod.account is "2222": an AWS account id is a string of 12 digits.\n');
    expect(stdout).toBe("");
    expect(status).toBe(1);

    const verbose = spawnSync("npx", ["cdktf", "synth"], { cwd: folder, encoding: "utf8", env: { ...process.env, VERBOSE: "1" } });
    expect(verbose.stdout + verbose.stderr).toMatch(/an AWS account id is a string of 12 digits\.\n +at loadEnvironments /);
    expect(verbose.status).toBe(1);

    const written = existsSync(path.join(folder, "cdktf.out")) ? readdirSync(path.join(folder, "cdktf.out"), { recursive: true }) : [];
    expect(written.filter((name) => String(name).endsWith("cdk.tf.json"))).toEqual([]);
  } finally {
    rmSync(path.dirname(folder), { recursive: true });
  }
});
