import { isBare, isFrame } from '@pix/domain/jpeg-markers.ts'

const SOI = 0xd8
const EOI = 0xd9
const SOS = 0xda
/** Whether the marker of a frame says "progressive": those have 2, 6, 10 or 14 in their lower bits. */
const isProgressive = (marker: number) => (marker & 3) === 2

/**
 * Adds the last two bytes to a JPEG picture that lacks only those, as some cameras leave them out; null for anything
 * else. The decoder finds out whether all blocks are there: it counts a scan that ends early as damaged. It misses
 * scans that never began, so this looks for them.
 */
export function withEnd(bytes: Buffer): Buffer | null {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return null
  const seen = readScans(bytes)
  if (!seen || seen.ended || !seen.isWhole) return null
  return Buffer.concat([bytes, Buffer.from([0xff, EOI])])
}

interface Frame {
  progressive: boolean
  /** For each component, to how many last bits each of its 64 coefficients is known; none that never came. */
  known: Map<number, number[]>
}

function readScans(bytes: Buffer): { ended: boolean; isWhole: boolean } | null {
  let frame: Frame | null = null
  let at = 2
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) {
      at++ // entropy-coded data, or filling
      continue
    }
    const marker = bytes[at + 1]!
    if (marker === 0 || marker === 0xff || isBare(marker)) {
      at += marker === 0xff ? 1 : 2
      continue
    }
    if (marker === EOI) return { ended: true, isWhole: true }
    const length = bytes.readUInt16BE(at + 2)
    if (isFrame(marker)) frame = readFrame(bytes, at + 4, isProgressive(marker))
    if (marker === SOS && frame) noteScan(bytes, at + 4, frame)
    at += 2 + length
  }
  if (!frame) return null
  const ended = bytes.at(-2) === 0xff && bytes.at(-1) === EOI
  const isWhole = [...frame.known.values()].every(bits => Array.from(bits, bit => bit).every(bit => bit === 0))
  return { ended, isWhole }
}

function readFrame(bytes: Buffer, at: number, progressive: boolean): Frame {
  const known = new Map<number, number[]>()
  for (let i = 0; i < (bytes[at + 5] ?? 0); i++) known.set(bytes[at + 6 + i * 3] ?? 0, Array<number>(64).fill(Infinity))
  return { progressive, known }
}

function noteScan(bytes: Buffer, at: number, { progressive, known }: Frame): void {
  const components = bytes[at] ?? 0
  const spectrum = at + 1 + components * 2
  const [first, last] = progressive ? [bytes[spectrum] ?? 0, Math.min(63, bytes[spectrum + 1] ?? 0)] : [0, 63]
  const bit = progressive ? (bytes[spectrum + 2] ?? 0) & 15 : 0
  for (let i = 0; i < components; i++) known.get(bytes[at + 1 + i * 2] ?? 0)?.fill(bit, first, last + 1)
}
