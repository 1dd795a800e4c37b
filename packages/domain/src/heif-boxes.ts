/** A box of a HEIF file: its content begins at `from` and ends before `to`. */
export interface HeifBox {
  type: string
  from: number
  to: number
  /** It ends where it says; else the bytes end first, and it is the last. */
  isWhole: boolean
}

/** A stranger's file may claim anything. */
const MOST_BOXES = 4_096

const uint32 = (bytes: Uint8Array, at: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at)

/** Boxes that follow each other (ISO/IEC 14496-12 section 4.2), up to the first that is shorter than its own header. */
export function heifBoxes(bytes: Uint8Array, from: number, to: number): HeifBox[] {
  const boxes: HeifBox[] = []
  const end = Math.min(to, bytes.length)
  for (let at = from; at + 8 <= end && boxes.length < MOST_BOXES;) {
    const short = uint32(bytes, at)
    // 1: the size follows in 8 bytes; 0: up to the end.
    const header = short === 1 ? 16 : 8
    if (at + header > end) break
    const size = short === 1 ? uint32(bytes, at + 8) * 2 ** 32 + uint32(bytes, at + 12) : short || to - at
    if (size < header) break
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    boxes.push({ type, from: at + header, to: Math.min(at + size, to), isWhole: at + size <= to })
    at += size
  }
  return boxes
}
