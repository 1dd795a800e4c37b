import { PictureRefused } from './refused.ts'
import { chainOf, type Directory, readTiff, TAG, type Tiff } from './tiff-directories.ts'

/** Photometric interpretations of sensor data: colour filter array, and linear raw (DNG 1.6). */
const SENSOR_DATA = new Set([32803, 34892])
const CIELAB = 8
const REDUCED = 1
const MASK = 4

/** Which page of a TIFF file is the picture. */
export interface TiffPage {
  /** From 0. */
  page: number
  isLab: boolean
}

/**
 * The largest page that is neither a reduced copy of another nor a mask: the first one often is a thumbnail.
 *
 * @returns null for what is no TIFF
 * @throws PictureRefused for a camera's raw file, whose picture would have to be developed first: what such a file
 * shows by itself is its thumbnail
 */
export function choosePage(bytes: Buffer): TiffPage | null {
  const tiff = readTiff(bytes)
  if (!tiff) return null
  const pages = chainOf(tiff)
  if (isRaw(tiff, pages) || bytes.toString('latin1', 8, 10) === 'CR') throw new PictureRefused('not_an_image')
  const kinds = pages.map((directory, page) => ({ directory, page, kind: one(directory, TAG.newSubfileType) }))
  const whole = kinds.filter(({ kind }) => (kind & (REDUCED | MASK)) === 0)
  const best = (whole.length > 0 ? whole : kinds).reduce<(typeof kinds)[number] | undefined>(
    (a, b) => (a && area(a.directory) >= area(b.directory) ? a : b),
    undefined,
  )
  return best ? { page: best.page, isLab: one(best.directory, TAG.photometric) === CIELAB } : null
}

/**
 * Raw files are TIFFs whose pages are previews and whose sub-directories hold the sensor's data (TIFF/EP, DNG, NEF, ARW).
 */
function isRaw(tiff: Tiff, pages: readonly Directory[]): boolean {
  return pages.some(page => {
    if (page.numbers(TAG.dngVersion).length > 0 || SENSOR_DATA.has(one(page, TAG.photometric))) return true
    const below = page.numbers(TAG.subDirectories).map(offset => tiff.at(offset))
    const isPreview = (one(page, TAG.newSubfileType) & REDUCED) !== 0
    return below.some(
      sub => sub && (SENSOR_DATA.has(one(sub, TAG.photometric)) || (isPreview && area(sub) > area(page))),
    )
  })
}

const one = (directory: Directory, tag: number): number => directory.numbers(tag)[0] ?? 0
const area = (directory: Directory): number => one(directory, TAG.width) * one(directory, TAG.height)
