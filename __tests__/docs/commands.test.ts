/** Every command tells how it is called, and refuses to be called otherwise. */
import { answersTo, COMMANDS } from "../../docs/generate/commands";

test("the commands of package.json are found", () => {
  expect(COMMANDS.map(({ name }) => name)).toEqual(expect.arrayContaining(["npm start", "npm run deploy", "npm run ci:plan"]));
});

describe("--help", () => {
  const answers = answersTo("--help");

  test.each(COMMANDS)("of $name says how it is called and what it does, with exit code 0", ({ name, file }) => {
    expect(answers[file]).toEqual({ code: 0, printed: [expect.any(String)], errors: [] });
    const [usage, ...rest] = answers[file]!.printed[0]!.split("\n");
    expect(usage).toMatch(new RegExp(`^${name}($| )`));
    expect(rest.join("\n")).toMatch(/\n\n?[A-Za-z].{30}/);
  });
});

describe("an unknown option", () => {
  const answers = answersTo("--no-such-option");

  test.each(COMMANDS)("is refused by $name, with exit code 2 and the help", ({ name, file }) => {
    const { code, printed, errors } = answers[file]!;
    expect({ code, printed }).toEqual({ code: 2, printed: [] });
    expect(errors).toEqual([expect.stringContaining("Unknown option '--no-such-option'"), expect.stringContaining(`\n${name}`)]);
  });
});
