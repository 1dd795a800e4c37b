export interface Row {
  /** Index of the first photo in the row. */
  start: number
  /** Index after the last. */
  end: number
  /** px */
  height: number
}

/** A last row at least this full is stretched to the edge, else left ragged. */
const FULL_ENOUGH = 0.6
/** No row is considered beyond these multiples of the wanted height. */
const LOWEST = 0.5
const HIGHEST = 1.9

/**
 * Divides photos into rows of equal height that fill the width without cropping: the division whose heights stray
 * least from the wanted one (least squares over all breaks, so that no single row pays for the others).
 *
 * @param aspects width / height of each photo
 * @param width of the grid, px
 * @param target wanted row height, px
 * @param gap between photos, px
 */
export function justifiedRows(aspects: readonly number[], width: number, target: number, gap: number): Row[] {
  const count = aspects.length
  if (count === 0 || width <= 0) return []
  const cost = new Float64Array(count + 1).fill(Infinity)
  const before = new Int32Array(count + 1)
  const heights = new Float64Array(count + 1)
  cost[0] = 0

  for (let end = 1; end <= count; end += 1) {
    let sum = 0
    for (let start = end - 1; start >= 0; start -= 1) {
      sum += aspects[start] ?? 1
      const fit = (width - gap * (end - start - 1)) / sum
      const alone = start === end - 1
      if (fit < target * LOWEST && !alone) break
      const ragged = end === count && target * sum < width * FULL_ENOUGH
      const height = ragged ? target : fit
      if (height > target * HIGHEST && !alone) continue
      // A ragged end is the worse the emptier: a photo alone under full rows looks left over.
      const strayed = ragged ? 1 - (target * sum) / width : height / target - 1
      const total = (cost[start] ?? Infinity) + strayed * strayed
      if (total < (cost[end] ?? Infinity)) {
        cost[end] = total
        before[end] = start
        heights[end] = height
      }
    }
  }

  const rows: Row[] = []
  for (let end = count; end > 0; end = before[end] ?? 0)
    rows.push({ start: before[end] ?? 0, end, height: heights[end] ?? target })
  return rows.reverse()
}
