import { type Header, holds, type Size } from './size.ts'

/** The most pages and sub-pages that are looked at, and the most fields of each: no photo has more. */
const MOST_PAGES = 32
const MOST_FIELDS = 512

const TAG = { kind: 254, width: 256, height: 257, colors: 262, subPages: 330, dng: 50_706 } as const
/** Bytes of a value by its type (TIFF 6.0 section 2; BigTIFF adds 16 and 18). */
const VALUE_BYTES: Record<number, number> = { 1: 1, 3: 2, 4: 4, 13: 4, 16: 8, 18: 8 }
/** Colour filter array and LinearRaw (TIFF/EP, DNG): the sensor's own values. */
const SENSOR = new Set([32_803, 34_892])
/** CIELab, ICCLab and ITULab. */
const LAB = new Set([8, 9, 10])

type Page = Map<number, number[]>

/** TIFF and BigTIFF: the fields of the pages whose directories lie in the head. Every offset is followed at most once. */
export function readTiff(head: Buffer): Header {
  const unknown: Header = { size: null, refusal: null }
  if (!holds(head, 0, 16)) return unknown
  const tiff = openTiff(head)
  if (!tiff) return unknown
  // Canon's CR2 says so behind the header.
  const isCr2 = head.toString('latin1', 8, 10) === 'CR'
  const pages = readPages(tiff)
  if (isCr2 || isRaw(pages)) return { size: null, refusal: 'raw_file' }
  if (pages.some(page => LAB.has(page.get(TAG.colors)?.[0] ?? -1))) return { size: null, refusal: 'unsupported_colors' }
  return { size: largestOf(pages), refusal: null }
}

/** Raw files are TIFFs with the sensor's values, or with a thumbnail first and the picture below it. */
function isRaw(pages: readonly Page[]): boolean {
  const first = pages[0]
  if (!first) return false
  const thumbnail = ((first.get(TAG.kind)?.[0] ?? 0) & 1) === 1
  return (
    first.has(TAG.dng) ||
    (thumbnail && first.has(TAG.subPages)) ||
    pages.some(page => SENSOR.has(page.get(TAG.colors)?.[0] ?? -1))
  )
}

function largestOf(pages: readonly Page[]): Size | null {
  let largest: Size | null = null
  for (const page of pages) {
    const [width = 0, height = 0] = [page.get(TAG.width)?.[0], page.get(TAG.height)?.[0]]
    if (width * height > (largest ? largest.width * largest.height : 0)) largest = { width, height }
  }
  return largest
}

interface Tiff {
  head: Buffer
  first: number
  big: boolean
  /** An unsigned number of 1, 2, 4 or 8 bytes, or null where the head does not hold it. */
  number: (at: number, bytes: number) => number | null
}

function openTiff(head: Buffer): Tiff | null {
  const little = head.toString('latin1', 0, 2) === 'II'
  const number = (at: number, bytes: number): number | null => {
    if (!holds(head, at, bytes)) return null
    if (bytes === 8) return Number(little ? head.readBigUInt64LE(at) : head.readBigUInt64BE(at))
    return little ? head.readUIntLE(at, bytes) : head.readUIntBE(at, bytes)
  }
  const big = number(2, 2) === 43
  const first = big ? number(8, 8) : number(4, 4)
  return first === null ? null : { head, first, big, number }
}

function readPages(tiff: Tiff): Page[] {
  const pages: Page[] = []
  const seen = new Set<number>()
  const ahead = [tiff.first]
  while (pages.length < MOST_PAGES) {
    const at = ahead.shift()
    if (at === undefined) break
    if (at === 0 || seen.has(at)) continue
    seen.add(at)
    const read = readPage(tiff, at)
    if (!read) continue
    pages.push(read.page)
    ahead.push(read.next, ...(read.page.get(TAG.subPages) ?? []))
  }
  return pages
}

function readPage(tiff: Tiff, at: number): { page: Page; next: number } | null {
  const [countBytes, entryBytes] = tiff.big ? [8, 20] : [2, 12]
  const count = tiff.number(at, countBytes)
  if (count === null || count > MOST_FIELDS) return null
  const page: Page = new Map()
  for (let i = 0; i < count; i += 1) {
    const entry = at + countBytes + i * entryBytes
    const tag = tiff.number(entry, 2)
    if (tag === null) return null
    if ((Object.values(TAG) as number[]).includes(tag)) page.set(tag, valuesOf(tiff, entry))
  }
  const next = tiff.number(at + countBytes + count * entryBytes, tiff.big ? 8 : 4)
  return { page, next: next ?? 0 }
}

/** Whole numbers of a field, as many as pages are looked at; none where the head does not hold them. */
function valuesOf({ number, big }: Tiff, entry: number): number[] {
  const bytes = VALUE_BYTES[number(entry + 2, 2) ?? 0]
  const count = number(entry + 4, big ? 8 : 4)
  if (bytes === undefined || count === null) return []
  const room = big ? 8 : 4
  const place = entry + 4 + room
  const start = count * bytes <= room ? place : number(place, room)
  if (start === null) return []
  const values: number[] = []
  for (let i = 0; i < Math.min(count, MOST_PAGES); i += 1) {
    const value = number(start + i * bytes, bytes)
    if (value === null) break
    values.push(value)
  }
  return values
}
