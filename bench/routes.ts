/** The routes that the benchmark adds to the tutorial's API. It imports nothing: every peer loads it. */

const METHODS = ["GET", "POST", "PUT", "DELETE"] as const;

export interface BenchRoute {
  readonly method: (typeof METHODS)[number];
  readonly path: string;
}

/** How many routes are added. */
export const SIZES = [1, 10, 100, 300, 1_000] as const;

/** The scope that each requires. A scope of a resource server would be one that no environment grants, which the review refuses. */
export const SCOPE = "email";

/** Routes as an API of that size has them: four methods a path, ten paths below each parameter. */
export function benchRoutes(count: number): BenchRoute[] {
  return Array.from({ length: count }, (_, index) => {
    const method = METHODS[index % METHODS.length] ?? "GET";
    return { method, path: `/area-${Math.floor(index / 40)}/{id}/part-${Math.floor(index / 4)}` };
  });
}
