/** What the project wants to be, and whether it is. */
import { decimals, type Figures, table } from "./figures";

interface Aim {
  readonly what: string;
  readonly aim: string;
  readonly measured: string;
  /** Undefined where the system does not tell what is asked. */
  readonly met: boolean | undefined;
}

/** Two plans of the same resources differ by this much from one run to the next. */
const SAME = 1.05;
const MOST_ROUTES = 1_000;

/** Milliseconds that a route more costs, between one route and the most. */
export function millisecondsPerRoute(figures: Figures, peer: string): number {
  const [one, most] = [1, MOST_ROUTES].map((size) => figures.seconds(`routes/synth/${peer}/${size}`));
  return (((most ?? NaN) - (one ?? NaN)) * 1_000) / (MOST_ROUTES - 1);
}

export function aimsTable(figures: Figures): string {
  return table(
    ["what", "aim", "measured", "met"],
    aims(figures).map(({ what, aim, measured, met }) => [what, aim, measured, met === undefined ? "–" : met ? "yes" : "**no**"]),
  );
}

function aims(figures: Figures): Aim[] {
  const seconds = (id: string) => figures.seconds(id);
  const faster = seconds("synth/cdktf-template") / seconds("synth/this-project");
  const bare = seconds("synth/this-project") / seconds("synth/bare-node");
  const perRoute = millisecondsPerRoute(figures, "this-project");
  const plan = seconds(`routes/plan/this-project/${MOST_ROUTES}`) / seconds(`routes/plan/plain-hcl/${MOST_ROUTES}`);
  const atMost = (what: string, value: number, most: number, unit: string): Aim => ({
    what,
    aim: `at most ${most} ${unit}`,
    measured: Number.isNaN(value) ? "–" : `${decimals(value)} ${unit}`,
    met: Number.isNaN(value) ? undefined : value <= most,
  });
  return [
    {
      what: "synth of the app, beside the cdktf template's app command",
      aim: "at least 10 times as fast",
      measured: `${decimals(faster)} times as fast`,
      met: faster >= 10,
    },
    atMost("synth of the app, beside bare node", bare, 5, "× its time"),
    atMost("memory of synth", figures.mebibytes("synth/this-project"), 90, "MiB"),
    atMost("synth, for each route more", perRoute, 2.5, "ms"),
    {
      what: "plan of 1,000 routes, beside plain HCL",
      aim: `no slower (at most × ${SAME}, which runs of the same plan differ by)`,
      measured: `× ${decimals(plan)}`,
      met: plan <= SAME,
    },
    atMost("`npm start` to the first 200", seconds("start/after-install"), 30, "s"),
    atMost("fresh clone to the first 200, with the install", seconds("start/fresh-clone"), 180, "s"),
    atMost("review of a plan that creates 1,000 routes", seconds("review/1000-routes"), 2, "s"),
    atMost("memory of that review", figures.mebibytes("review/1000-routes"), 300, "MiB"),
  ];
}
