// AssemblyScript. Writes what the scan reads about a row; the error terms are proved in docs/decisions/0010.
import {
  BEYOND_FIRST, BEYOND_SECOND, BLOCK_ROWS, CENTRED, DEVIATION, FIRST_CODES, FIRST_ERROR, FIRST_SCALE, HALF_SQUARE,
  MAX_NORM, MEAN, ROTATED, ROTATION, SECOND_ERROR, SECOND_SCALE, blockOf, embeddingOf, groupOf, secondOf,
} from './layout'

/** 130 half units of a float: what rounding may add to a sum of 128 products, relative to the sum of their sizes. */
const SUM_ROUNDING: f64 = (130.0 / 16777216.0) / (1 - 130.0 / 16777216.0)

/** A fresh block: no row of it can be a hit. */
export function openBlock(row: u32): void {
  const block = blockOf(row)
  store<f64>(block + MAX_NORM, 0)
  store<f64>(block + FIRST_ERROR, 0)
  store<f64>(block + SECOND_ERROR, 0)
  for (let i: u32 = 0; i < BLOCK_ROWS; i++) store<f32>(halfSquareOf(row + i), Infinity)
}

/** Encodes the embeddings that already lie at the rows from `first` to before `end`. */
export function encode(first: u32, end: u32): void {
  for (let row = first; row < end; row += 2) {
    const other = min<u32>(row + 1, end - 1)
    const squared = centre(embeddingOf(row), CENTRED)
    const otherSquared = centre(embeddingOf(other), CENTRED + 512)
    for (let part: usize = 0; part < 256; part += 64) rotateTwo(part)
    encodeRotated(row, ROTATED, squared)
    if (other != row) encodeRotated(other, ROTATED + 256, otherSquared)
  }
}

/** @param at where its 64 rotated numbers lie */
function encodeRotated(row: u32, at: usize, squared: f64): void {
  const block = blockOf(row)
  const first = squaredLength(at)
  const both = first + squaredLength(at + 128)
  const firstError = quantise(at, firstCodesOf(row), load<f64>(FIRST_SCALE))
  const secondError = quantise(at + 128, secondOf(row), load<f64>(SECOND_SCALE))

  // Rounded towards keeping a row: the half square down, lengths and errors up, by more than a float's half unit.
  const norm = Math.sqrt(squared)
  store<f32>(halfSquareOf(row), <f32>(0.5 * squared * (1 - 1e-7)))
  store<f32>(beyondFirstOf(row), <f32>(lengthBeyond(first, squared, norm) * (1 + 1e-7)))
  store<f32>(beyondSecondOf(row), <f32>(lengthBeyond(both, squared, norm) * (1 + 1e-7)))
  raise(block + MAX_NORM, norm * (1 + 1e-9))
  raise(block + FIRST_ERROR, firstError * (1 + 1e-9))
  raise(block + SECOND_ERROR, secondError * (1 + 1e-9))
}

/** Copies a row over another. */
export function move(from: u32, to: u32): void {
  const source = blockOf(from)
  const target = blockOf(to)
  store<f32>(halfSquareOf(to), load<f32>(halfSquareOf(from)))
  store<f32>(beyondFirstOf(to), load<f32>(beyondFirstOf(from)))
  store<f32>(beyondSecondOf(to), load<f32>(beyondSecondOf(from)))
  memory.copy(firstCodesOf(to), firstCodesOf(from), 32)
  memory.copy(secondOf(to), secondOf(from), 32)
  memory.copy(embeddingOf(to), embeddingOf(from), 512)
  raise(target + MAX_NORM, load<f64>(source + MAX_NORM))
  raise(target + FIRST_ERROR, load<f64>(source + FIRST_ERROR))
  raise(target + SECOND_ERROR, load<f64>(source + SECOND_ERROR))
}

/** Makes sure that a row is never a hit, and that nothing of its embedding stays behind. */
export function clear(row: u32): void {
  store<f32>(halfSquareOf(row), Infinity)
  store<f32>(beyondFirstOf(row), 0)
  store<f32>(beyondSecondOf(row), 0)
  memory.fill(firstCodesOf(row), 0, 32)
  memory.fill(secondOf(row), 0, 32)
  memory.fill(embeddingOf(row), 0, 512)
}

function halfSquareOf(row: u32): usize {
  return groupOf(row) + HALF_SQUARE + (<usize>(row & 3) << 2)
}

function beyondFirstOf(row: u32): usize {
  return groupOf(row) + BEYOND_FIRST + (<usize>(row & 3) << 2)
}

function firstCodesOf(row: u32): usize {
  return groupOf(row) + FIRST_CODES + (<usize>(row & 3) << 5)
}

function beyondSecondOf(row: u32): usize {
  return secondOf(row) + BEYOND_SECOND
}

/** The length that what was not worked out of the rotated row may have at most, from what was: `known`, squared. */
function lengthBeyond(known: f64, squared: f64, norm: f64): f64 {
  const gain = 1 + load<f64>(DEVIATION)
  const sure = Math.sqrt(known) - SUM_ROUNDING * Math.sqrt(64 * gain) * norm
  return Math.sqrt(max<f64>((gain + 1e-12) * squared - (sure > 0 ? sure * sure : 0), 0))
}

