/** Counted again after as many uses as a fiftieth of what there was. */
const SHARE = 50
/** Keys that are kept; with one more all are counted again. */
const MOST_KEYS = 1_000

/**
 * Counts that may be some per cent too low, of what grows with each use. Counting costs as much as there is: as it is done
 * so much more rarely, a use costs the same however much there is.
 */
export function roughCounts(): (key: string, count: () => Promise<number>) => Promise<number> {
  const kept = new Map<string, { counted: number; uses: number }>()
  return async (key, count) => {
    const known = kept.get(key)
    if (known && known.uses < known.counted / SHARE) {
      known.uses += 1
      return known.counted
    }
    const counted = await count()
    if (kept.size >= MOST_KEYS) kept.clear()
    kept.set(key, { counted, uses: 1 })
    return counted
  }
}
