import { holds, type Size } from './size.ts'

/** PNG (ISO/IEC 15948): the header chunk comes first and has a fixed length. */
export function pngSize(head: Buffer): Size | null {
  if (!holds(head, 16, 8) || head.toString('latin1', 12, 16) !== 'IHDR') return null
  return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) }
}
