import { SIZES } from "../routes";
import { barChart, lineChart, type Series } from "./chart";
import type { Figures } from "./figures";
import { DEPLOY_STEPS, DEPLOY_WAYS, PLAN_PEERS, type Peers, SYNTH_APPS, SYNTH_PEERS } from "./peers";

/** The plots' files, relative to the project's root. */
export const PLOTS = {
  app: "docs/images/benchmark-app.svg",
  synth: "docs/images/benchmark-synth.svg",
  plan: "docs/images/benchmark-plan.svg",
  deploy: "docs/images/benchmark-deploy.svg",
} as const;

export function plots(figures: Figures): Record<string, string> {
  const axes = { x: "routes", y: "seconds" };
  const bars = Object.entries(SYNTH_APPS).map(([id, name], index) => ({
    name,
    value: figures.seconds(`synth/${id}`),
    colour: index === 1 ? 0 : 1,
  }));
  const deploys = Object.entries(DEPLOY_STEPS).flatMap(([step, what]) =>
    Object.entries(DEPLOY_WAYS).map(([way, name], colour) => ({
      name: `${what}, ${name}`,
      value: figures.seconds(`deploy/${step}/${way}`),
      colour,
    })),
  );
  return {
    [PLOTS.app]: barChart("Synth of the app, in seconds", "s", bars),
    [PLOTS.synth]: lineChart("Synth by the number of routes", axes, bySize(figures, "synth", SYNTH_PEERS)),
    [PLOTS.plan]: lineChart("terraform plan by the number of routes", axes, bySize(figures, "plan", PLAN_PEERS)),
    [PLOTS.deploy]: barChart("Plan and deploy to the emulator, in seconds", "s", deploys),
  };
}

function bySize(figures: Figures, what: "synth" | "plan", peers: Peers): Series[] {
  return Object.entries(peers).map(([peer, name]) => ({
    name,
    points: SIZES.map((size) => {
      const id = `routes/${what}/${peer}/${size}`;
      const { cutAfter } = figures.of(id);
      return cutAfter === undefined ? { x: size, y: figures.seconds(id) } : { x: size, y: cutAfter, atLeast: true };
    }),
  }));
}
