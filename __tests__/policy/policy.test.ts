/** The policy as a whole: the command on this checkout, and configurations that break it. The first run installs checkov. */
import { execFile, execFileSync } from "node:child_process";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { promisify } from "node:util";
import { environments } from "../../config/environments";
import { checkFiles, checkStacks } from "../../policy/check";
import { installed } from "../../policy/checkov";
import { stacksOf } from "../../policy/stacks";
import { temporaryFolder } from "../support/temporary-folder";
import { brokenStack } from "./broken-stack";

const { signal } = new AbortController();

/** checkov's packages are many, and a plan shares the machine with other tests. */
const TEN_MINUTES = 600_000;

/** `npm run policy -- <args>`. */
async function policy(args: string[], env: NodeJS.ProcessEnv = {}): Promise<{ code: number; output: string }> {
  return promisify(execFile)(process.execPath, ["--import", "tsx", "policy/command.ts", ...args], { env: { ...process.env, ...env } }).then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    (error: unknown) => {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, output: stdout + stderr };
    },
  );
}

test(
  "every check passes or is skipped with a reason: of every stack, workflow and file",
  async () => {
    const { code, output } = await policy([]);
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringMatching(
        /^stacks: \d{3,} checks passed, 0 failed, \d+ skipped[^]*^workflows and files: \d{3,} checks passed, 0 failed/m,
      ) as string,
    });
  },
  TEN_MINUTES,
);

test(
  "a public bucket and a method without an authorizer fail, by stack and address; a skip holds for its own resource, and must be needed",
  async () => {
    const folder = temporaryFolder();
    const { failed, unneeded, skipped } = await checkStacks([stacksOf(path.join(folder, "synth"), brokenStack)], { folder, signal });
    const found = failed.map(({ check, place, at }) => `${check} ${place} ${String(at)}`);
    expect(found).toEqual(
      expect.arrayContaining(["CKV_AWS_20 broken-test aws_s3_bucket.bucket", "CKV_AWS_59 broken-test aws_api_gateway_method.open-method"]),
    );
    expect(found).not.toContain("CKV_AWS_59 broken-test aws_api_gateway_method.explained-method");
    expect(skipped).toBe(1);
    expect(unneeded).toEqual([
      { check: "CKV_AWS_999", place: "broken-test", at: "aws_api_gateway_rest_api.api", reason: "Nothing asks for it." },
    ]);
  },
  TEN_MINUTES,
);

describe("a repository", () => {
  // Put together here, so that this file holds none.
  const joined = (...parts: string[]) => parts.join("");
  const random = joined("x7Rk2Vq9", "Lm4Tz8Wc", "Yb6Nf3Hd");
  const skip = joined("checkov", ":skip=CKV_SECRET_6");
  const allow = joined("pragma", ": allowlist secret");
  const files = {
    "aws.ts": `const key = { accessKeyId: "${joined("AKIA", "J7QX5N2WZ4RT6VBC")}" };\n`,
    "key.pem": joined("-----BEGIN RSA ", `PRIVATE KEY-----\n${random}\n`),
    "looked-away.ts": `const password = "${random}1"; // ${allow}\n`,
    "explained.ts": `// ${skip}: the example of a standard\nconst password = "${random}2";\nconst token = "${random}3";\n`,
    "unneeded.ts": `// ${skip}: nothing is here\n`,
    ".checkov.yaml": "skip-check:\n  - CKV_SECRET_2\n",
    // A permission that checkov's schema does not know: by itself it would pass over this file.
    ".github/workflows/build.yml": [
      "name: build\non: pull_request\npermissions: {}\njobs:\n  build:\n    runs-on: ubuntu-24.04",
      "    permissions:\n      attestations: write",
      "    steps:\n      - run: echo ${{ github.event.issue.title }}\n",
    ].join("\n"),
  };
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  let checked: Awaited<ReturnType<typeof checkFiles>>;
  const { env } = process;

  beforeAll(async () => {
    const root = temporaryFolder(files);
    execFileSync("git", ["init", "--quiet"], { cwd: root });
    await installed(signal); // which does ask the package index
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const proxy = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    process.env = { ...env, HTTPS_PROXY: proxy, HTTP_PROXY: proxy, https_proxy: proxy, http_proxy: proxy, CKV_SKIP_CHECK: "CKV_SECRET_2" };
    checked = await checkFiles({ folder: temporaryFolder(), root, signal });
  }, TEN_MINUTES);
  afterAll(() => {
    process.env = env;
    server.close();
  });

  test("secrets are found, also where a comment or a setting would make checkov look away", () => {
    const found = checked.failed.map(({ check, place, at }) => `${check} ${place}:${at[0]}`);
    expect(found.filter((finding) => finding.startsWith("CKV_SECRET")).sort()).toEqual([
      "CKV_SECRET_13 key.pem:2",
      "CKV_SECRET_2 aws.ts:1",
      "CKV_SECRET_6 explained.ts:3",
      "CKV_SECRET_6 looked-away.ts:1",
    ]);
  });

  test("a workflow is checked, also where checkov's schema is older than it", () => {
    expect(checked.failed).toContainEqual(expect.objectContaining({ check: "CKV_GHA_2", place: ".github/workflows/build.yml" }));
  });

  test("a comment skips a check on the next line, and must be needed", () => {
    expect(checked.skipped).toBe(1);
    expect(checked.unneeded).toEqual([{ check: "CKV_SECRET_6", place: "unneeded.ts", at: 1, reason: "nothing is here" }]);
  });

  test("nothing was asked of anybody", () => {
    expect(connections).toBe(0);
  });
});

test(
  "one environment alone is checked without workflows and files",
  async () => {
    const { code, output } = await policy(["dev"]);
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^stacks: \d{2,} checks passed, 0 failed/m) as string });
    expect(output).not.toMatch(/^workflows and files:/m);
  },
  TEN_MINUTES,
);

test("--help tells what it does", async () => {
  expect(await policy(["--help"])).toEqual({ code: 0, output: expect.stringContaining("npm run policy [-- <environment>]") as string });
});

test.each([
  [
    "an environment that does not exist",
    ["nowhere"],
    {},
    2,
    `"nowhere" is not an environment: config/environments.ts has ${Object.keys(environments).join(", ")}.`,
  ],
  ["two environments", ["dev", "prod"], {}, 2, '"prod" is one argument too many.'],
  ["no Python", ["dev"], { PYTHON: "no-such-python" }, 1, "Python 3.10 or newer (for checkov) is needed, found none."],
])("%s", async (_, args, env, code, message) => {
  expect(await policy(args, env)).toEqual({ code, output: expect.stringContaining(message) as string });
});
