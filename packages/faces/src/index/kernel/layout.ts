// AssemblyScript. Where things lie in the memory of one index, in bytes; the module exports these numbers.

/** 16 vectors of 8 whole numbers of 16 bits: the probe's weights, in the order in which the sieve reads codes. */
export const WEIGHTS: usize = 0
/** 128 doubles: the probe as it came. */
export const PROBE: usize = 256
/** Doubles, in the order of ProbeBounds in probe-bounds.ts. */
export const BOUNDS: usize = 1280
/** 16 floats of the row being encoded: its codes, less 7.5. */
export const CODED: usize = 1408
/** Written by `fetch` alone, so that the compiler keeps its loads. */
export const TOUCHED: usize = 1344
/** Lists of one scan: rows that passed the sieve (u32), then hits: row (u32) and distance (f64). */
export const CANDIDATES: usize = 4096
export const HIT_ROWS: usize = 20480
export const HIT_DISTANCES: usize = 36864
/** All before is wiped after each use. */
export const KEPT: usize = 69632

/** 128 floats: the mean that is subtracted first. */
export const MEAN: usize = 69632
/** 128 floats: the steps of the codes. */
export const STEPS: usize = 70144

/**
 * Rows live in segments of 4,096: groups of four rows, then their embeddings. A scan reads all groups, and each jump from
 * one segment's to the next one's costs it a microsecond or two.
 */
export const SEGMENTS: usize = 70656
export const SEGMENT_ROWS: u32 = 4096
/** A group, in one piece: four half squares, four errors, four times 128 codes of 4 bits. */
export const GROUP_BYTES: usize = 288
export const HALF_SQUARE: usize = 0
export const ERROR: usize = 16
export const CODES: usize = 32
export const EMBEDDINGS: usize = 294912
export const SEGMENT_BYTES: usize = 2392064

// @ts-ignore: decorator
@inline
function segmentOf(row: u32): usize {
  return SEGMENTS + <usize>(row >>> 12) * SEGMENT_BYTES
}

/** Where the row's group begins. */
// @ts-ignore: decorator
@inline
export function groupOf(row: u32): usize {
  return segmentOf(row) + <usize>((row & 4095) >>> 2) * GROUP_BYTES
}

// @ts-ignore: decorator
@inline
export function embeddingOf(row: u32): usize {
  return segmentOf(row) + EMBEDDINGS + (<usize>(row & 4095) << 9)
}
