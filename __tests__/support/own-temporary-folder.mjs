import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Gives a run of the tests a temporary folder of its own: cdktf's Testing.app() makes one for every app, thousands a run, and leaves them. */
export default function ownTemporaryFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), "tests-"));
  process.env.TMPDIR = folder;
  process.on("exit", () => {
    rmSync(folder, { recursive: true, force: true });
  });
}
