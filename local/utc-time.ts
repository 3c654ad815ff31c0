/** A moment as people read it, e.g. `2026-11-24 22:10:03 UTC`. */
export function utcTime(moment: Date): string {
  return `${moment.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
