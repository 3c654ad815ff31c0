import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { UserError } from "../config/user-error";
import { collect, endGroup } from "./child-process";

const RUN_EMULATOR = path.join("local", "run_emulator.py");
const READY_WITHIN_MILLISECONDS = 120_000;

export interface EmulatorOptions {
  /** The Python program that has the emulator's packages. */
  readonly python: string;
  /** The Python file that runs it. Default: local/run_emulator.py. */
  readonly program?: string;
  /** The loopback port to listen on. */
  readonly port: number;
  /** The Region that requests without one belong to. */
  readonly region: string;
  /** Where its temporary files go; removed when it stops. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** Credentials of the emulator's account root user, made up for one run. */
export interface EmulatorCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Another program took the emulator's port in the moment between its choice and its use. */
export class PortTakenError extends UserError {}

export interface Emulator {
  /** `http://localhost:<port>`, the endpoint of every service. */
  readonly url: string;
  readonly port: number;
  readonly credentials: EmulatorCredentials;
  /** Settles when the emulator ends without having been told to. */
  readonly died: Promise<UserError>;
  /** Ends it and everything that it started. */
  stop(): Promise<void>;
}

/**
 * Starts MiniStack, which stands in for AWS: on loopback, with signatures, IAM policies and Cognito's codes checked.
 *
 * @throws UserError when it does not come up; {@link PortTakenError} when that is because of its port
 */
export async function startEmulator({ python, program = RUN_EMULATOR, port, region, folder, signal }: EmulatorOptions): Promise<Emulator> {
  const credentials = {
    accessKeyId: `LOCAL${randomBytes(8).toString("hex").toUpperCase()}`,
    secretAccessKey: randomBytes(24).toString("hex"),
  };
  const temporary = path.resolve(folder, `emulator-${port}`);
  mkdirSync(temporary, { recursive: true });

  const child = spawn(python, [program], {
    env: {
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      LANG: process.env["LANG"],
      PYTHONDONTWRITEBYTECODE: "1",
      TMPDIR: temporary,
      BIND_HOST: "127.0.0.1", // its default is every interface
      GATEWAY_PORT: String(port),
      IOT_MTLS_ENABLED: "0", // it would listen on every interface, whatever BIND_HOST says
      SFTP_ENABLED: "0",
      AUTH: "true", // without it a wrong code confirms a user, and every caller may do everything
      CLOUDTRAIL_RECORDING: process.env["CLOUDTRAIL_RECORDING"] ?? "0",
      MINISTACK_REGION: region,
      LOG_LEVEL: "WARNING", // request lines would hold the callers' tokens
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
    stdio: ["pipe", "pipe", "pipe"], // the open input is how it knows that this process lives
    detached: true,
  });
  const output = collect(child);
  let stopping = false;
  const died = new Promise<UserError>((resolve) => {
    const tell = (how: string) => {
      if (!stopping) {
        const lastWords = output.text().trim().split("\n").slice(-15).join("\n");
        const Fault = /already in use/i.test(lastWords) ? PortTakenError : UserError;
        resolve(new Fault(`The emulator ${how}. Its last words:\n${lastWords}`));
      }
    };
    child.once("error", (error) => {
      tell(`could not be started: ${error.message}`);
    });
    child.once("close", (code) => {
      tell(`ended with exit code ${code ?? "none"}`);
    });
  });
  const stop = async () => {
    stopping = true;
    await endGroup(child);
    rmSync(temporary, { recursive: true, force: true });
  };

  const url = `http://localhost:${port}`;
  try {
    await Promise.race([ready(port, signal).then(() => isOurs(url, region, credentials)), died.then((error) => Promise.reject(error))]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, port, credentials, died, stop };
}

/** An emulator of somebody else's does not know these credentials. */
async function isOurs(endpoint: string, region: string, credentials: EmulatorCredentials): Promise<void> {
  const s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  try {
    await s3.send(new ListBucketsCommand({}));
  } catch (error) {
    throw new PortTakenError(`Another emulator answers at ${endpoint}. Name a free port in LOCAL_EMULATOR_PORT.`, { cause: error });
  } finally {
    s3.destroy();
  }
}

async function ready(port: number, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MILLISECONDS;
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    const answer = await fetch(`http://127.0.0.1:${port}/_ministack/health`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    if (answer?.ok) {
      return;
    }
    await sleep(100);
  }
  throw new UserError(
    `The emulator did not answer on port ${port} within ${READY_WITHIN_MILLISECONDS / 1000} s. Try again, or set LOCAL_EMULATOR_PORT.`,
  );
}
