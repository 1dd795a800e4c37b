import sharp, { type Metadata, type Sharp } from 'sharp'
import { decodeHeic } from './decode-heic.ts'
import { freeMemory } from './free-memory.ts'
import { checkSize, type PictureLimits } from './limits.ts'
import { PictureRefused } from './refused.ts'

// What these loaders do not know is no picture: SVG, GIF, PDF and the rest never reach a decoder (spec/20 "Upload").
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Tiff', 'Heif'].map(format => `VipsForeignLoad${format}`),
})

/** Upright 8-bit RGB in sRGB. */
export interface Pixels {
  width: number
  height: number
  data: Buffer
}

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
  const metadata = await readHeader(bytes)
  const upright = metadata.autoOrient
  checkSize(upright, metadata.compression ?? '', limits)

  // sharp's library reads only the header of HEIC: its pixels come from libheif, already upright.
  const isHeic = metadata.format === 'heif' && metadata.compression === 'hevc'
  const pixels = isHeic ? await readHeic(bytes, longSide) : await readPixels(open(bytes, limits).autoOrient(), longSide)
  return {
    pixels,
    width: upright.width,
    height: upright.height,
    exif: withoutMark(metadata.exif),
    xmp: metadata.xmp ?? null,
  }
}

const open = (bytes: Buffer, { maxPixels }: PictureLimits) =>
  sharp(bytes, { failOn: 'error', limitInputPixels: maxPixels })

async function readHeader(bytes: Buffer): Promise<Metadata> {
  if (bytes.length === 0) throw new PictureRefused('not_an_image')
  try {
    return await sharp(bytes, { failOn: 'error', limitInputPixels: false }).metadata() // nothing is decoded
  } catch (error) {
    throw new PictureRefused('not_an_image', error)
  }
}

async function readHeic(bytes: Buffer, longSide: number): Promise<Pixels> {
  try {
    return await readPixels(openRaw(await decodeHeic(bytes)), longSide)
  } finally {
    freeMemory()
  }
}

const openRaw = ({ data, width, height }: { data: Uint8ClampedArray; width: number; height: number }) =>
  sharp(data, { raw: { width, height, channels: 4 } })

async function readPixels(source: Sharp, longSide: number): Promise<Pixels> {
  try {
    const { data, info } = await source
      .resize(longSide, longSide, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    return { data, width: info.width, height: info.height }
  } catch (error) {
    throw new PictureRefused(tooManyPixels(error) ? 'too_many_pixels' : 'damaged', error)
  }
}

const tooManyPixels = (error: unknown) => error instanceof Error && error.message.includes('pixel limit')

const withoutMark = (exif: Buffer | undefined) =>
  exif ? exif.subarray(exif.toString('latin1', 0, 6) === 'Exif\0\0' ? 6 : 0) : null
