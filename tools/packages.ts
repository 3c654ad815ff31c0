/** Packages that only one command needs, in a folder with a package.json and node_modules of its own, installed when it first runs. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { UserError } from "../config/user-error";
import { run } from "../local/child-process";

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
}

/**
 * Installs what a folder's lock file says, unless it is there.
 *
 * @param flags further arguments of `npm ci`
 * @throws UserError with npm's words when it fails
 */
export async function installPackages(folder: string, signal: AbortSignal, flags: readonly string[] = []): Promise<void> {
  if (!areInstalled(folder)) {
    // Below `npm run --silent` npm would not even say what is wrong.
    await runTool("npm", ["ci", "--loglevel=error", "--prefix", folder, ...flags], { signal });
  }
}

function areInstalled(folder: string): boolean {
  const installed = path.join(folder, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) {
    return false;
  }
  const there = packagesIn(installed);
  return Object.entries(packagesIn(path.join(folder, "package-lock.json")))
    .filter(([place]) => place !== "")
    .every(([place, { version }]) => there[place]?.version === version);
}

function packagesIn(lockFile: string): LockFile["packages"] {
  return (JSON.parse(readFileSync(lockFile, "utf8")) as LockFile).packages;
}

/** What a tool found wrong is for a person to read, without a stack trace of the command that ran it. */
export async function runTool(...[program, args, options]: Parameters<typeof run>): Promise<string> {
  try {
    return await run(program, args, options);
  } catch (error) {
    options.signal.throwIfAborted();
    throw new UserError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
