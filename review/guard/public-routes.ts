/**
 * The routes that everybody may call, as method and path. The stack says why (`public: "<why>"` of the route); that a route stands here
 * too is the explicit word without which the guard lets none through.
 *
 * @see stacks/secured-api/every-method-is-authorized.ts for the same rule at synth
 */
export const PUBLIC_ROUTES: ReadonlySet<string> = new Set(["GET /signed-in"]);
