/** Where a price or a quota comes from. Nobody here asks AWS: the figures are copies, each with its page and the day on which it was read. */

/**
 * - `documented`: AWS says so, on the page itself or in a dated quotation of it.
 * - `reported`: somebody who read AWS's price list or ran it says so; AWS's own page could not be read.
 */
export type Evidence = "documented" | "reported";

export interface Figure {
  /** What it is, as AWS calls it. */
  readonly name: string;
  readonly unit: string;
  /** The Region for which it is true. */
  readonly region: string;
  /** The day on which it was read. */
  readonly read: string;
  readonly evidence: Evidence;
  /** The page on which AWS says it, or should. */
  readonly source: string;
}

/** Of the prices. Quotas are the same in most Regions; those of the API's throttling are lower in some newer ones. */
export const REGION = "us-east-1";

/** When all of them were read. A figure that is read again later gets a date of its own. */
export const READ = "2026-11-25";

/** An average month, as AWS's own calculator counts it: 730 hours. */
export const SECONDS_A_MONTH = 730 * 3_600;
export const DAYS_A_MONTH = 730 / 24;

/** AWS's GB, in which it bills traffic, logs and memory. */
export const BYTES_A_GB = 2 ** 30;
