// AssemblyScript. Writes what the scan reads about a row; the error terms are proved in docs/decisions/0010.
import {
  BLOCK_ROWS, CENTRED, EMBEDDINGS, HALF_SQUARES, HEADS, HEAD_ERROR, MAX_NORM, MEAN, ROTATED, ROTATION, TAILS,
  TAIL_ERROR, TAIL_NORMS, blockOf,
} from './layout'

/** A fresh block: no row of it can be a hit. */
export function openBlock(row: u32): void {
  const block = blockOf(row)
  store<f64>(block + MAX_NORM, 0)
  store<f64>(block + HEAD_ERROR, 0)
  store<f64>(block + TAIL_ERROR, 0)
  for (let i: u32 = 0; i < BLOCK_ROWS; i++) store<f32>(block + HALF_SQUARES + (i << 2), f32.MAX_VALUE * 2)
}

/** Encodes the embedding that already lies at its row. */
export function encode(row: u32, headScale: f64, tailScale: f64): void {
  const block = blockOf(row)
  const i: usize = row & 255
  const squared = centre(block + EMBEDDINGS + (i << 9))
  for (let part: usize = 0; part < 512; part += 128) rotate(part)

  let tails = f64x2.splat(0)
  for (let j: usize = 256; j < 512; j += 8) {
    const y = f64x2.promote_low_f32x4(v128.load64_zero(ROTATED + j))
    tails = f64x2.add(tails, f64x2.mul(y, y))
  }
  const tail = f64x2.extract_lane(tails, 0) + f64x2.extract_lane(tails, 1)
  const headError = quantise(ROTATED, block + HEADS + (i << 6), headScale)
  const tailError = quantise(ROTATED + 256, block + TAILS + (i << 6), tailScale)

  // Rounded towards keeping a row: the half square down, norms and errors up, by more than a float's half unit.
  store<f32>(block + HALF_SQUARES + (i << 2), <f32>(0.5 * squared * (1 - 1e-7)))
  store<f32>(block + TAIL_NORMS + (i << 2), <f32>(Math.sqrt(tail) * (1 + 1e-7)))
  raise(block + MAX_NORM, Math.sqrt(squared) * (1 + 1e-9))
  raise(block + HEAD_ERROR, headError * (1 + 1e-9))
  raise(block + TAIL_ERROR, tailError * (1 + 1e-9))
}

/** Copies a row over another. */
export function move(from: u32, to: u32): void {
  const source = blockOf(from)
  const target = blockOf(to)
  const i: usize = from & 255
  const k: usize = to & 255
  store<f32>(target + HALF_SQUARES + (k << 2), load<f32>(source + HALF_SQUARES + (i << 2)))
  store<f32>(target + TAIL_NORMS + (k << 2), load<f32>(source + TAIL_NORMS + (i << 2)))
  memory.copy(target + HEADS + (k << 6), source + HEADS + (i << 6), 64)
  memory.copy(target + TAILS + (k << 6), source + TAILS + (i << 6), 64)
  memory.copy(target + EMBEDDINGS + (k << 9), source + EMBEDDINGS + (i << 9), 512)
  raise(target + MAX_NORM, load<f64>(source + MAX_NORM))
  raise(target + HEAD_ERROR, load<f64>(source + HEAD_ERROR))
  raise(target + TAIL_ERROR, load<f64>(source + TAIL_ERROR))
}

/** Makes sure that a row is never a hit, and that no embedding stays behind. */
export function clear(row: u32): void {
  const block = blockOf(row)
  const i: usize = row & 255
  store<f32>(block + HALF_SQUARES + (i << 2), f32.MAX_VALUE * 2)
  memory.fill(block + HEADS + (i << 6), 0, 64)
  memory.fill(block + TAILS + (i << 6), 0, 64)
  memory.fill(block + EMBEDDINGS + (i << 9), 0, 512)
}

/** Subtracts the mean; returns the squared length. */
function centre(embedding: usize): f64 {
  let sum = f64x2.splat(0)
  for (let j: usize = 0; j < 512; j += 8) {
    const value = v128.load64_zero(embedding + j)
    const mean = v128.load64_zero(MEAN + j)
    v128.store64_lane(CENTRED + j, f32x4.sub(value, mean), 0)
    const exact = f64x2.sub(f64x2.promote_low_f32x4(value), f64x2.promote_low_f32x4(mean))
    sum = f64x2.add(sum, f64x2.mul(exact, exact))
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)
}

/** 32 of the 128 rotated numbers, from byte `part` on. */
function rotate(part: usize): void {
  let y0 = f32x4.splat(0), y1 = y0, y2 = y0, y3 = y0, y4 = y0, y5 = y0, y6 = y0, y7 = y0
  let column = ROTATION + part
  for (let j: usize = 0; j < 512; j += 4) {
    const x = v128.load32_splat(CENTRED + j)
    y0 = f32x4.add(y0, f32x4.mul(x, v128.load(column)))
    y1 = f32x4.add(y1, f32x4.mul(x, v128.load(column, 16)))
    y2 = f32x4.add(y2, f32x4.mul(x, v128.load(column, 32)))
    y3 = f32x4.add(y3, f32x4.mul(x, v128.load(column, 48)))
    y4 = f32x4.add(y4, f32x4.mul(x, v128.load(column, 64)))
    y5 = f32x4.add(y5, f32x4.mul(x, v128.load(column, 80)))
    y6 = f32x4.add(y6, f32x4.mul(x, v128.load(column, 96)))
    y7 = f32x4.add(y7, f32x4.mul(x, v128.load(column, 112)))
    column += 512
  }
  const at = ROTATED + part
  v128.store(at, y0)
  v128.store(at, y1, 16)
  v128.store(at, y2, 32)
  v128.store(at, y3, 48)
  v128.store(at, y4, 64)
  v128.store(at, y5, 80)
  v128.store(at, y6, 96)
  v128.store(at, y7, 112)
}

/** 64 floats to bytes in steps of `scale`; returns the length of what was rounded or cut away. */
function quantise(from: usize, to: usize, scale: f64): f64 {
  const perStep = f32x4.splat(<f32>(1 / scale))
  let lost = f64x2.splat(0)
  for (let j: usize = 0; j < 64; j += 16) {
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
  return f32x4.max(f32x4.min(steps, f32x4.splat(127)), f32x4.splat(-127))
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
