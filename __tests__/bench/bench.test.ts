import { Bench } from "../../bench/bench";
import { LimitReached, measure } from "../../bench/measure";
import { median, spread } from "../../bench/statistics";

const signal = new AbortController().signal;
const node = (code: string, options: Partial<Parameters<typeof measure>[2]> = {}) =>
  measure(process.execPath, ["-e", code], { signal, ...options });

describe("statistics", () => {
  test.each<[values: number[], middle: number]>([
    [[3], 3],
    [[10, 2, 9], 9],
    [[4, 1, 3, 2], 2.5],
    [[], NaN],
  ])("the median of %j is %d", (values, middle) => {
    expect(median(values)).toBe(middle);
  });

  test("the spread is from the least to the largest", () => {
    expect(spread([2, 0.5, 7])).toEqual({ least: 0.5, largest: 7 });
  });
});

describe("a measurement", () => {
  test("is of the whole process, what it starts included", async () => {
    const child = "const held = Buffer.alloc(150 * 2 ** 20, 1); setTimeout(() => held, 300)";
    const { seconds, mebibytes, output } = await node(
      `console.log("said"); require("child_process").execFileSync(process.execPath, ["-e", ${JSON.stringify(child)}])`,
    );
    expect(seconds).toBeGreaterThan(0.3);
    expect(mebibytes).toBeGreaterThan(150);
    expect(output).toBe("said\n");
  });

  test("ends with the line that was waited for", async () => {
    const { seconds } = await node('console.log("200"); setTimeout(() => 0, 1500)', { until: /200/ });
    expect(seconds).toBeLessThan(1.5);
    await expect(node('console.log("401")', { until: /200/ })).rejects.toThrow(/ended with exit code 0:\n401/);
  });

  test("of a command that fails is an error with what it printed", async () => {
    await expect(node('console.error("broken"); process.exit(3)')).rejects.toThrow(/ended with exit code 3:\nbroken/);
  });

  test("is ended at its limit", async () => {
    await expect(node("setTimeout(() => 0, 60_000)", { limit: 0.5 })).rejects.toThrow(LimitReached);
  });
});

describe("a comparison", () => {
  const bench = (rounds: number) => new Bench({ rounds, folder: "", signal, tell: () => undefined });
  const taking = (seconds: number) => () => Promise.resolve({ seconds, mebibytes: 10.06, output: "" });

  test("measures in turn, after a warm-up", async () => {
    const order: string[] = [];
    const contestant = (id: string) => ({
      id,
      run: () => {
        order.push(id);
        return taking(order.length)();
      },
    });
    const compared = bench(2);
    await compared.compare([contestant("a"), contestant("b")], { warmUp: true });
    expect(order).toEqual(["a", "b", "a", "b", "a", "b"]);
    expect(compared.measured).toEqual([
      { id: "a", seconds: [3, 5], mebibytes: [10.1, 10.1] },
      { id: "b", seconds: [4, 6], mebibytes: [10.1, 10.1] },
    ]);
  });

  test("measures what takes long less often", async () => {
    const compared = bench(3);
    await compared.compare([
      { id: "short", run: taking(1) },
      { id: "long", run: taking(16) },
    ]);
    expect(compared.measured.map(({ id, seconds }) => [id, seconds.length])).toEqual([
      ["short", 3],
      ["long", 2],
    ]);
  });

  test("says where a limit ended it, and does not try again", async () => {
    let tries = 0;
    const run = () => {
      tries += 1;
      return Promise.reject(new LimitReached("terraform plan", 180));
    };
    const compared = bench(3);
    await compared.compare([{ id: "endless", run }]);
    expect(compared.measured).toEqual([{ id: "endless", seconds: [], mebibytes: [], cutAfter: 180 }]);
    expect(tries).toBe(1);
  });

  test("does not hide a failure", async () => {
    await expect(bench(1).compare([{ id: "a", run: () => Promise.reject(new Error("broken")) }])).rejects.toThrow("broken");
  });
});
