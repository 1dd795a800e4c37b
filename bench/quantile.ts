/** The value below which the share `q` (0..1) of an ascending list lies; undefined for an empty list. */
export const quantile = (sorted: readonly number[], q: number): number | undefined =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]
