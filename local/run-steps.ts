// listr2 (MIT): a spinner and durations on a terminal, plain lines on a pipe.
import { Listr, PRESET_TIMER } from "listr2";
import type { Step } from "./local-system";

/** Runs steps one after the other and shows each with its duration. */
export async function runSteps(steps: readonly Step[]): Promise<void> {
  const timer = { ...PRESET_TIMER, condition: true };
  await new Listr(
    steps.map((step) => ({
      title: step.title,
      task: (_: unknown, task: { output: string }) =>
        step.run((line) => {
          task.output = line;
        }),
      rendererOptions: { persistentOutput: true, outputBar: step.keepLines ? Number.POSITIVE_INFINITY : 1 },
    })),
    {
      registerSignalListeners: false, // start.ts takes everything down first
      rendererOptions: { timer, collapseErrors: false, showErrorMessage: false },
      fallbackRendererOptions: { timer },
    },
  ).run();
}
