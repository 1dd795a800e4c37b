/** Rows found with their distances, in the order of the scan. */
export interface RowHits {
  rows: number[]
  distances: number[]
}

const DIGIT = 11
const BUCKETS = 1 << DIGIT

/**
 * The places of the hits by distance, ties decided by `tie`. A radix sort on 32 bits of the distance, then a comparison
 * sort inside each run of equal bits: a large event finds thousands, and sorting them by comparison alone would take as
 * long as finding them.
 *
 * @param tie compares two places of equal distance
 */
export function orderHits(distances: readonly number[], tie: (a: number, b: number) => number): Uint32Array {
  const keys = keysOf(distances)
  let order = new Uint32Array(keys.length)
  for (let place = 0; place < order.length; place += 1) order[place] = place
  let spare = new Uint32Array(order.length)
  for (let shift = 0; shift < 32; shift += DIGIT) {
    sortByDigit(keys, order, spare, shift)
    ;[order, spare] = [spare, order]
  }
  const exact = (a: number, b: number) => distances[a]! - distances[b]! || tie(a, b)
  for (let start = 0, end = 1; start < order.length; start = end, end += 1) {
    while (end < order.length && keys[order[end]!] === keys[order[start]!]) end += 1
    if (end - start > 1) order.subarray(start, end).sort(exact)
  }
  return order
}

/** Whole numbers of 32 bits in the order of the distances; close ones may share one. */
function keysOf(distances: readonly number[]): Uint32Array {
  let largest = Number.MIN_VALUE
  for (const distance of distances) if (distance > largest) largest = distance
  const scale = 0xffff_ffff / largest
  const keys = new Uint32Array(distances.length)
  for (let place = 0; place < keys.length; place += 1) keys[place] = Math.min(distances[place]! * scale, 0xffff_ffff)
  return keys
}

/** One stable pass by the digit of `DIGIT` bits at `shift`. */
function sortByDigit(keys: Uint32Array, from: Uint32Array, to: Uint32Array, shift: number): void {
  const starts = new Uint32Array(BUCKETS + 1)
  for (let place = 0; place < keys.length; place += 1) starts[((keys[place]! >>> shift) & (BUCKETS - 1)) + 1]! += 1
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) starts[bucket + 1]! += starts[bucket]!
  for (let at = 0; at < from.length; at += 1) {
    const place = from[at]!
    const bucket = (keys[place]! >>> shift) & (BUCKETS - 1)
    to[starts[bucket]!] = place
    starts[bucket]! += 1
  }
}
