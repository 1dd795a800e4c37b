/** One directory (IFD) of a TIFF file or of the TIFF block that holds EXIF. */
export interface Directory {
  /** The first numbers of a tag of bytes, shorts or longs; none for other types. */
  numbers(tag: number): number[]
  /** A tag's text, up to its first 0 byte. */
  text(tag: number): string
  /** Where the next one of its chain begins, or 0. */
  next: number
}

/** Tags that are read here (TIFF 6.0, TIFF/EP, DNG 1.6, EXIF 2.31). */
export const TAG = {
  interopIndex: 1,
  newSubfileType: 254,
  width: 256,
  height: 257,
  compression: 259,
  photometric: 262,
  orientation: 274,
  subDirectories: 330,
  iccProfile: 34675,
  exif: 34665,
  interop: 40965,
  dngVersion: 50706,
} as const

const BYTES: Record<number, number> = { 1: 1, 2: 1, 3: 2, 4: 4, 7: 1, 13: 4 }
const ENTRY_BYTES = 12
/** A stranger's file may claim anything. */
const MOST_ENTRIES = 1_000
const MOST_VALUES = 64
const MOST_DIRECTORIES = 100

export interface Tiff {
  first: number
  /** Null where there is none. */
  at(offset: number): Directory | null
  /** Where a directory's entry of this tag begins, or null. */
  entryOf(offset: number, tag: number): number | null
  number(offset: number, bytes: number): number
  littleEndian: boolean
}

/** Null for what is no (classic) TIFF. */
export function readTiff(bytes: Buffer): Tiff | null {
  const mark = bytes.toString('latin1', 0, 4)
  if (bytes.length < 8 || (mark !== 'II*\0' && mark !== 'MM\0*')) return null
  const littleEndian = mark === 'II*\0'
  const number = (offset: number, size: number): number => {
    if (offset < 0 || offset + size > bytes.length) return 0
    return littleEndian ? bytes.readUIntLE(offset, size) : bytes.readUIntBE(offset, size)
  }
  const countOf = (offset: number) => (offset < 8 || offset + 2 > bytes.length ? 0 : number(offset, 2))
  const entryOf = (offset: number, tag: number): number | null => {
    const count = Math.min(countOf(offset), MOST_ENTRIES)
    for (let i = 0, entry = offset + 2; i < count; i++, entry += ENTRY_BYTES) if (number(entry, 2) === tag) return entry
    return null
  }
  /** Where the values of an entry lie: within it where they fit. */
  const valuesOf = (entry: number) => {
    const size = BYTES[number(entry + 2, 2)] ?? 0
    const count = number(entry + 4, 4)
    return { size, count, from: size * count <= 4 ? entry + 8 : number(entry + 8, 4) }
  }
  const at = (offset: number): Directory | null => {
    if (countOf(offset) === 0) return null
    return {
      numbers(tag) {
        const entry = entryOf(offset, tag)
        if (entry === null) return []
        const { size, count, from } = valuesOf(entry)
        if (size === 0) return []
        return Array.from({ length: Math.min(count, MOST_VALUES) }, (_, i) => number(from + i * size, size))
      },
      text(tag) {
        const entry = entryOf(offset, tag)
        if (entry === null) return ''
        const { count, from } = valuesOf(entry)
        return bytes.toString('latin1', from, from + Math.min(count, MOST_VALUES)).split('\0')[0]!
      },
      next: number(offset + 2 + countOf(offset) * ENTRY_BYTES, 4),
    }
  }
  return { first: number(4, 4), at, entryOf, number, littleEndian }
}

/** The directories of the main chain, in order; a chain that runs in circles is cut. */
export function chainOf(tiff: Tiff): Directory[] {
  const chain: Directory[] = []
  const seen = new Set<number>()
  for (let offset = tiff.first; offset !== 0 && !seen.has(offset) && chain.length < MOST_DIRECTORIES;) {
    seen.add(offset)
    const directory = tiff.at(offset)
    if (!directory) break
    chain.push(directory)
    offset = directory.next
  }
  return chain
}
