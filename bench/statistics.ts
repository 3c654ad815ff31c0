/** The middle of the values, or the mean of the two in the middle; NaN where there are none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

/** The least and the largest of the values: with a handful of runs, all that can be said of how far they scatter. */
export function spread(values: readonly number[]): { readonly least: number; readonly largest: number } {
  return { least: Math.min(...values), largest: Math.max(...values) };
}
