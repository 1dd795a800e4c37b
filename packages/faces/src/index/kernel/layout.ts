// AssemblyScript. Where things lie in the memory of one index, in bytes; the module exports these numbers.

/** 64 + 64 whole numbers of 16 bits: the rotated probe's head and tail. */
export const PROBE_HEAD: usize = 0
export const PROBE_TAIL: usize = 128
/** 128 doubles: the probe as it came. */
export const PROBE: usize = 256
/** 128 floats each, of the row being encoded: centred, then rotated. */
export const CENTRED: usize = 1280
export const ROTATED: usize = 1792
/** Where a scan stopped because the list of hits was full. */
export const NEXT: usize = 2304
export const MEAN: usize = 2560
/** Doubles: the steps of the codes, and how far the rotation is from keeping lengths. All 0 before the first use. */
export const HEAD_SCALE: usize = 3072
export const TAIL_SCALE: usize = 3080
export const DEVIATION: usize = 3088
/** 128 columns of 128 floats: what each dimension adds to the rotated vector. */
export const ROTATION: usize = 4096
/** Hits: row (u32), 4 bytes unused, squared distance (f64). */
export const HITS: usize = 69632
export const MAX_HITS: u32 = 3840

/** Rows live in blocks: bounds of the block, then each row's constants, heads, tails and embedding. */
export const BLOCKS: usize = 131072
export const BLOCK_ROWS: u32 = 256
export const MAX_NORM: usize = 0
export const HEAD_ERROR: usize = 8
export const TAIL_ERROR: usize = 16
export const HALF_SQUARES: usize = 64
export const TAIL_NORMS: usize = 1088
export const HEADS: usize = 2112
export const TAILS: usize = 18496
export const EMBEDDINGS: usize = 34880
export const BLOCK_BYTES: usize = 165952

// @ts-ignore: decorator
@inline
export function blockOf(row: u32): usize {
  return BLOCKS + <usize>(row >>> 8) * BLOCK_BYTES
}
