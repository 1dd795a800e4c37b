// AssemblyScript. Where things lie in the memory of one index, in bytes; the module exports these numbers.

/** 32 + 32 whole numbers of 16 bits: the first and the second part of the rotated probe. */
export const PROBE_FIRST: usize = 0
export const PROBE_SECOND: usize = 64
/** 128 doubles: the probe as it came. */
export const PROBE: usize = 128
/** Doubles, in the order of ProbeBounds in probe-bounds.ts. */
export const BOUNDS: usize = 1152
/** Of the two rows being encoded: 128 floats each, centred; 64 each, rotated. */
export const CENTRED: usize = 1280
export const ROTATED: usize = 2304
/** Of the block being scanned: 256 floats, what the first part adds to each product. */
export const PRODUCTS: usize = 2816
/** Lists of one scan: rows that passed both sieves (u32), then hits: row (u32) and distance (f64). */
export const CANDIDATES: usize = 4096
export const HIT_ROWS: usize = 20480
export const HIT_DISTANCES: usize = 36864
/** Rows per scan at most: what the three lists have room for. */
export const SCAN_ROWS: u32 = 4096
/** All before is wiped after each use. */
export const KEPT: usize = 69632

export const MEAN: usize = 69632
/** Doubles: the steps of the codes, and how far the rotation is from keeping lengths. All 0 before the first use. */
export const FIRST_SCALE: usize = 70144
export const SECOND_SCALE: usize = 70152
export const DEVIATION: usize = 70160
/** 128 columns of 64 floats: what each dimension adds to the rotated vector. */
export const ROTATION: usize = 70208

/** Rows live in blocks: bounds of the block, groups of four rows, their second parts, their embeddings. */
export const BLOCKS: usize = 131072
export const BLOCK_ROWS: u32 = 256
export const MAX_NORM: usize = 0
export const FIRST_ERROR: usize = 8
export const SECOND_ERROR: usize = 16
/** A group, read by every scan, in one piece: four half squares, four lengths beyond, four times 32 codes. */
export const GROUPS: usize = 64
export const GROUP_BYTES: usize = 160
export const HALF_SQUARE: usize = 0
export const BEYOND_FIRST: usize = 16
export const FIRST_CODES: usize = 32
/** Per row, read where it passed the first sieve: 32 codes and the length beyond them. */
export const SECONDS: usize = 10304
export const SECOND_BYTES: usize = 36
export const BEYOND_SECOND: usize = 32
export const EMBEDDINGS: usize = 19520
export const BLOCK_BYTES: usize = 150592

// @ts-ignore: decorator
@inline
export function blockOf(row: u32): usize {
  return BLOCKS + <usize>(row >>> 8) * BLOCK_BYTES
}

/** Where the row's group begins. */
// @ts-ignore: decorator
@inline
export function groupOf(row: u32): usize {
  return blockOf(row) + GROUPS + <usize>((row & 255) >>> 2) * GROUP_BYTES
}

/** Where the row's second part begins. */
// @ts-ignore: decorator
@inline
export function secondOf(row: u32): usize {
  return blockOf(row) + SECONDS + <usize>(row & 255) * SECOND_BYTES
}

// @ts-ignore: decorator
@inline
export function embeddingOf(row: u32): usize {
  return blockOf(row) + EMBEDDINGS + (<usize>(row & 255) << 9)
}
