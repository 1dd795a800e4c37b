import { isBare, isFrame } from '@pix/domain/jpeg-markers.ts'
import { holds, type Size } from './size.ts'

const SCAN = 0xda
const END = 0xd9

/** JPEG: jumps from segment to segment, by their lengths, up to the first frame. */
export function jpegSize(head: Buffer): Size | null {
  let at = 2
  while (holds(head, at, 2)) {
    if (head[at] !== 0xff) return null
    const marker = head[at + 1]!
    if (marker === 0xff) at += 1
    else if (isBare(marker)) at += 2
    else if (marker === SCAN || marker === END || !holds(head, at + 2, 2)) return null
    else if (isFrame(marker)) {
      return holds(head, at, 9) ? { height: head.readUInt16BE(at + 5), width: head.readUInt16BE(at + 7) } : null
    } else at += 2 + Math.max(2, head.readUInt16BE(at + 2))
  }
  return null
}
