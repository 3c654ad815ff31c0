import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { UserError } from "../config/user-error";
import { run } from "./child-process";

const EMULATOR_REQUIREMENTS = path.join("local", "requirements.txt");
const FOLDER = path.join(".local", "python");

/**
 * A virtual environment with the packages of a requirements file, each checked against the hash there.
 *
 * It is made once for each version of Python and of the requirements, in a folder that appears only when it is complete.
 *
 * @param requirements default: those of the emulator
 * @returns the path of its Python program
 * @throws UserError when it cannot be made
 */
export async function pythonEnvironment(
  python: { program: string; version: string },
  signal: AbortSignal,
  requirements: string = EMULATOR_REQUIREMENTS,
): Promise<string> {
  const key = createHash("sha256").update(python.version).update(readFileSync(requirements)).digest("hex").slice(0, 12);
  const folder = path.resolve(FOLDER, key);
  const program = programIn(folder);
  if (existsSync(program)) {
    return program;
  }

  const unfinished = path.resolve(FOLDER, `unfinished-${randomUUID()}`);
  mkdirSync(path.dirname(unfinished), { recursive: true });
  try {
    await run(python.program, ["-m", "venv", unfinished], { signal }).catch((error: unknown) => {
      throw failed(error, "Python could not make a virtual environment. On Debian it needs `apt-get install python3-venv`.");
    });
    const pip = ["-m", "pip", "install", "--quiet", "--require-hashes", "--only-binary=:all:", "-r", requirements];
    await run(programIn(unfinished), pip, { signal }).catch((error: unknown) => {
      throw failed(
        error,
        `The Python packages of ${requirements} could not be installed. Is the Python package index reachable from here?`,
      );
    });
    if (!existsSync(folder)) {
      renameSync(unfinished, folder);
    }
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return program;
}

function programIn(folder: string): string {
  return process.platform === "win32" ? path.join(folder, "Scripts", "python.exe") : path.join(folder, "bin", "python");
}

function failed(error: unknown, what: string): UserError {
  const detail = error instanceof Error ? error.message : String(error);
  return new UserError(`${what}\n${detail}`, { cause: error });
}