/** Of 32 rotated numbers. */
function squaredLength(from: usize): f64 {
  let sum = f64x2.splat(0)
  for (let j: usize = 0; j < 128; j += 8) {
    const y = f64x2.promote_low_f32x4(v128.load64_zero(from + j))
    sum = f64x2.add(sum, f64x2.mul(y, y))
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)
}

/** Subtracts the mean; returns the squared length. */
function centre(embedding: usize, to: usize): f64 {
  let sum = f64x2.splat(0)
  for (let j: usize = 0; j < 512; j += 8) {
    const value = v128.load64_zero(embedding + j)
    const mean = v128.load64_zero(MEAN + j)
    v128.store64_lane(to + j, f32x4.sub(value, mean), 0)
    const exact = f64x2.sub(f64x2.promote_low_f32x4(value), f64x2.promote_low_f32x4(mean))
    sum = f64x2.add(sum, f64x2.mul(exact, exact))
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)
}

/**
 * 16 of the 64 rotated numbers that are needed, from byte `part` on, of two rows: the axes are more than the processor's
 * first cache holds, and so are read half as often.
 */
function rotateTwo(part: usize): void {
  let y0 = f32x4.splat(0), y1 = y0, y2 = y0, y3 = y0
  let z0 = y0, z1 = y0, z2 = y0, z3 = y0
  let column = ROTATION + part
  for (let j: usize = 0; j < 512; j += 4) {
    const x = v128.load32_splat(CENTRED + j), w = v128.load32_splat(CENTRED + j, 512)
    const c0 = v128.load(column), c1 = v128.load(column, 16), c2 = v128.load(column, 32), c3 = v128.load(column, 48)
    y0 = f32x4.add(y0, f32x4.mul(x, c0))
    y1 = f32x4.add(y1, f32x4.mul(x, c1))
    y2 = f32x4.add(y2, f32x4.mul(x, c2))
    y3 = f32x4.add(y3, f32x4.mul(x, c3))
    z0 = f32x4.add(z0, f32x4.mul(w, c0))
    z1 = f32x4.add(z1, f32x4.mul(w, c1))
    z2 = f32x4.add(z2, f32x4.mul(w, c2))
    z3 = f32x4.add(z3, f32x4.mul(w, c3))
    column += 256
  }
  const at = ROTATED + part
  v128.store(at, y0)
  v128.store(at, y1, 16)
  v128.store(at, y2, 32)
  v128.store(at, y3, 48)
  v128.store(at, z0, 256)
  v128.store(at, z1, 272)
  v128.store(at, z2, 288)
  v128.store(at, z3, 304)
}

/** 32 floats to bytes in steps of `scale`; returns the length of what was rounded or cut away. */
function quantise(from: usize, to: usize, scale: f64): f64 {
  const perStep = f32x4.splat(<f32>(1 / scale))
  let lost = f64x2.splat(0)
  for (let j: usize = 0; j < 32; j += 16) {
    const at = from + (j << 2)
    const c0 = code(at, 0, perStep), c1 = code(at, 16, perStep), c2 = code(at, 32, perStep), c3 = code(at, 48, perStep)
    lost = f64x2.add(lost, f64x2.add(squaredLoss(at, 0, c0, scale), squaredLoss(at, 16, c1, scale)))
    lost = f64x2.add(lost, f64x2.add(squaredLoss(at, 32, c2, scale), squaredLoss(at, 48, c3, scale)))
    const low = i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(c0), i32x4.trunc_sat_f32x4_s(c1))
    const high = i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(c2), i32x4.trunc_sat_f32x4_s(c3))
    v128.store(to + j, i8x16.narrow_i16x8_s(low, high))
  }
  return Math.sqrt(f64x2.extract_lane(lost, 0) + f64x2.extract_lane(lost, 1))
}

/** Any whole number from -127 to 127 would do: what it misses is measured afterwards. */
// @ts-ignore: decorator
@inline
function code(at: usize, offset: usize, perStep: v128): v128 {
  const steps = f32x4.nearest(f32x4.mul(v128.load(at + offset), perStep))
  return f32x4.pmax(f32x4.pmin(steps, f32x4.splat(127)), f32x4.splat(-127))
}

/** In double precision, for four numbers. */
// @ts-ignore: decorator
@inline
function squaredLoss(at: usize, offset: usize, codes: v128, scale: f64): v128 {
  const step = f64x2.splat(scale)
  const low = f64x2.sub(
    f64x2.promote_low_f32x4(v128.load64_zero(at + offset)), f64x2.mul(f64x2.promote_low_f32x4(codes), step))
  const upper = v128.shuffle<i32>(codes, codes, 2, 3, 2, 3)
  const high = f64x2.sub(
    f64x2.promote_low_f32x4(v128.load64_zero(at + offset + 8)), f64x2.mul(f64x2.promote_low_f32x4(upper), step))
  return f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high))
}

function raise(at: usize, value: f64): void {
  if (value > load<f64>(at)) store<f64>(at, value)
}
