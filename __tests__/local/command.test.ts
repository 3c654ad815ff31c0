import { UserError } from "../../config/user-error";
import { runCommand } from "../../local/command";

const HELP = "npm run example\n\nDoes nothing.";

interface Result {
  readonly exitCode: typeof process.exitCode;
  readonly printed: unknown[];
  readonly errors: unknown[];
}

/** Runs a command as `npm run example -- <args>` would. */
async function run(args: string[], command: Parameters<typeof runCommand>[1]): Promise<Result> {
  const { argv, exitCode } = process;
  const log = jest.spyOn(console, "log").mockImplementation(() => undefined);
  const error = jest.spyOn(console, "error").mockImplementation(() => undefined);
  process.argv = ["node", "example.ts", ...args];
  process.exitCode = undefined;
  try {
    await runCommand(HELP, command);
    return { exitCode: process.exitCode, printed: log.mock.calls.flat(), errors: error.mock.calls.flat() };
  } finally {
    process.argv = argv;
    process.exitCode = exitCode;
    jest.restoreAllMocks();
    ["SIGINT", "SIGTERM", "SIGHUP"].forEach((signal) => process.removeAllListeners(signal));
  }
}

test("a command that ends well ends with exit code 0 and gets its arguments, without --verbose", async () => {
  const command = jest.fn(() => Promise.resolve());
  expect(await run(["--once", "--verbose", "dev"], command)).toEqual({ exitCode: undefined, printed: [], errors: [] });
  expect(command).toHaveBeenCalledWith(["--once", "dev"], expect.any(AbortSignal));
});

test.each(["--help", "-h"])("%s shows the help and runs nothing", async (argument) => {
  const command = jest.fn(() => Promise.resolve());
  expect(await run([argument, "--once"], command)).toEqual({ exitCode: undefined, printed: [HELP], errors: [] });
  expect(command).not.toHaveBeenCalled();
});

test("a person's mistake ends with exit code 1 and its message alone", async () => {
  const failing = () => Promise.reject(new UserError("dev.account is wrong."));
  expect(await run([], failing)).toEqual({ exitCode: 1, printed: [], errors: ["\ndev.account is wrong."] });
});

test("with --verbose, a person's mistake shows where it was found", async () => {
  const mistake = new UserError("dev.account is wrong.");
  expect(await run(["--verbose"], () => Promise.reject(mistake))).toEqual({ exitCode: 1, printed: [], errors: [mistake] });
});

test("a fault of the program ends with exit code 1 and its stack trace", async () => {
  const fault = new TypeError("undefined is not a function");
  expect(await run([], () => Promise.reject(fault))).toEqual({ exitCode: 1, printed: [], errors: [fault] });
});

test("a wrong argument ends with exit code 2, what is wrong and the help", async () => {
  const refusal = Object.assign(new TypeError("Unknown option '--twice'"), { code: "ERR_PARSE_ARGS_UNKNOWN_OPTION" }); // parseArgs's own
  expect(await run(["--twice"], () => Promise.reject(refusal))).toEqual({
    exitCode: 2,
    printed: [],
    errors: ["\nUnknown option '--twice'", `\n${HELP}`],
  });
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)("%s raises the command's signal, and its end is exit code %i without a word", async (signal, exitCode) => {
  const interrupted = await run([], (_, raised) => {
    process.emit(signal, signal);
    expect(raised.reason).toBe(signal);
    return Promise.reject(new Error("interrupted"));
  });
  expect(interrupted).toEqual({ exitCode, printed: [], errors: [] });
});
