/** An emulator with the roles of stacks/github-access deployed to it, and Terraform running as them. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { App } from "cdktf";
import getPort from "get-port";
import type { Environment, EnvironmentSettings } from "../../config/environment";
import { loadEnvironments } from "../../config/load-environments";
import { emulatorEnvironment } from "../../local/cdktf";
import { type Emulator, type EmulatorCredentials, startEmulator } from "../../local/emulator";
import { findPython } from "../../local/prerequisites";
import { pythonEnvironment } from "../../local/python-environment";
import { StackTerraform } from "../../local/stack-terraform";
import { makeStateBucket } from "../../local/state-bucket";
import { GithubAccessStack, githubRoleArn, type Purpose } from "../../stacks/github-access";
import { SecuredApiStack } from "../../stacks/secured-api";
import { EVERYTHING_ON } from "../support/everything-on";
import { assumeRole, type SessionCredentials } from "./github-session";

const FOLDER = path.join(".local", "test-access");
/** Nobody listens there: the roles have no use for the login pages. */
const LOGIN_PAGES_PORT = 1;
const REPOSITORY = "repo:octo-org/secured-api";

export const SUBJECTS = { plan: `${REPOSITORY}:pull_request`, deploy: `${REPOSITORY}:environment:production` } as const;

/** An environment with every optional part that the emulator has. */
export const SETTINGS = {
  account: "000000000000",
  region: "eu-central-1",
  throwAway: true,
  github: {
    planSubjects: [SUBJECTS.plan],
    deploySubjects: [SUBJECTS.deploy],
    functionBoundary: [{ actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:eu-central-1:000000000000:lost"] }],
  },
  ...EVERYTHING_ON,
} satisfies EnvironmentSettings;

/** A question that IAM was asked. */
export interface Call {
  readonly key: string;
  readonly action: string;
  readonly resource: string;
  readonly allowed: boolean;
}

export class GithubAccessSystem {
  readonly #stop = new AbortController();
  #emulator?: Emulator;
  #sessions?: Record<Purpose, SessionCredentials>;

  /** Starts the emulator, deploys the roles as its root user and takes both on. */
  async start(): Promise<void> {
    rmSync(FOLDER, { recursive: true, force: true });
    const python = await findPython();
    const port = await getPort({ host: "127.0.0.1" });
    const emulator = await startEmulator({
      python: await pythonEnvironment(python!, this.#stop.signal),
      program: path.join("__tests__", "emulator", "run_emulator_with_iam.py"),
      port,
      region: "eu-central-1",
      folder: FOLDER,
      signal: this.#stop.signal,
    });
    this.#emulator = emulator;
    await makeStateBucket(this.environment(), emulator);
    this.#synthesize();
    const root = this.#terraform("github-access", emulator.credentials);
    await root.plan();
    await root.apply();
    this.#sessions = {
      plan: await this.assume("plan", { sub: SUBJECTS.plan }),
      deploy: await this.assume("deploy", { sub: SUBJECTS.deploy }),
    };
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#emulator?.stop();
  }

  get emulator(): Emulator {
    return this.#emulator!;
  }

  /** The environment `local` with its roles and everything on. */
  environment(): Environment {
    return loadEnvironments({ local: { ...SETTINGS, emulator: this.emulatorPorts() } }).local;
  }

  emulatorPorts() {
    return { port: this.emulator.port, loginPagesPort: LOGIN_PAGES_PORT };
  }

  #synthesize(): void {
    const app = new App({ outdir: path.join(FOLDER, "cdktf.out"), stackTraces: false });
    new GithubAccessStack(app, this.environment());
    new SecuredApiStack(app, this.environment());
    app.synth();
  }

  /** Terraform on secured-api in one of the roles. */
  as(purpose: Purpose): StackTerraform {
    return this.#terraform("secured-api", this.session(purpose));
  }

  session(purpose: Purpose): SessionCredentials {
    return this.#sessions![purpose];
  }

  /** Takes on a role with these claims beside the right audience. */
  assume(purpose: Purpose, claims: Readonly<Record<string, unknown>>): Promise<SessionCredentials> {
    const arn = githubRoleArn(purpose, this.environment());
    return assumeRole(this.emulator.url, arn, { aud: "sts.amazonaws.com", ...claims });
  }

  /** What IAM was asked on behalf of one of the roles so far. */
  calls(purpose: Purpose): Call[] {
    const file = path.join(FOLDER, `emulator-${this.emulator.port}`, "calls.jsonl");
    const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
    return lines.map((line) => JSON.parse(line) as Call).filter(({ key }) => key === this.session(purpose).accessKeyId);
  }

  /** The environment variables of a job with these credentials. */
  jobEnvironment(credentials: EmulatorCredentials & { readonly sessionToken?: string }): NodeJS.ProcessEnv {
    return {
      ...emulatorEnvironment(this.emulator, LOGIN_PAGES_PORT, SETTINGS.region),
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      ...(credentials.sessionToken && { AWS_SESSION_TOKEN: credentials.sessionToken }),
    };
  }

  #terraform(kind: string, credentials: EmulatorCredentials): StackTerraform {
    const env = this.jobEnvironment(credentials);
    return new StackTerraform(`${kind}-local`, { folder: path.join(FOLDER, "cdktf.out"), env, signal: this.#stop.signal });
  }
}
