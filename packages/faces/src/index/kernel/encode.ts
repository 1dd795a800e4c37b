// AssemblyScript. Writes what the scan reads about a row; the error terms are proved in docs/decisions/0010.
import { CODED, CODES, ERROR, HALF_SQUARE, MEAN, STEPS, embeddingOf, groupOf } from './layout'

/** Fresh rows from `first` to before `end`: none can be a hit. */
export function openRows(first: u32, end: u32): void {
  for (let row = first; row < end; row++) store<f32>(halfSquareOf(row), Infinity)
}

/** Encodes the embeddings that already lie at the rows from `first` to before `end`. */
export function encode(first: u32, end: u32): void {
  for (let row = first; row < end; row++) encodeRow(row)
}

/**
 * Codes of 4 bits: code n stands for n - 7.5 of its dimension's steps from the mean. What they miss is measured in double
 * precision, from the numbers as stored: any codes would do.
 */
function encodeRow(row: u32): void {
  const embedding = embeddingOf(row)
  const codes = codesOf(row)
  let squares = f64x2.splat(0)
  let losses = squares, sizes = squares
  for (let j: usize = 0; j < 512; j += 64) {
    const c0 = code(embedding, j), c1 = code(embedding, j + 16), c2 = code(embedding, j + 32), c3 = code(embedding, j + 48)
    v128.store64_lane(codes + (j >>> 3), nibbles(c0, c1, c2, c3), 0)
    v128.store(CODED, f32x4.sub(c0, f32x4.splat(7.5)))
    v128.store(CODED, f32x4.sub(c1, f32x4.splat(7.5)), 16)
    v128.store(CODED, f32x4.sub(c2, f32x4.splat(7.5)), 32)
    v128.store(CODED, f32x4.sub(c3, f32x4.splat(7.5)), 48)
    for (let k: usize = 0; k < 64; k += 8) {
      const value = f64x2.sub(double(embedding + j + k), double(MEAN + j + k))
      const coded = f64x2.mul(double(CODED + k), double(STEPS + j + k))
      const lost = f64x2.sub(value, coded)
      squares = f64x2.add(squares, f64x2.mul(value, value))
      losses = f64x2.add(losses, f64x2.mul(lost, lost))
      sizes = f64x2.add(sizes, f64x2.add(f64x2.abs(value), f64x2.abs(coded)))
    }
  }
  // Rounded towards keeping a row: the half square down, the error up, by more than a float's half unit.
  store<f32>(halfSquareOf(row), <f32>(0.5 * sum(squares) * (1 - 1e-7)))
  store<f32>(errorOf(row), <f32>((Math.sqrt(sum(losses)) + 1e-12 * sum(sizes)) * (1 + 1e-7)))
}

/** Copies a row over another. */
export function move(from: u32, to: u32): void {
  store<f32>(halfSquareOf(to), load<f32>(halfSquareOf(from)))
  store<f32>(errorOf(to), load<f32>(errorOf(from)))
  memory.copy(codesOf(to), codesOf(from), 64)
  memory.copy(embeddingOf(to), embeddingOf(from), 512)
}

/** Makes sure that a row is never a hit, and that nothing of its embedding stays behind. */
export function clear(row: u32): void {
  store<f32>(halfSquareOf(row), Infinity)
  store<f32>(errorOf(row), 0)
  memory.fill(codesOf(row), 0, 64)
  memory.fill(embeddingOf(row), 0, 512)
}

function halfSquareOf(row: u32): usize {
  return groupOf(row) + HALF_SQUARE + (<usize>(row & 3) << 2)
}

function errorOf(row: u32): usize {
  return groupOf(row) + ERROR + (<usize>(row & 3) << 2)
}

function codesOf(row: u32): usize {
  return groupOf(row) + CODES + (<usize>(row & 3) << 6)
}

/** Two floats, in double precision. */
// @ts-ignore: decorator
@inline
function double(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at))
}

/** Four codes, whole numbers from 0 to 15, as floats. */
// @ts-ignore: decorator
@inline
function code(embedding: usize, j: usize): v128 {
  const value = f32x4.sub(v128.load(embedding + j), v128.load(MEAN + j))
  const steps = f32x4.nearest(f32x4.add(f32x4.div(value, v128.load(STEPS + j)), f32x4.splat(7.5)))
  return f32x4.pmax(f32x4.pmin(steps, f32x4.splat(15)), f32x4.splat(0))
}

/** 16 codes in 8 bytes: of each pair the first is the lower half. */
// @ts-ignore: decorator
@inline
function nibbles(c0: v128, c1: v128, c2: v128, c3: v128): v128 {
  const low = i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(c0), i32x4.trunc_sat_f32x4_s(c1))
  const high = i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(c2), i32x4.trunc_sat_f32x4_s(c3))
  const bytes = i8x16.narrow_i16x8_u(low, high)
  const pairs = v128.and(v128.or(bytes, i16x8.shr_u(bytes, 4)), i16x8.splat(255))
  return i8x16.narrow_i16x8_u(pairs, pairs)
}

// @ts-ignore: decorator
@inline
function sum(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1)
}
