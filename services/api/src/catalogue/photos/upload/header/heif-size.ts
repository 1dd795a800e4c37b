import { type HeifBox, heifBoxes } from '@pix/domain/heif-boxes.ts'
import { holds, type Size } from './size.ts'

const find = (head: Buffer, within: { from: number; to: number }, type: string): HeifBox | undefined =>
  heifBoxes(head, within.from, within.to).find(box => box.type === type)

/**
 * HEIF and AVIF (ISO/IEC 23008-12): the largest picture among the properties in `meta/iprp/ipco`. Tiles, thumbnails and
 * auxiliary pictures are smaller than the picture they belong to, and what must be bounded is the largest.
 */
export function heifSize(head: Buffer): Size | null {
  const meta = find(head, { from: 0, to: head.length }, 'meta')
  // A version and flags stand before the boxes of `meta`.
  const iprp = meta && find(head, { ...meta, from: meta.from + 4 }, 'iprp')
  const ipco = iprp && find(head, iprp, 'ipco')
  if (!ipco) return null
  let largest: Size | null = null
  for (const { type, from } of heifBoxes(head, ipco.from, ipco.to)) {
    if (type !== 'ispe' || !holds(head, from, 12)) continue
    const size = { width: head.readUInt32BE(from + 4), height: head.readUInt32BE(from + 8) }
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size
  }
  return largest
}
