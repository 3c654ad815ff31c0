import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * A copy of the project as a fresh checkout would be, in a folder with a space in its path. It shares node_modules and the emulator's
 * Python packages with this one, which installing takes minutes.
 */
export function copyProject(name: string): string {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), "checkout-")), `${name} of a newcomer`);
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" });
  for (const file of files.split("\0").filter((listed) => listed && existsSync(listed))) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    cpSync(file, path.join(folder, file));
  }
  symlinkSync(path.resolve("node_modules"), path.join(folder, "node_modules"));
  mkdirSync(path.resolve(".local/python"), { recursive: true });
  mkdirSync(path.join(folder, ".local"));
  symlinkSync(path.resolve(".local/python"), path.join(folder, ".local", "python"));
  return folder;
}
