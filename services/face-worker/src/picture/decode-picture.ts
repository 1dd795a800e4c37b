import { BACKGROUND } from '@pix/faces/see/image/background.ts'
import sharp, { type Metadata, type Sharp } from 'sharp'
import { decodeHeic } from './decode-heic.ts'
import { freeMemory } from './free-memory.ts'
import { withEnd } from './jpeg-end.ts'
import { labAsRgb, labToSrgb } from './lab-tiff.ts'
import { checkSize, type PictureLimits } from './limits.ts'
import type { Pixels } from './pixels.ts'
import { PictureRefused } from './refused.ts'
import { choosePage, type TiffPage } from './tiff-page.ts'
import { readUnapplied, type UnappliedMetadata } from './unapplied-metadata.ts'
import { wrapPixels } from './wrap-pixels.ts'

const LOADERS = ['Jpeg', 'Png', 'Webp', 'Tiff', 'Heif'] as const

/** Lets this process read these formats alone: SVG, GIF, PDF and the rest never reach a decoder (spec/20 "Upload"). */
export function takeOnly(formats: readonly (typeof LOADERS)[number][]): void {
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: formats.map(format => `VipsForeignLoad${format}`) })
}
takeOnly(LOADERS)

export interface DecodedPicture {
  /** The picture from which everything else is made; its longer side is at most what was asked for. */
  pixels: Pixels
  /** Upright size of the original. */
  width: number
  height: number
  /** The TIFF block that holds the metadata, without the `Exif` mark before it. */
  exif: Buffer | null
  /** The XMP packet, as it is. */
  xmp: Buffer | null
}

/**
 * Decodes a picture once. Only what is inside counts, never its name.
 *
 * @param longSide pixels; a larger picture is decoded to this, a smaller one stays as it is
 * @throws PictureRefused when the bytes are no picture we take, or not a whole one
 */
export async function decodePicture(bytes: Buffer, longSide: number, limits: PictureLimits): Promise<DecodedPicture> {
  const page = choosePage(bytes)
  const source = page?.isLab ? labAsRgb(bytes) : bytes
  const metadata = await readHeader(source, page?.page)
  checkSize(metadata.autoOrient, metadata.compression ?? '', limits)
  const exif = withoutMark(metadata.exif)
  const unapplied = readUnapplied(source, metadata, exif)
  const decoded = await decode(source, metadata, { page, longSide, limits })
  const pixels = await settle(decoded, unapplied)
  const { width, height } = metadata.autoOrient
  const turned = unapplied.orientation > 4
  return {
    pixels,
    width: turned ? height : width,
    height: turned ? width : height,
    exif,
    xmp: metadata.xmp ?? null,
  }
}

interface Wanted {
  page: TiffPage | null
  longSide: number
  limits: PictureLimits
}

/** What sharp does not do by itself is left for `settle`: unnamed profiles, and turning by EXIF where HEIF does not. */
async function decode(bytes: Buffer, metadata: Metadata, { page, longSide, limits }: Wanted): Promise<Pixels> {
  if (metadata.format === 'heif' && metadata.compression === 'hevc') return readHeic(bytes, longSide)
  const options = { limitInputPixels: limits.maxPixels, ...(page ? { page: page.page } : {}) }
  if (page?.isLab) return readLab(sharp(bytes, { ...options, failOn: 'error' }).autoOrient(), longSide)
  try {
    return await readPixels(sharp(bytes, { ...options, failOn: 'error' }).autoOrient(), longSide)
  } catch (error) {
    const whole = metadata.format === 'jpeg' ? withEnd(bytes) : null
    if (!whole) throw error
    return readPixels(sharp(whole, { ...options, failOn: 'warning' }).autoOrient(), longSide)
  }
}

async function readHeader(bytes: Buffer, page: number | undefined): Promise<Metadata> {
  if (bytes.length === 0) throw new PictureRefused('not_an_image')
  try {
    // Nothing is decoded: how many pixels it has is asked for here.
    return await sharp(bytes, { failOn: 'error', limitInputPixels: false, ...(page ? { page } : {}) }).metadata()
  } catch (error) {
    throw new PictureRefused('not_an_image', error)
  }
}

/** sharp's library reads only the header of HEIC: its pixels come from libheif. */
async function readHeic(bytes: Buffer, longSide: number): Promise<Pixels> {
  try {
    return await readPixels(openRaw(await decodeHeic(bytes)), longSide)
  } finally {
    freeMemory()
  }
}

/** Numbers of CIELab must not be averaged before they are colours. */
async function readLab(source: Sharp, longSide: number): Promise<Pixels> {
  const picture = await readPixels(source)
  labToSrgb(picture.data)
  return readPixels(openRaw(picture), longSide)
}

/** Colours by a profile that sharp did not see, and upright. */
async function settle(pixels: Pixels, unapplied: UnappliedMetadata): Promise<Pixels> {
  if (!unapplied.icc && unapplied.orientation === 1) return pixels
  return readPixels(sharp(wrapPixels(pixels, unapplied), { limitInputPixels: false }).autoOrient())
}

const openRaw = ({ data, width, height }: Pixels) => sharp(data, { raw: { width, height, channels: 3 } })

async function readPixels(source: Sharp, longSide?: number): Promise<Pixels> {
  const sized = longSide === undefined ? source : source.resize(longSide, longSide, INSIDE)
  try {
    const { data, info } = await sized
      .flatten({ background: BACKGROUND })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    return { data, width: info.width, height: info.height }
  } catch (error) {
    throw new PictureRefused(tooManyPixels(error) ? 'too_many_pixels' : 'damaged', error)
  }
}

const INSIDE = { fit: 'inside', withoutEnlargement: true } as const

const tooManyPixels = (error: unknown) => error instanceof Error && error.message.includes('pixel limit')

const withoutMark = (exif: Buffer | undefined) =>
  exif ? exif.subarray(exif.toString('latin1', 0, 6) === 'Exif\0\0' ? 6 : 0) : null
