import { deploy } from "./deploy";
import type { Group } from "./group";
import { review } from "./review";
import { routes } from "./routes";
import { start } from "./start";
import { synth } from "./synth";
import { test } from "./test";

/** Every group, in the order in which they run: what is likeliest to fail comes early. */
export const GROUPS: readonly Group[] = [synth, test, review, routes, deploy, start];
