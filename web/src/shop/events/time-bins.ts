/** Photos between one moment and the next bin's. */
export interface TimeBin {
  /** ms since 1970 */
  from: number
  to: number
  count: number
}

const QUARTER = 15 * 60_000

/**
 * The bars of the time ribbon: quarters of an hour without holes, widened in whole steps when the event is so long
 * that they would not fit.
 *
 * @param timeline photos per quarter of an hour, as the event has them; empty quarters may be missing
 * @param most bars that fit
 */
export function timeBins(timeline: readonly { at: string; count: number }[], most: number): TimeBin[] {
  const quarters = timeline.filter(({ count }) => count > 0).map(({ at, count }) => ({ at: Date.parse(at), count }))
  if (quarters.length === 0) return []
  const start = Math.min(...quarters.map(quarter => quarter.at))
  const end = Math.max(...quarters.map(quarter => quarter.at)) + QUARTER
  const step = QUARTER * Math.ceil((end - start) / QUARTER / most)

  const bins = Array.from({ length: Math.ceil((end - start) / step) }, (_, at) => ({
    from: start + at * step,
    to: start + (at + 1) * step,
    count: 0,
  }))
  for (const quarter of quarters) bins[Math.floor((quarter.at - start) / step)]!.count += quarter.count
  return bins
}
