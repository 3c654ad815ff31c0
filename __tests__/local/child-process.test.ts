import { run, runForOutput } from "../../local/child-process";

const never = new AbortController().signal;

/** Whether a process runs; one that has ended and waits for its parent to notice does not. */
function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Starts a shell that starts a child of its own, waits for the child's id, and ends the shell. */
async function startedAndEnded(script: string): Promise<{ child: number; error: unknown }> {
  const interruption = new AbortController();
  let child = 0;
  const error = await run("sh", ["-c", script], {
    signal: interruption.signal,
    onLine: (line) => {
      child = Number(line);
      interruption.abort(new Error("ended by the test"));
    },
  }).catch((reason: unknown) => reason);
  return { child, error };
}

test("gives what a program printed, standard output and error, and each line as it comes", async () => {
  const lines: string[] = [];
  const printed = await run("sh", ["-c", "echo one; sleep 0.1; echo two >&2; sleep 0.1; printf three"], {
    signal: never,
    onLine: (line) => lines.push(line),
  });
  expect(printed).toBe("one\ntwo\nthree");
  expect(lines).toEqual(["one", "two"]);
});

test("gives what a program wrote to standard output, without its warnings", async () => {
  expect(await runForOutput("sh", ["-c", "echo {; echo warning >&2; echo }"], { signal: never })).toBe("{\n}\n");
});

test("a character that comes in two pieces stays whole", async () => {
  const pieces = "printf '\\303'; sleep 0.1; printf '\\251'"; // é
  expect(await run("sh", ["-c", pieces], { signal: never })).toBe("é");
});

test("gives a program this environment and no other", async () => {
  expect(await run("/bin/sh", ["-c", "echo $GREETING-$HOME-"], { signal: never, env: { GREETING: "hello" } })).toBe("hello--\n");
});

test.each([
  ["what it printed", "echo oh no >&2; exit 3", "oh no"],
  ["its exit code when it printed nothing", "exit 3", "sh ended with exit code 3"],
  ["that a signal ended it", "kill -9 $$", "sh ended with exit code -1"],
])("the error of a program that fails tells %s", async (_, script, message) => {
  await expect(run("sh", ["-c", script], { signal: never })).rejects.toThrow(new Error(message));
});

test("a program that does not exist is an error", async () => {
  await expect(run("no-such-program", [], { signal: never })).rejects.toThrow("spawn no-such-program ENOENT");
});

test("nothing is started once the signal was raised", async () => {
  await expect(run("no-such-program", [], { signal: AbortSignal.abort(new Error("too late")) })).rejects.toThrow(new Error("too late"));
});

test("the signal ends a program together with what it started", async () => {
  const { child, error } = await startedAndEnded("sleep 60 & echo $!; wait");
  expect(error).toEqual(new Error("ended by the test"));
  expect(child).toBeGreaterThan(1);
  expect(lives(child)).toBe(false);
});

test("the signal ends even what does not listen to SIGTERM", async () => {
  const { child } = await startedAndEnded(`trap "" TERM; sleep 60 & echo $!; wait`);
  expect(child).toBeGreaterThan(1);
  expect(lives(child)).toBe(false);
});
