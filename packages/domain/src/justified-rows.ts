export interface Row {
  /** Index of the first photo in the row. */
  start: number
  /** Index after the last. */
  end: number
  /** px */
  height: number
  /** It fills the width. Only the last row may not. */
  full: boolean
}

export interface GridRows {
  rows: Row[]
  /** Between photos and between rows, px. */
  gap: number
}

/** A last row that is at least this full is stretched to the edge; otherwise it stays short. */
const FULL_ENOUGH = 0.6
/** No row is considered beyond these multiples of the wanted height. */
const LOWEST = 0.5
const HIGHEST = 1.9

/**
 * Rows that end within the first `photos` depend only on the first `seen`. A page that begins with `seen` photos
 * keeps those rows when the others follow.
 */
const SETTLED = { seen: 30, photos: 20 }

/**
 * Width of the grid of a phone of 360 px. Every phone divides photos as that one does, so a server that knows no width knows
 * the rows.
 */
export const PHONE_GRID = 328

interface Measures {
  /** Wanted row height, px. */
  target: number
  /** px */
  gap: number
  /** Width of the grid for which the other two are chosen, px. */
  width: number
}

/** Row height and gap by the width of the grid (design: 112/190/236, results larger). */
function measuresOf(width: number, large: boolean): Measures {
  if (width < 600) return { target: large ? 190 : 112, gap: 4, width: large ? width : PHONE_GRID }
  if (width < 940) return { target: large ? 240 : 190, gap: 6, width }
  return { target: large ? 290 : 236, gap: 8, width }
}

/** Width over height as grids use it, the same wherever it is worked out. */
export const aspectOf = ({ width, height }: { width: number; height: number }): number =>
  Math.round((width / height) * 1000) / 1000

/**
 * The rows of a grid of photos.
 *
 * @param aspects `aspectOf` each photo
 * @param width of the grid, px
 * @param large rows of search results
 */
export function gridRows(aspects: readonly number[], width: number, large = false): GridRows {
  const measures = measuresOf(width, large)
  const { gap, target } = measures
  const scale = width / measures.width
  const heightOf = ({ start, end, full }: Row): number => {
    const sum = aspects.slice(start, end).reduce((total, aspect) => total + aspect, 0)
    return full ? (width - gap * (end - start - 1)) / sum : target * scale
  }
  const rows = width > 0 ? settledRows(aspects, measures) : []
  return { gap, rows: rows.map(row => ({ ...row, height: heightOf(row) })) }
}

function settledRows(aspects: readonly number[], { width, target, gap }: Measures): Row[] {
  const head = justifiedRows(aspects.slice(0, SETTLED.seen), width, target, gap)
  if (aspects.length <= SETTLED.seen) return head
  const settled = head.filter(({ end }) => end <= SETTLED.photos)
  const from = settled.at(-1)?.end ?? 0
  const rest = justifiedRows(aspects.slice(from), width, target, gap)
  return [...settled, ...rest.map(row => ({ ...row, start: row.start + from, end: row.end + from }))]
}

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
  let lastIsFull = true

  for (let end = 1; end <= count; end += 1) {
    let sum = 0
    for (let start = end - 1; start >= 0; start -= 1) {
      sum += aspects[start]!
      const fit = (width - gap * (end - start - 1)) / sum
      const alone = start === end - 1
      if (fit < target * LOWEST && !alone) break
      const ragged = end === count && target * sum < width * FULL_ENOUGH
      const height = ragged ? target : fit
      if (height > target * HIGHEST && !alone) continue
      // A short last row counts as worse the emptier it is: one photo alone under full rows looks left over.
      const strayed = ragged ? 1 - (target * sum) / width : height / target - 1
      const total = cost[start]! + strayed * strayed
      if (total < cost[end]!) {
        cost[end] = total
        before[end] = start
        heights[end] = height
        if (end === count) lastIsFull = !ragged
      }
    }
  }

  const rows: Row[] = []
  for (let end = count; end > 0; end = before[end]!) {
    const full = end < count || lastIsFull
    rows.push({ start: before[end]!, end, height: heights[end]!, full })
  }
  return rows.reverse()
}
