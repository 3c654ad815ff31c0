/** What a machine must have, and how to get it. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { UserError } from "../config/user-error";

/** One thing that the project needs from the machine. */
export interface Prerequisite {
  readonly name: string;
  /** What is needed, e.g. `1.11 or newer`. */
  readonly needed: string;
  /** What was found, with its version, or undefined. */
  readonly found: string | undefined;
  readonly ok: boolean;
  /** How to get it; shown when it is missing. */
  readonly remedy: string;
}

const run = promisify(execFile);

/** The Terraform (or OpenTofu) program, chosen as cdktf chooses it. */
export function terraformProgram(env: NodeJS.ProcessEnv = process.env): string {
  return env["TERRAFORM_BINARY_NAME"] ?? "terraform";
}

export function checkNode(version: string = process.versions.node): Prerequisite {
  return {
    name: "Node.js",
    needed: "20.9 or newer, before 24",
    found: version,
    ok: atLeast(version, [20, 9]) && !atLeast(version, [24]),
    remedy: "Install Node.js 22 or 20 (.nvmrc names the version for nvm). cdktf-cli cannot run on 24.",
  };
}

export async function checkTerraform(env: NodeJS.ProcessEnv = process.env): Promise<Prerequisite> {
  const program = terraformProgram(env);
  const [, tool, version] = (await firstMatch(program, ["version"], /^(Terraform|OpenTofu) v(\d+\.\d+\.\d+)/m, env)) ?? [];
  return {
    name: "Terraform",
    needed: "1.11 or newer, or OpenTofu 1.10 or newer",
    found: version && `${tool} ${version} (${program})`,
    ok: version !== undefined && atLeast(version, tool === "OpenTofu" ? [1, 10] : [1, 11]),
    remedy:
      "Install it from https://developer.hashicorp.com/terraform/install, or name the program (`tofu`, for one) in " +
      "TERRAFORM_BINARY_NAME. The lock of the state in S3 needs these versions.",
  };
}

/** The first Python that is new enough: of the environment variable PYTHON, else of the usual names. */
export async function findPython(env: NodeJS.ProcessEnv = process.env): Promise<{ program: string; version: string } | undefined> {
  const named = env["PYTHON"];
  const names = named ? [named] : ["python3", "python", "python3.13", "python3.12", "python3.11", "python3.10"];
  for (const program of names) {
    const [, version] = (await firstMatch(program, ["--version"], /Python (\d+\.\d+\.\d+)/, env)) ?? [];
    if (version && atLeast(version, [3, 10])) {
      return { program, version };
    }
  }
  return undefined;
}

export async function checkPython(env: NodeJS.ProcessEnv = process.env): Promise<Prerequisite> {
  const python = await findPython(env);
  return {
    name: "Python",
    needed: "3.10 or newer (for the emulator)",
    found: python && `${python.version} (${python.program})`,
    ok: python !== undefined,
    remedy: "Install Python 3, on Debian with `apt-get install python3 python3-venv`, or name the program in PYTHON.",
  };
}

/** Every prerequisite of `npm start` and `npm test`. */
export async function checkAll(env: NodeJS.ProcessEnv = process.env): Promise<Prerequisite[]> {
  return [checkNode(), ...(await Promise.all([checkTerraform(env), checkPython(env)]))];
}

/** @throws UserError that names what is missing and how to get it */
export function requireAll(prerequisites: readonly Prerequisite[]): void {
  const missing = prerequisites.filter((prerequisite) => !prerequisite.ok);
  if (missing.length > 0) {
    throw new UserError(
      missing.map(({ name, needed, found, remedy }) => `${name} ${needed} is needed, found ${found ?? "none"}. ${remedy}`).join("\n"),
    );
  }
}

async function firstMatch(program: string, args: string[], pattern: RegExp, env: NodeJS.ProcessEnv): Promise<string[] | undefined> {
  try {
    const { stdout } = await run(program, args, { env: { ...env, CHECKPOINT_DISABLE: "1" }, timeout: 30_000 });
    return pattern.exec(stdout) ?? undefined;
  } catch {
    return undefined; // not installed, or it does not even tell its version
  }
}

function atLeast(version: string, minimum: readonly number[]): boolean {
  const parts = version.split(".").map(Number);
  for (const [index, wanted] of minimum.entries()) {
    const part = parts[index] ?? 0;
    if (part !== wanted) {
      return part > wanted;
    }
  }
  return true;
}
