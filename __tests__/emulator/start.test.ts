/** `npm start` as a newcomer runs it, in a fresh checkout whose path contains a space; and what it says when it cannot. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import getPort from "get-port";
import { loopbackRequest } from "../../local/loopback-request";
import { PATIENCE } from "../support/patience";
import { copyProject } from "../support/project-copy";

const checkout = copyProject("start");
const outputsFile = path.join(checkout, ".local", "outputs.json");
const started: ChildProcess[] = [];

interface Run {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** The exit code, once the process has ended. */
  readonly end: Promise<number | null>;
  /** Resolves when the output contains the text. */
  readonly says: (text: string) => Promise<void>;
}

function start(args: string[] = [], env: NodeJS.ProcessEnv = {}): Run {
  const child = spawn("npm", ["start", "--", ...args], {
    cwd: checkout,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (text += chunk.toString()));
  let ended = false;
  const end = new Promise<number | null>((resolve) =>
    child.once("close", (code) => {
      ended = true;
      resolve(code);
    }),
  );
  const says = async (wanted: string) => {
    const deadline = Date.now() + PATIENCE;
    while (!text.includes(wanted)) {
      if (ended || Date.now() > deadline) {
        throw new Error(`npm start did not say "${wanted}":\n${text}`);
      }
      await sleep(50);
    }
  };
  return { child, output: () => text, end, says };
}

interface Process {
  readonly pid: number;
  readonly command: string;
}

/** The processes that work in the checkout. */
function processesLeft(): Process[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`).startsWith(checkout)
          ? [{ pid: Number(pid), command: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ") }]
          : [];
      } catch {
        return []; // it ended meanwhile
      }
    });
}

/** The addresses, as hexadecimal in /proc, on which processes of the checkout's emulator listen. */
function listeningAddresses(): string[] {
  return ["tcp", "tcp6"].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, "utf8")
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state]) => state === "0A")
      .map(([, address]) => address!.split(":")[0]!),
  );
}

function expectNothingLeft(): void {
  expect(processesLeft()).toEqual([]);
  expect(existsSync(outputsFile)).toBe(false);
  expect(existsSync(path.join(checkout, ".local", "emulator.env"))).toBe(false);
}

afterAll(() => {
  started.forEach((child) => child.kill("SIGKILL"));
  rmSync(path.dirname(checkout), { recursive: true, force: true });
});

describe("a run that stays", () => {
  let run: Run;
  let outputs: Record<string, string>;
  const listeningBefore = listeningAddresses().filter((address) => !/^0100007F$/.test(address));

  beforeAll(async () => {
    run = start();
    await run.says("Ctrl-C takes everything down");
    outputs = JSON.parse(readFileSync(outputsFile, "utf8")) as Record<string, string>;
  });

  test("shows each step with its duration in plain lines, and both requests", () => {
    const output = run.output();
    const steps = ["Check what this machine has", "Start the emulator", "Start the login pages", "Make the state bucket"];
    for (const step of [...steps, "Deploy secured-api-local"]) {
      expect(output).toMatch(new RegExp(`✔ ${step} \\[[0-9.]+m?s\\]`));
    }
    expect(output).toContain("GET without a token: 401");
    expect(output).toContain('GET with the access token in Token: 200 "Hello from Liwanag Backend!"');
    // eslint-disable-next-line no-control-regex -- that there are none is what is tested
    expect(output).not.toMatch(/\u001b/);
    expect(output).not.toMatch(/eyJ[\w-]+\.eyJ/); // no token
  });

  test("writes the stack's outputs and the emulator's addresses", () => {
    expect(Object.keys(outputs).sort()).toEqual([
      "emulator_url",
      "function_name",
      "invoke_url",
      "landing_page_url",
      "mailbox_url",
      "rest_api_id",
      "sign_in_url",
      "sign_out_url",
      "user_pool_client_id",
      "user_pool_id",
    ]);
    const printed = ["sign_in_url", "invoke_url", "mailbox_url"].map((name) => run.output().indexOf(` ${outputs[name]!}\n`));
    expect(printed).toEqual([...printed].sort((one, other) => one - other)); // the sign-in address comes first
    expect(printed).not.toContain(-1);
  });

  test("answers at the printed addresses", async () => {
    expect(await loopbackRequest(outputs["invoke_url"]!)).toMatchObject({ status: 401 });
    expect(await loopbackRequest(outputs["sign_in_url"]!)).toMatchObject({
      status: 200,
      body: expect.stringContaining("Create an account") as unknown,
    });
    expect(await loopbackRequest(outputs["mailbox_url"]!)).toMatchObject({ status: 200 });
  });

  test("gives programs the mails as the emulator gives them", async () => {
    const mails = await loopbackRequest(outputs["mailbox_url"]!, { headers: { accept: "application/json" } });
    expect(JSON.parse(mails.body)).toEqual(JSON.parse((await loopbackRequest(`${outputs["emulator_url"]!}/_ministack/ses/messages`)).body));
  });

  test("listens on loopback only", () => {
    expect(listeningAddresses().filter((address) => !/^(0100007F|0{24}01000000)$/.test(address))).toEqual(listeningBefore);
  });

  test("ends on SIGTERM with exit code 0 and leaves nothing", async () => {
    run.child.kill("SIGTERM");
    expect(await run.end).toBe(0);
    await expect(loopbackRequest(outputs["emulator_url"]!)).rejects.toThrow("ECONNREFUSED");
    await expect(loopbackRequest(outputs["sign_in_url"]!)).rejects.toThrow("ECONNREFUSED");
    expectNothingLeft();
  });
});

test("interrupted in the middle of the deploy, it takes everything down", async () => {
  const run = start();
  await run.says("resources created");
  run.child.kill("SIGINT");
  expect(await run.end).not.toBe(0);
  expectNothingLeft();
});

test("killed without a chance to clean up, it still leaves no emulator behind", async () => {
  const run = start();
  await run.says("Deploy secured-api-local");
  const starters = processesLeft().filter(({ command }) => command.includes("local/start.ts") || command.startsWith("npm"));
  starters.forEach(({ pid }) => process.kill(pid, "SIGKILL"));
  const emulators = () => processesLeft().filter(({ command }) => command.includes("run_emulator"));
  const deadline = Date.now() + PATIENCE;
  while (emulators().length > 0 && Date.now() < deadline) {
    await sleep(100);
  }
  expect(emulators()).toEqual([]);
  processesLeft().forEach(({ pid }) => process.kill(pid, "SIGKILL")); // cdktf, which had its deploy to end
});

test("an emulator that dies ends the run with its last words", async () => {
  const run = start();
  await run.says("Ctrl-C takes everything down");
  processesLeft()
    .filter(({ command }) => command.includes("run_emulator"))
    .forEach(({ pid }) => process.kill(pid, "SIGKILL"));
  expect(await run.end).toBe(1);
  expect(run.output()).toContain("The emulator ended");
  expectNothingLeft();
});

describe("what it says when it cannot start", () => {
  const program = (name: string, script: string) => {
    const file = path.join(checkout, ".local", name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return file;
  };

  test.each<[what: string, env: () => NodeJS.ProcessEnv, message: RegExp]>([
    [
      "no Terraform",
      () => ({ TERRAFORM_BINARY_NAME: "no-such-terraform" }),
      /Terraform 1\.11 or newer, or OpenTofu 1\.10 or newer is needed, found none\. Install it from .* or name the program .* TERRAFORM_BINARY_NAME/,
    ],
    [
      "a Terraform that is too old",
      () => ({ TERRAFORM_BINARY_NAME: program("old-terraform", "echo Terraform v1.5.7") }),
      /or OpenTofu 1\.10 or newer is needed, found Terraform 1\.5\.7/,
    ],
    [
      "no Python",
      () => ({ PYTHON: "no-such-python" }),
      /Python 3\.10 or newer \(for the emulator\) is needed, found none\. Install Python 3/,
    ],
    [
      "a Python that is too old",
      () => ({ PYTHON: program("old-python", "echo Python 3.8.1") }),
      /Python 3\.10 or newer \(for the emulator\) is needed, found none/,
    ],
    [
      "a Python that cannot make a virtual environment",
      () => ({
        PYTHON: program("bare-python", '[ "$1" = --version ] && echo Python 3.10.99 && exit; echo ensurepip is not available; exit 1'),
      }),
      /Python could not make a virtual environment\. On Debian it needs `apt-get install python3-venv`\.\nensurepip is not available/,
    ],
  ])("%s", async (_, env, message) => {
    const run = start(["--once"], env());
    expect(await run.end).toBe(1);
    expect(run.output()).toMatch(message);
    expect(run.output()).not.toMatch(/\n\s+at /);
    expectNothingLeft();
  });

  test.each(["LOCAL_EMULATOR_PORT", "LOCAL_LOGIN_PAGES_PORT"])("%s names a port that is taken", async (variable) => {
    const port = await getPort({ host: "127.0.0.1" });
    const server: Server = await new Promise((resolve) => {
      const listening = createServer().listen(port, "127.0.0.1", () => {
        resolve(listening);
      });
    });
    const run = start(["--once"], { [variable]: String(port) });
    expect(await run.end).toBe(1);
    expect(run.output()).toContain(`${variable} is ${port}: another program listens there.`);
    server.close();
    expectNothingLeft();
  });

  test("a deploy that fails", async () => {
    const handler = path.join(checkout, "lambda-src", "handler.py");
    const code = readFileSync(handler);
    rmSync(handler);
    const run = start(["--once"]);
    expect(await run.end).toBe(1);
    expect(run.output()).toContain("lambda-src has no file to package");
    expectNothingLeft();
    writeFileSync(handler, code);
  });

  test("an option that there is not: exit code 2 and the help", async () => {
    const run = start(["--twice"]);
    expect(await run.end).toBe(2);
    expect(run.output()).toContain("--once");
  });
});

test("npm run doctor lists what is missing and how to get it", () => {
  const doctor = (env: NodeJS.ProcessEnv) => {
    try {
      return {
        code: 0,
        output: execFileSync("npm", ["run", "doctor"], { cwd: checkout, env: { ...process.env, ...env }, encoding: "utf8" }),
      };
    } catch (error) {
      return { code: (error as { status: number }).status, output: (error as { stdout: string }).stdout };
    }
  };
  expect(doctor({})).toMatchObject({ code: 0, output: expect.stringMatching(/ok +Terraform: Terraform 1\./) as unknown });
  const { code, output } = doctor({ PYTHON: "no-such-python" });
  expect(code).toBe(1);
  expect(output).toMatch(/missing +Python: not found \(needed: 3\.10 or newer.*\n +Install Python 3/);
});
