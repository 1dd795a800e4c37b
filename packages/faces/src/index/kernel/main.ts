// AssemblyScript: what the module exports.
export { clear, encode, move, openBlock } from './encode'
export { scan } from './scan'
export {
  BLOCKS, BLOCK_BYTES, BLOCK_ROWS, CENTRED, DEVIATION, EMBEDDINGS, HEAD_SCALE, HITS, MEAN, NEXT, PROBE, PROBE_HEAD,
  PROBE_TAIL, ROTATION, TAIL_SCALE,
} from './layout'
