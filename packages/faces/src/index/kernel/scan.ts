// AssemblyScript. Two sieves over whole numbers, each proved to let every row within the bound through, then the
// exact distance in double precision. The proof, with the names used here, is in docs/decisions/0010.
import {
  EMBEDDINGS, HALF_SQUARES, HEADS, HEAD_ERROR, HITS, MAX_HITS, MAX_NORM, NEXT, PROBE, PROBE_HEAD, PROBE_TAIL,
  TAILS, TAIL_ERROR, TAIL_NORMS, blockOf,
} from './layout'

// @ts-ignore: decorator
@inline
function product(at: usize, offset: usize, q: v128): v128 {
  return i32x4.dot_i16x8_s(v128.load_ext<i8>(at + offset), q)
}

/** The four lanes' sums of four vectors. */
// @ts-ignore: decorator
@inline
function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = i32x4.add(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7))
  const cd = i32x4.add(v128.shuffle<i32>(c, d, 0, 4, 1, 5), v128.shuffle<i32>(c, d, 2, 6, 3, 7))
  return i32x4.add(v128.shuffle<i32>(ab, cd, 0, 1, 4, 5), v128.shuffle<i32>(ab, cd, 2, 3, 6, 7))
}

function tailProduct(at: usize): v128 {
  let sum = product(at, 0, v128.load(PROBE_TAIL, 0))
  sum = i32x4.add(sum, product(at, 8, v128.load(PROBE_TAIL, 16)))
  sum = i32x4.add(sum, product(at, 16, v128.load(PROBE_TAIL, 32)))
  sum = i32x4.add(sum, product(at, 24, v128.load(PROBE_TAIL, 48)))
  sum = i32x4.add(sum, product(at, 32, v128.load(PROBE_TAIL, 64)))
  sum = i32x4.add(sum, product(at, 40, v128.load(PROBE_TAIL, 80)))
  sum = i32x4.add(sum, product(at, 48, v128.load(PROBE_TAIL, 96)))
  return i32x4.add(sum, product(at, 56, v128.load(PROBE_TAIL, 112)))
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

/**
 * Lists the rows from `first` (a multiple of 4) to before `end` that lie within the bound and returns their number;
 * NEXT says where to go on, which is before `end` when the list was full.
 */
export function scan(
  first: u32, end: u32, half: f64, headNorm: f64, tailNorm: f64, headLoss: f64, tailLoss: f64, rounding: f64,
  headStep: f64, tailStep: f64, squaredBound: f64,
): u32 {
  const q0 = v128.load(PROBE_HEAD, 0), q1 = v128.load(PROBE_HEAD, 16)
  const q2 = v128.load(PROBE_HEAD, 32), q3 = v128.load(PROBE_HEAD, 48)
  const q4 = v128.load(PROBE_HEAD, 64), q5 = v128.load(PROBE_HEAD, 80)
  const q6 = v128.load(PROBE_HEAD, 96), q7 = v128.load(PROBE_HEAD, 112)
  const headSteps = f32x4.splat(<f32>headStep)
  const tailSteps = f32x4.splat(<f32>tailStep)
  const tailNorms = f32x4.splat(<f32>tailNorm)
  let found: u32 = 0
  let row = first

  while (row < end) {
    const block = blockOf(row)
    const norm = 1.03 * load<f64>(block + MAX_NORM)
    const headError = load<f64>(block + HEAD_ERROR)
    const tailError = load<f64>(block + TAIL_ERROR)
    const common = headNorm * headError + headLoss * (norm + headError) + rounding * norm - half
    const largest = (headNorm + headLoss) * (norm + headError) + tailNorm * norm + abs(common)
    const slack1 = f32x4.splat(<f32>(common + largest * 9.5367431640625e-7))
    const whole = common + tailNorm * tailError + tailLoss * (norm + tailError)
    const largest2 = largest + (tailNorm + tailLoss) * (norm + tailError) + abs(whole)
    const slack2 = f32x4.splat(<f32>(whole + largest2 * 9.5367431640625e-7))
    const stop = min<u32>(end, (row | 255) + 1)

    for (; row < stop; row += 4) {
      const i: usize = row & 255
      let at = block + HEADS + (i << 6)
      let a = product(at, 0, q0), b = product(at, 64, q0), c = product(at, 128, q0), d = product(at, 192, q0)
      a = i32x4.add(a, product(at, 8, q1))
      b = i32x4.add(b, product(at, 72, q1))
      c = i32x4.add(c, product(at, 136, q1))
      d = i32x4.add(d, product(at, 200, q1))
      a = i32x4.add(a, product(at, 16, q2))
      b = i32x4.add(b, product(at, 80, q2))
      c = i32x4.add(c, product(at, 144, q2))
      d = i32x4.add(d, product(at, 208, q2))
      a = i32x4.add(a, product(at, 24, q3))
      b = i32x4.add(b, product(at, 88, q3))
      c = i32x4.add(c, product(at, 152, q3))
      d = i32x4.add(d, product(at, 216, q3))
      a = i32x4.add(a, product(at, 32, q4))
      b = i32x4.add(b, product(at, 96, q4))
      c = i32x4.add(c, product(at, 160, q4))
      d = i32x4.add(d, product(at, 224, q4))
      a = i32x4.add(a, product(at, 40, q5))
      b = i32x4.add(b, product(at, 104, q5))
      c = i32x4.add(c, product(at, 168, q5))
      d = i32x4.add(d, product(at, 232, q5))
      a = i32x4.add(a, product(at, 48, q6))
      b = i32x4.add(b, product(at, 112, q6))
      c = i32x4.add(c, product(at, 176, q6))
      d = i32x4.add(d, product(at, 240, q6))
      a = i32x4.add(a, product(at, 56, q7))
      b = i32x4.add(b, product(at, 120, q7))
      c = i32x4.add(c, product(at, 184, q7))
      d = i32x4.add(d, product(at, 248, q7))
      const heads = f32x4.mul(f32x4.convert_i32x4_s(sums(a, b, c, d)), headSteps)
      const tails = f32x4.mul(v128.load(block + TAIL_NORMS + (i << 2)), tailNorms)
      const halfSquares = v128.load(block + HALF_SQUARES + (i << 2))
      if (!v128.any_true(f32x4.ge(f32x4.add(f32x4.add(heads, tails), slack1), halfSquares))) continue

      at = block + TAILS + (i << 6)
      const products = sums(tailProduct(at), tailProduct(at + 64), tailProduct(at + 128), tailProduct(at + 192))
      const both = f32x4.add(heads, f32x4.mul(f32x4.convert_i32x4_s(products), tailSteps))
      let kept = i32x4.bitmask(f32x4.ge(f32x4.add(both, slack2), halfSquares))
      if (kept == 0) continue
      if (found + 4 > MAX_HITS) {
        store<u32>(NEXT, row)
        return found
      }
      for (; kept != 0; kept &= kept - 1) {
        const which: u32 = ctz(kept)
        const squared = squaredDistance(block + EMBEDDINGS + ((i + which) << 9))
        if (squared > squaredBound) continue
        const hit = HITS + <usize>(found << 4)
        store<u32>(hit, row + which)
        store<f64>(hit, squared, 8)
        found++
      }
    }
  }
  store<u32>(NEXT, row)
  return found
}
