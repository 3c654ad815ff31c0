/**
 * Starts the longest test files first: one that starts last keeps a single core busy while the others have nothing left to do. jest by itself
 * goes by the times of an earlier run, which a clean checkout does not have, and else by the size of the files.
 */
import Sequencer from "@jest/test-sequencer";

/** What takes half a minute or more, the longest first. That they are there, __tests__/house-keeping.test.ts checks. */
const LONGEST = [
  "emulator/interrupted-early",
  "emulator/interrupted-late",
  "emulator/operations",
  "portability/migration",
  "emulator/github-access",
  "emulator/adopt",
  "emulator/everything-on",
  "emulator/start",
  "portability/portability",
  "docs/own-project",
  "emulator/many-routes",
  "emulator/lifecycle",
  "tools/new-route",
  "emulator/sign-in-in-a-browser",
].map((name) => `__tests__/${name}.test.ts`);

export default class LongestFirst extends Sequencer {
  sort(tests) {
    const place = (test) => {
      const index = LONGEST.findIndex((file) => test.path.endsWith(`/${file}`));
      return index < 0 ? LONGEST.length : index;
    };
    return super.sort(tests).sort((a, b) => place(a) - place(b));
  }
}
