/** The whole system on this machine: emulator, state bucket and deployed stack, started step by step and taken down together. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import getPort, { portNumbers } from "get-port";
import type { Environment } from "../config/environment";
import { UserError } from "../config/user-error";
import { cdktf, emulatorEnvironment, stackOutputs } from "./cdktf";
import { type Emulator, PortTakenError, startEmulator } from "./emulator";
import { type LoginPages, startLoginPages } from "./login-pages";
import { checkAll, findPython, requireAll } from "./prerequisites";
import { pythonEnvironment } from "./python-environment";
import { smokeCheck, type SmokeCheckTarget } from "./smoke-check";
import { makeStateBucket } from "./state-bucket";

const STACK = "secured-api-local";

/** One step of the start; `tell` reports what it is doing. */
export interface Step {
  readonly title: string;
  /** Whether all lines stay on the terminal; by default the newest replaces the one before. */
  readonly keepLines?: boolean;
  run(tell: (line: string) => void): Promise<void>;
}

export interface LocalSystemOptions {
  readonly environment: Environment;
  /** Holds what the system writes: the synthesized stack, its outputs, the emulator's temporary files. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

export class LocalSystem {
  #emulator?: Emulator;
  #loginPages?: LoginPages;
  #outputs?: Record<string, string>;

  constructor(private readonly options: LocalSystemOptions) {}

  /** What brings the system up, in order. Call {@link stop} afterwards, also when a step failed. */
  readonly steps: readonly Step[] = [
    {
      title: "Check what this machine has",
      run: async () => {
        requireAll(await checkAll());
      },
    },
    { title: "Start the emulator", run: (tell) => this.#startEmulator(tell) },
    // Before the deploy: the app client's sign-in address holds their port.
    { title: "Start the login pages", run: (tell) => this.#startLoginPages(tell) },
    { title: "Make the state bucket", run: (tell) => this.#makeStateBucket(tell) },
    { title: `Deploy ${STACK}`, run: (tell) => this.#deploy(tell) },
    { title: "Sign up, sign in and call the API", keepLines: true, run: (tell) => smokeCheck(this.smokeCheckTarget, tell) },
  ];

  get emulator(): Emulator {
    if (!this.#emulator) {
      throw new Error("the emulator has not been started");
    }
    return this.#emulator;
  }

  get loginPages(): LoginPages {
    if (!this.#loginPages) {
      throw new Error("the login pages have not been started");
    }
    return this.#loginPages;
  }

  /** The stack's outputs, with `emulator_url` and `mailbox_url`: what `.local/outputs.json` holds. */
  get outputs(): Readonly<Record<string, string>> {
    if (!this.#outputs) {
      throw new Error("the stack has not been deployed");
    }
    return this.#outputs;
  }

  /** Environment variables with which Terraform, cdktf and the AWS CLI talk to the emulator. */
  get env(): NodeJS.ProcessEnv {
    return emulatorEnvironment(this.emulator, this.loginPages.port, this.options.environment.region);
  }

  get smokeCheckTarget(): SmokeCheckTarget {
    const { region, tokenHeader } = this.options.environment;
    return {
      emulatorUrl: this.emulator.url,
      region,
      tokenHeader,
      invokeUrl: this.outputs["invoke_url"] ?? "",
      landingPageUrl: this.outputs["landing_page_url"] ?? "",
      clientId: this.outputs["user_pool_client_id"] ?? "",
    };
  }

  /** Runs a cdktf command on the stack. */
  cdktf(command: "deploy" | "destroy", tell: (line: string) => void = () => undefined): Promise<string> {
    return cdktf(command, STACK, this.options.folder, { env: this.env, signal: this.options.signal, onLine: tell });
  }

  /** Takes everything down. Does nothing where nothing was started. */
  async stop(): Promise<void> {
    rmSync(this.#file("outputs.json"), { force: true });
    rmSync(this.#file("emulator.env"), { force: true });
    await this.#loginPages?.close();
    await this.#emulator?.stop();
  }

  #file(name: string): string {
    return path.join(this.options.folder, name);
  }

  async #startEmulator(tell: (line: string) => void): Promise<void> {
    const { environment, folder, signal } = this.options;
    const python = await findPython();
    if (!python) {
      throw new UserError("Python is gone since it was found.");
    }
    tell("installing its Python packages (once)");
    const program = await pythonEnvironment(python, signal);
    const start = async () => {
      const port = await freePort("LOCAL_EMULATOR_PORT", environment.emulator?.port ?? 4566);
      return startEmulator({ python: program, port, region: environment.region, folder, signal });
    };
    // It takes seconds to listen, in which another start may have taken the port: then there is another one, once.
    this.#emulator = await start().catch((error: unknown) => {
      if (error instanceof PortTakenError && !process.env["LOCAL_EMULATOR_PORT"]) {
        return start();
      }
      throw error;
    });
    tell(this.#emulator.url);
  }

  async #startLoginPages(tell: (line: string) => void): Promise<void> {
    const { environment, signal } = this.options;
    const { url: emulatorUrl, credentials } = this.emulator;
    const port = await freePort("LOCAL_LOGIN_PAGES_PORT", environment.emulator?.loginPagesPort ?? 4567);
    this.#loginPages = await startLoginPages({ port, emulatorUrl, region: environment.region, credentials, signal });
    this.#writeEnvironment();
    tell(this.#loginPages.url);
  }

  /** For a shell that wants to talk to the emulator: `set -a; . .local/emulator.env`. The credentials are worth nothing elsewhere. */
  #writeEnvironment(): void {
    const lines = Object.entries(this.env)
      .filter(([name]) => /^(AWS|TF|LOCAL|CHECKPOINT)_/.test(name))
      .map(([name, value]) => `${name}='${value ?? ""}'\n`);
    mkdirSync(this.options.folder, { recursive: true });
    writeFileSync(this.#file("emulator.env"), lines.join(""), { mode: 0o600 });
  }

  async #makeStateBucket(tell: (line: string) => void): Promise<void> {
    tell(await makeStateBucket(this.options.environment, this.emulator));
  }

  async #deploy(tell: (line: string) => void): Promise<void> {
    const { folder } = this.options;
    mkdirSync(folder, { recursive: true });
    let created = 0;
    await this.cdktf("deploy", (line) => {
      if (line.includes("Creation complete")) {
        created += 1;
        tell(`${created} resources created`);
      }
    }).catch((error: unknown) => {
      throw error instanceof Error && !this.options.signal.aborted
        ? new UserError(`cdktf deploy ${STACK} failed:\n${error.message.split("\n").slice(-40).join("\n")}`, { cause: error })
        : error;
    });
    const outputs = {
      ...stackOutputs(STACK, folder),
      emulator_url: this.emulator.url,
      mailbox_url: this.loginPages.mailboxUrl,
    };
    writeFileSync(this.#file("outputs.json"), `${JSON.stringify(outputs, null, 2)}\n`);
    this.#outputs = outputs;
  }
}

/**
 * The preferred port, or another one when it is taken; a port that the user named himself is not replaced.
 *
 * @param variable the environment variable that names the port
 * @throws UserError when the named port is taken
 */
async function freePort(variable: string, preferred: number): Promise<number> {
  const port = await getPort({ host: "127.0.0.1", port: [preferred, ...portNumbers(preferred + 10, preferred + 100)] });
  if (port !== preferred && process.env[variable]) {
    throw new UserError(`${variable} is ${preferred}: another program listens there. Name another port, or leave the variable out.`);
  }
  return port;
}
