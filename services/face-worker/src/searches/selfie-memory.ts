import type { Settings } from '../settings.ts'

/** What a process that reads selfies holds beside decoding: Node, the networks of both engines, and what they work in. */
const BESIDE_DECODING = 600

/** Limit of the private memory of a process that reads selfies, in megabytes. */
export const selfieChildMegabytes = ({ SELFIE_DECODE_MEGABYTES }: Settings): number =>
  BESIDE_DECODING + SELFIE_DECODE_MEGABYTES
