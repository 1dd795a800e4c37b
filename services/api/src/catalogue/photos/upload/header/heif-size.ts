import { holds, type Size } from './size.ts'

interface Box {
  type: string
  /** Where its content begins and where it ends. */
  start: number
  end: number
}

const MOST_BOXES = 4_096

/** Boxes that follow each other (ISO/IEC 14496-12 section 4.2); ends at the first that is not whole. */
function* boxesIn(head: Buffer, from: number, to: number): Generator<Box> {
  let at = from
  for (let count = 0; count < MOST_BOXES && at + 8 <= to && holds(head, at, 8); count += 1) {
    const type = head.toString('latin1', at + 4, at + 8)
    const short = head.readUInt32BE(at)
    if (short === 1 && !holds(head, at, 16)) return
    const large = short === 1 ? Number(head.readBigUInt64BE(at + 8)) : short
    const length = short === 0 ? to - at : large
    const header = short === 1 ? 16 : 8
    if (length < header) return
    yield { type, start: at + header, end: Math.min(at + length, to) }
    at += length
  }
}

function find(head: Buffer, within: Box | null, type: string): Box | null {
  for (const box of boxesIn(head, within?.start ?? 0, within?.end ?? head.length)) if (box.type === type) return box
  return null
}

/**
 * HEIF and AVIF (ISO/IEC 23008-12): the largest picture among the properties in `meta/iprp/ipco`. Tiles, thumbnails and
 * auxiliary pictures are smaller than the picture they belong to, and what must be bounded is the largest.
 */
export function heifSize(head: Buffer): Size | null {
  const meta = find(head, null, 'meta')
  // A version and flags stand before the boxes of `meta`.
  const iprp = meta && find(head, { ...meta, start: meta.start + 4 }, 'iprp')
  const ipco = iprp && find(head, iprp, 'ipco')
  if (!ipco) return null
  let largest: Size | null = null
  for (const { type, start } of boxesIn(head, ipco.start, ipco.end)) {
    if (type !== 'ispe' || !holds(head, start, 12)) continue
    const size = { width: head.readUInt32BE(start + 4), height: head.readUInt32BE(start + 8) }
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size
  }
  return largest
}
