// AssemblyScript: what the module exports.
export { clear, encode, move, openBlock } from './encode'
export { scan } from './scan'
export {
  BLOCKS, BLOCK_BYTES, BLOCK_ROWS, BOUNDS, DEVIATION, EMBEDDINGS, FIRST_SCALE, HIT_DISTANCES, HIT_ROWS, KEPT, MEAN,
  PROBE, PROBE_FIRST, PROBE_SECOND, ROTATION, SCAN_ROWS,
} from './layout'
