/**
 * Where the system's parts are reached: on AWS by default, on loopback for the environment that lives on the emulator.
 *
 * The invoke URL is built from the API's id and literals, not from the stage's `invoke_url`: the landing page, which is part of the
 * deployment, holds the app client's id, the client holds the landing page's address, and through the stage that would be a cycle.
 */
import type { Environment } from "../../config/environment";

type Place = Pick<Environment, "region" | "stage" | "emulator" | "customDomains">;

/** The landing page's path in the API. */
export const LANDING_PAGE_PATH = "/signed-in";

/** The API's address without a stage, e.g. `https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com`. */
export function apiOrigin(restApiId: string, { region, emulator }: Place): string {
  return emulator
    ? `http://${restApiId}.execute-api.localhost:${emulator.port}`
    : `https://${restApiId}.execute-api.${region}.amazonaws.com`;
}

/** The address that the tutorial calls the invoke URL: the stage's root, without a slash at its end. */
export function invokeUrl(restApiId: string, place: Place): string {
  if (place.customDomains.api) {
    return `https://${place.customDomains.api.name}`; // mapped to the stage
  }
  return `${apiOrigin(restApiId, place)}/${place.stage}`;
}

/** The login pages' address, without a path. */
export function loginPagesOrigin(domainPrefix: string, { region, emulator, customDomains }: Place): string {
  if (customDomains.loginPages) {
    return `https://${customDomains.loginPages.name}`;
  }
  return emulator ? `http://localhost:${emulator.loginPagesPort}` : `https://${domainPrefix}.auth.${region}.amazoncognito.com`;
}
