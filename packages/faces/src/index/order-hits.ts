import { createHitRoom, emptyHits } from './row-hits.ts'
import type { RowHits } from './row-hits.ts'

const DIGIT = 11
const BUCKETS = 1 << DIGIT
const MASK = BUCKETS - 1
/** Runs up to this length are sorted by insertion; longer runs of equal keys by the engine. */
const FEW = 32

const between = createHitRoom()
const lowStarts = new Uint32Array(BUCKETS + 1)
const highStarts = new Uint32Array(BUCKETS + 1)

/**
 * A copy of the hits by distance, ties decided by `tie`. A radix sort on 22 bits of the distance, then a comparison sort
 * inside each run of equal bits: a large event finds thousands, and sorting them by comparison alone would take as long
 * as finding them.
 *
 * @param tie compares two rows of equal distance
 */
export function orderHits(hits: RowHits, tie: (a: number, b: number) => number): RowHits {
  const count = hits.rows.length
  if (count <= FEW) return orderFew(hits, tie)
  const ordered = emptyHits(count)
  let largest = Number.MIN_VALUE
  for (let n = 0; n < count; n += 1) if (hits.distances[n]! > largest) largest = hits.distances[n]!
  /** Whole numbers of 22 bits in the order of the distances; close ones may share one. */
  const scale = (2 ** (2 * DIGIT) - 1) / largest

  countDigits(hits.distances, scale)
  const halfway = between.reserve(count)
  scatter(hits, halfway, { count, scale, shift: 0, starts: lowStarts })
  scatter(halfway, ordered, { count, scale, shift: DIGIT, starts: highStarts })
  between.wipe(count)
  settleRuns(ordered, scale, tie)
  return ordered
}

function orderFew({ rows, distances }: RowHits, tie: (a: number, b: number) => number): RowHits {
  const ordered = { rows: rows.slice(), distances: distances.slice() }
  sortShortRun(ordered, 0, rows.length, tie)
  return ordered
}

/** Where the bucket of each digit begins. */
function countDigits(distances: Float64Array, scale: number): void {
  lowStarts.fill(0)
  highStarts.fill(0)
  for (let n = 0; n < distances.length; n += 1) {
    const key = (distances[n]! * scale) | 0
    lowStarts[(key & MASK) + 1]! += 1
    highStarts[(key >>> DIGIT) + 1]! += 1
  }
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    lowStarts[bucket + 1]! += lowStarts[bucket]!
    highStarts[bucket + 1]! += highStarts[bucket]!
  }
}

interface Pass {
  count: number
  scale: number
  shift: number
  starts: Uint32Array
}

/** One stable pass by the digit at `shift`. */
function scatter(from: RowHits, to: RowHits, { count, scale, shift, starts }: Pass): void {
  const { rows, distances } = from
  const { rows: toRows, distances: toDistances } = to
  for (let n = 0; n < count; n += 1) {
    const distance = distances[n]!
    const bucket = (((distance * scale) | 0) >>> shift) & MASK
    const place = starts[bucket]!
    starts[bucket] = place + 1
    toRows[place] = rows[n]!
    toDistances[place] = distance
  }
}

function settleRuns(hits: RowHits, scale: number, tie: (a: number, b: number) => number): void {
  const { distances } = hits
  let start = 0
  let key = 0
  for (let end = 0; end <= distances.length; end += 1) {
    const next = end < distances.length ? (distances[end]! * scale) | 0 : -1
    if (next === key) continue
    if (end - start > FEW) sortLongRun(hits, start, end, tie)
    else if (end - start > 1) sortShortRun(hits, start, end, tie)
    start = end
    key = next
  }
}

function sortShortRun({ rows, distances }: RowHits, start: number, end: number, tie: (a: number, b: number) => number) {
  for (let n = start + 1; n < end; n += 1) {
    const row = rows[n]!
    const distance = distances[n]!
    let place = n
    for (; place > start && (distances[place - 1]! - distance || tie(rows[place - 1]!, row)) > 0; place -= 1) {
      rows[place] = rows[place - 1]!
      distances[place] = distances[place - 1]!
    }
    rows[place] = row
    distances[place] = distance
  }
}

function sortLongRun({ rows, distances }: RowHits, start: number, end: number, tie: (a: number, b: number) => number) {
  const run = Array.from(rows.subarray(start, end), (row, n) => ({ row, distance: distances[start + n]! }))
  run.sort((a, b) => a.distance - b.distance || tie(a.row, b.row))
  rows.set(
    run.map(({ row }) => row),
    start,
  )
  distances.set(
    run.map(({ distance }) => distance),
    start,
  )
}
