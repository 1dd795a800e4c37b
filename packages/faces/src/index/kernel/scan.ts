// AssemblyScript. Two sieves over whole numbers, each proved to let every row within the bound through, then the
// exact distance in double precision. The proof, with the names used here, is in docs/decisions/0010.
import {
  BEYOND_FIRST, BEYOND_SECOND, BOUNDS, CANDIDATES, FIRST_CODES, FIRST_ERROR, GROUPS, GROUP_BYTES, HALF_SQUARE,
  HIT_DISTANCES, HIT_ROWS, MAX_NORM, PROBE, PROBE_FIRST, PROBE_SECOND, PRODUCTS, SECOND_ERROR, blockOf, embeddingOf,
  groupOf, secondOf,
} from './layout'

/** 16 units of a float's half: twice what eight roundings can do. */
const ROUNDINGS: f64 = 9.5367431640625e-7

/** The probe's share of the sieves, by their places in BOUNDS. */
// @ts-ignore: decorator
@inline
function bound(place: usize): f64 {
  return load<f64>(BOUNDS + (place << 3))
}

/**
 * Lists the rows from `first` (the first of a block) to before `end` that lie within the bound, in their order, with
 * their distances; returns their number. SCAN_ROWS at most at a time.
 */
export function scan(first: u32, end: u32): u32 {
  let candidates: u32 = 0
  for (let row = first; row < end; row += 256) {
    candidates = sieveSecond(row, sieveFirst(row, min<u32>(end - row, 256), candidates), candidates)
  }
  return measure(candidates)
}

/** The four lanes' sums of four vectors. */
// @ts-ignore: decorator
@inline
function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = i32x4.add(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7))
  const cd = i32x4.add(v128.shuffle<i32>(c, d, 0, 4, 1, 5), v128.shuffle<i32>(c, d, 2, 6, 3, 7))
  return i32x4.add(v128.shuffle<i32>(ab, cd, 0, 1, 4, 5), v128.shuffle<i32>(ab, cd, 2, 3, 6, 7))
}

/** Adds to the candidates (there are `listed`) what passes the first sieve; returns where their list ends then. */
function sieveFirst(row: u32, rows: u32, listed: u32): u32 {
  const block = blockOf(row)
  const norm = 1.03 * load<f64>(block + MAX_NORM)
  const error = load<f64>(block + FIRST_ERROR)
  const common = bound(1) * error + bound(3) * (norm + error) + bound(5) * norm - bound(0)
  const largest = (bound(1) + bound(3)) * (norm + error) + bound(6) * norm + abs(common)
  const slack = f32x4.splat(<f32>(common + largest * ROUNDINGS))
  const beyondNorm = f32x4.splat(<f32>bound(6))
  const step = f32x4.splat(<f32>bound(8))
  const q0 = v128.load(PROBE_FIRST, 0), q1 = v128.load(PROBE_FIRST, 16)
  const q2 = v128.load(PROBE_FIRST, 32), q3 = v128.load(PROBE_FIRST, 48)
  let at = block + GROUPS
  let next = CANDIDATES + (<usize>listed << 2)
  for (let i: u32 = 0; i < rows; i += 4, at += GROUP_BYTES) {
    let a = i32x4.dot_i16x8_s(v128.load8x8_s(at, FIRST_CODES), q0)
    let b = i32x4.dot_i16x8_s(v128.load8x8_s(at, FIRST_CODES + 32), q0)
    let c = i32x4.dot_i16x8_s(v128.load8x8_s(at, FIRST_CODES + 64), q0)
    let d = i32x4.dot_i16x8_s(v128.load8x8_s(at, FIRST_CODES + 96), q0)
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load8x8_s(at, FIRST_CODES + 8), q1))
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load8x8_s(at, FIRST_CODES + 40), q1))
    c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load8x8_s(at, FIRST_CODES + 72), q1))
    d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load8x8_s(at, FIRST_CODES + 104), q1))
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load8x8_s(at, FIRST_CODES + 16), q2))
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load8x8_s(at, FIRST_CODES + 48), q2))
    c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load8x8_s(at, FIRST_CODES + 80), q2))
    d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load8x8_s(at, FIRST_CODES + 112), q2))
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load8x8_s(at, FIRST_CODES + 24), q3))
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load8x8_s(at, FIRST_CODES + 56), q3))
    c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load8x8_s(at, FIRST_CODES + 88), q3))
    d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load8x8_s(at, FIRST_CODES + 120), q3))
    const first = f32x4.mul(f32x4.convert_i32x4_s(sums(a, b, c, d)), step)
    const beyond = f32x4.mul(v128.load(at + BEYOND_FIRST), beyondNorm)
    let kept = i32x4.bitmask(f32x4.ge(f32x4.add(f32x4.add(first, beyond), slack), v128.load(at + HALF_SQUARE)))
    if (kept == 0) continue
    v128.store(PRODUCTS + (<usize>i << 2), first)
    for (; kept != 0; kept &= kept - 1) {
      store<u32>(next, row + i + ctz(kept))
      next += 4
    }
  }
  return <u32>((next - CANDIDATES) >>> 2)
}

