// AssemblyScript: what the module exports.
export { clear, encode, move, openRows } from './encode'
export { scan } from './scan'
export {
  BOUNDS, EMBEDDINGS, GROUP_BYTES, HIT_DISTANCES, HIT_ROWS, KEPT, MEAN, PROBE, SEGMENTS, SEGMENT_BYTES, SEGMENT_ROWS,
  STEPS, WEIGHTS,
} from './layout'
