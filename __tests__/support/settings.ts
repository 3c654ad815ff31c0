import type { EnvironmentSettings } from "../../config/environment";

/** The least that an environment must say. */
export const SETTINGS: EnvironmentSettings = { account: "111111111111", region: "eu-central-1" };