/** Of the candidates of one block, from `from` to before `to`, keeps those that pass the second sieve. */
function sieveSecond(row: u32, to: u32, from: u32): u32 {
  const block = blockOf(row)
  const norm = 1.03 * load<f64>(block + MAX_NORM)
  const error = load<f64>(block + FIRST_ERROR)
  const error2 = load<f64>(block + SECOND_ERROR)
  const common = bound(1) * error + bound(3) * (norm + error) + bound(2) * error2 + bound(4) * (norm + error2) +
    bound(5) * norm - bound(0)
  const largest = (bound(1) + bound(3)) * (norm + error) + (bound(2) + bound(4)) * (norm + error2) +
    bound(7) * norm + abs(common)
  const slack = <f32>(common + largest * ROUNDINGS)
  const beyondNorm = <f32>bound(7)
  const step = <f32>bound(9)
  const q0 = v128.load(PROBE_SECOND, 0), q1 = v128.load(PROBE_SECOND, 16)
  const q2 = v128.load(PROBE_SECOND, 32), q3 = v128.load(PROBE_SECOND, 48)
  let kept = from
  for (let n = from; n < to; n++) {
    const candidate = load<u32>(CANDIDATES + (<usize>n << 2))
    const i: usize = candidate & 255
    const at = secondOf(candidate)
    let four = i32x4.dot_i16x8_s(v128.load8x8_s(at), q0)
    four = i32x4.add(four, i32x4.dot_i16x8_s(v128.load8x8_s(at, 8), q1))
    four = i32x4.add(four, i32x4.dot_i16x8_s(v128.load8x8_s(at, 16), q2))
    four = i32x4.add(four, i32x4.dot_i16x8_s(v128.load8x8_s(at, 24), q3))
    const two = i32x4.add(four, v128.shuffle<i32>(four, four, 2, 3, 0, 1))
    const second = <f32>(i32x4.extract_lane(two, 0) + i32x4.extract_lane(two, 1)) * step
    const beyond = load<f32>(at, BEYOND_SECOND) * beyondNorm
    const halfSquare = load<f32>(groupOf(candidate) + HALF_SQUARE + ((i & 3) << 2))
    // Listed in any case and counted when it passes: no branch that could be guessed wrong.
    store<u32>(CANDIDATES + (<usize>kept << 2), candidate)
    kept += u32(load<f32>(PRODUCTS + (i << 2)) + second + beyond + slack >= halfSquare)
  }
  return kept
}

/** The distances of the candidates; lists those within the threshold. */
function measure(candidates: u32): u32 {
  const threshold = bound(10)
  let found: usize = 0
  fetch(0, min<u32>(candidates, 8))
  for (let from: u32 = 0; from < candidates; from += 8) {
    const to = min<u32>(candidates, from + 8)
    fetch(to, min<u32>(candidates, to + 8))
    for (let n = from; n < to; n++) {
      const row = load<u32>(CANDIDATES + (<usize>n << 2))
      const distance = Math.sqrt(squaredDistance(embeddingOf(row)))
      store<u32>(HIT_ROWS + (found << 2), row)
      store<f64>(HIT_DISTANCES + (found << 3), distance)
      found += usize(distance <= threshold)
    }
  }
  return <u32>found
}

/** Touches all that the next rows lie in: memory answers for all at once, while the rows before are worked on. */
function fetch(from: u32, to: u32): void {
  let touched: u64 = 0
  for (let n = from; n < to; n++) {
    const at = embeddingOf(load<u32>(CANDIDATES + (<usize>n << 2)))
    touched |= load<u64>(at) | load<u64>(at, 64) | load<u64>(at, 128) | load<u64>(at, 192)
    touched |= load<u64>(at, 256) | load<u64>(at, 320) | load<u64>(at, 384) | load<u64>(at, 448)
  }
  store<u64>(PRODUCTS, touched)
}

function squaredDistance(row: usize): f64 {
  let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0
  let probe = PROBE
  for (const end = row + 512; row < end; row += 32) {
    const d0 = f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(row)), v128.load(probe))
    const d1 = f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(row, 8)), v128.load(probe, 16))
    const d2 = f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(row, 16)), v128.load(probe, 32))
    const d3 = f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(row, 24)), v128.load(probe, 48))
    s0 = f64x2.add(s0, f64x2.mul(d0, d0))
    s1 = f64x2.add(s1, f64x2.mul(d1, d1))
    s2 = f64x2.add(s2, f64x2.mul(d2, d2))
    s3 = f64x2.add(s3, f64x2.mul(d3, d3))
    probe += 64
  }
  const sum = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3))
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)
}
