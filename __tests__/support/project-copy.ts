import { cpSync, mkdirSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { repositoryFiles } from "../../policy/repository-files";

/**
 * A copy of the project as a fresh checkout would be, in a folder with a space in its path. It shares node_modules and the emulator's
 * Python packages with this one, which installing takes minutes.
 *
 * @param parent where that folder goes; default: a new temporary folder
 */
export function copyProject(name: string, parent = mkdtempSync(path.join(tmpdir(), "checkout-"))): string {
  const folder = path.join(parent, `${name} of a newcomer`);
  for (const file of repositoryFiles()) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    cpSync(file, path.join(folder, file));
  }
  symlinkSync(path.resolve("node_modules"), path.join(folder, "node_modules"));
  mkdirSync(path.resolve(".local/python"), { recursive: true });
  mkdirSync(path.join(folder, ".local"));
  symlinkSync(path.resolve(".local/python"), path.join(folder, ".local", "python"));
  return folder;
}
