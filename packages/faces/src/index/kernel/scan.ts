// AssemblyScript. A sieve over codes of 4 bits, proved to let every row within the bound through, then the exact distance
// in double precision. The proof, with the names used here, is in docs/decisions/0010.
import {
  BOUNDS, CANDIDATES, CODES, ERROR, GROUP_BYTES, HALF_SQUARE, HIT_DISTANCES, HIT_ROWS, PROBE, TOUCHED, WEIGHTS,
  embeddingOf, groupOf,
} from './layout'

/** The probe's share of the sieve, by their places in BOUNDS. */
// @ts-ignore: decorator
@inline
function bound(place: usize): f64 {
  return load<f64>(BOUNDS + (place << 3))
}

/**
 * Lists the rows from `first` (the first of a segment) to before `end` (of the same segment) that lie within the bound, in
 * their order, with their distances; returns their number.
 */
export function scan(first: u32, end: u32): u32 {
  return measure(sieve(first, end))
}

/** The four lanes' sums of four vectors. */
// @ts-ignore: decorator
@inline
function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = i32x4.add(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7))
  const cd = i32x4.add(v128.shuffle<i32>(c, d, 0, 4, 1, 5), v128.shuffle<i32>(c, d, 2, 6, 3, 7))
  return i32x4.add(v128.shuffle<i32>(ab, cd, 0, 1, 4, 5), v128.shuffle<i32>(ab, cd, 2, 3, 6, 7))
}

/**
 * The share of 32 codes in 16 p·n, in four lanes. A word of 16 bits holds four codes; as a number, each of its bytes is
 * the lower code and 16 times the upper one, which saves taking them all apart: probe-bounds.ts makes the weights so.
 */
// @ts-ignore: decorator
@inline
function products(words: v128, w0: v128, w1: v128, w2: v128, w3: v128): v128 {
  const upper = i16x8.shr_u(words, 8)
  const first = i32x4.add(
    i32x4.dot_i16x8_s(v128.and(words, i16x8.splat(255)), w0), i32x4.dot_i16x8_s(v128.and(words, i16x8.splat(15)), w1))
  const second = i32x4.add(i32x4.dot_i16x8_s(upper, w2), i32x4.dot_i16x8_s(v128.and(upper, i16x8.splat(15)), w3))
  return i32x4.add(first, second)
}

/** Lists the rows that pass; returns their number. The inner loop stays one: as straight code it runs out of registers. */
function sieve(first: u32, end: u32): u32 {
  const unit = f32x4.splat(<f32>bound(0))
  const norm = f32x4.splat(<f32>bound(1))
  const slack = f32x4.splat(<f32>bound(2))
  let next = CANDIDATES
  let at = groupOf(first)
  for (let row = first; row < end; row += 4, at += GROUP_BYTES) {
    let a = i32x4.splat(0), b = a, c = a, d = a
    let codes = at + CODES
    for (let weights = WEIGHTS; weights < WEIGHTS + 256; weights += 64, codes += 16) {
      const w0 = v128.load(weights), w1 = v128.load(weights, 16)
      const w2 = v128.load(weights, 32), w3 = v128.load(weights, 48)
      a = i32x4.add(a, products(v128.load(codes), w0, w1, w2, w3))
      b = i32x4.add(b, products(v128.load(codes, 64), w0, w1, w2, w3))
      c = i32x4.add(c, products(v128.load(codes, 128), w0, w1, w2, w3))
      d = i32x4.add(d, products(v128.load(codes, 192), w0, w1, w2, w3))
    }
    const product = f32x4.mul(f32x4.convert_i32x4_s(sums(a, b, c, d)), unit)
    const error = f32x4.mul(v128.load(at, ERROR), norm)
    let kept = i32x4.bitmask(f32x4.ge(f32x4.add(f32x4.add(product, error), slack), v128.load(at, HALF_SQUARE)))
    for (; kept != 0; kept &= kept - 1) {
      store<u32>(next, row + ctz(kept))
      next += 4
    }
  }
  return <u32>((next - CANDIDATES) >>> 2)
}

/** The distances of the candidates; lists those within the threshold. */
function measure(candidates: u32): u32 {
  const threshold = bound(3)
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
  store<u64>(TOUCHED, touched)
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
