/** The files of the repository, and the checks that comments in them skip. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { UserError } from "../config/user-error";
import type { Skip } from "./verdict";

/** checkov's own form: `checkov:skip=`, the check's id, a colon and the reason, to the end of the line or of the comment. */
const SKIP = /checkov:skip=(CKV2?_[A-Z]+_\d+):\s*(.*?)\s*(?:-->|\*\/)?\s*$/;

/** What makes checkov look away, by itself: of what is skipped without a need it would say nothing. */
const LOOK_AWAY = /(?:checkov|bridgecrew|cortex):skip=\S*|pragma: ?(?:allow|white)list/g;

/**
 * The files that Git has, or would take.
 *
 * @throws UserError when the folder is no checkout
 */
export function repositoryFiles(root = "."): string[] {
  try {
    const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    return [...new Set(files.split("\0"))].filter((file) => file !== "" && existsSync(path.join(root, file))).sort();
  } catch (error) {
    throw new UserError("Git lists no files here. Run the command in a clone of the repository, with git installed.", { cause: error });
  }
}

/** The checks that comments in files skip. */
export function skipsInFiles(files: readonly string[], root = "."): Skip[] {
  return files.flatMap((file) =>
    readFileSync(path.join(root, file), "utf8")
      .split("\n")
      .flatMap((line, index) => {
        const [, check, reason] = SKIP.exec(line) ?? [];
        if (check === undefined || reason === undefined) {
          return [];
        }
        if (reason === "") {
          throw new UserError(
            `${file}:${index + 1}: the skip of the check "${check}" has no reason. Say why the line is right, or change it.`,
          );
        }
        return [{ check, place: file, at: index + 1, reason }];
      }),
  );
}

/** Copies files for checkov, byte for byte but for comments that would make it look away. */
export function copyForCheckov(files: readonly string[], folder: string, root = "."): void {
  for (const file of files) {
    const copy = path.join(folder, file);
    mkdirSync(path.dirname(copy), { recursive: true });
    const content = readFileSync(path.join(root, file), "latin1"); // one character a byte
    writeFileSync(
      copy,
      content.replace(LOOK_AWAY, (word) => "-".repeat(word.length)),
      "latin1",
    );
  }
}
