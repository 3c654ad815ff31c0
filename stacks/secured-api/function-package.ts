import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
// fflate (MIT, no dependency) lets date, mode and host system of every entry be set; most zip libraries read them from the disk.
import { type Zippable, zipSync } from "fflate";
import { UserError } from "../../config/user-error";

/** The first date a zip can hold, in local time because that is how fflate reads it: the same bytes in every time zone. */
const FIXED_DATE = new Date(1980, 0, 1);
const UNIX = 3;
const READABLE_FILE = 0o100644 << 16;
const PACKAGES_FOLDER = ".build/functions";

/** A function's code as Lambda takes it. */
export interface FunctionPackage {
  /** The zip's file, named after its content. */
  readonly file: string;
  /** Base64 of the zip's SHA-256, as Lambda reports it (`CodeSha256`). */
  readonly sha256Base64: string;
  /** The same in hexadecimal, for file and folder names. */
  readonly sha256Hex: string;
}

/**
 * Zips a function's folder. The bytes depend on names and contents alone: not on the checkout's path, time, umask or file order.
 *
 * Folders named `__pycache__` and names that begin with a dot are left out.
 *
 * @param sourceFolder the folder with the function's code, absolute or relative to the project's root
 * @throws UserError when the folder is missing or has no file to package
 */
export function packageFunction(sourceFolder: string): FunctionPackage {
  const entries: Zippable = {};
  for (const file of filesBelow(sourceFolder)) {
    entries[file] = [readFileSync(path.join(sourceFolder, file)), { mtime: FIXED_DATE, os: UNIX, attrs: READABLE_FILE, level: 9 }];
  }
  if (Object.keys(entries).length === 0) {
    throw new UserError(
      `${sourceFolder} has no file to package: Lambda needs at least the handler's. Put it there, or name another folder.`,
    );
  }
  const zip = zipSync(entries);
  const sha256 = createHash("sha256").update(zip).digest();
  const sha256Hex = sha256.toString("hex");
  const file = path.resolve(PACKAGES_FOLDER, `${sha256Hex.slice(0, 16)}.zip`);
  mkdirSync(path.dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, zip);
  renameSync(unfinished, file); // a synth that runs at the same time reads all of it or nothing
  return { file, sha256Base64: sha256.toString("base64"), sha256Hex };
}

/** The files of a folder and its subfolders, as sorted paths relative to it, with `/` between the parts. */
function filesBelow(folder: string): string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new UserError(`${folder} is not a folder: the function's code is expected there. Create it, or name another folder.`);
  }
  const walk = (relative: string): string[] =>
    readdirSync(path.join(folder, relative), { withFileTypes: true })
      .filter((entry) => !entry.name.startsWith(".") && entry.name !== "__pycache__")
      .flatMap((entry) => {
        const name = relative ? `${relative}/${entry.name}` : entry.name;
        return statSync(path.join(folder, name)).isDirectory() ? walk(name) : [name];
      });
  // Code-unit order: localeCompare would depend on the machine's locale.
  return walk("").sort();
}
