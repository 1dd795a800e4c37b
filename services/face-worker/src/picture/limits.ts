import type { PictureSettings } from '@pix/platform/settings.ts'
import type { z } from 'zod'
import { PictureRefused } from './refused.ts'

/** What a picture may measure before its pixels are decoded. */
export interface PictureLimits {
  maxPixels: number
  /** Pixels on the longer side. */
  minSide: number
  /** Memory that decoding it may take by `BYTES_PER_PIXEL`. */
  decodeBytes: number
}

type Settings = z.output<typeof PictureSettings>
const MEGABYTE = 1024 * 1024

export const photoLimits = (settings: Settings): PictureLimits => ({
  maxPixels: settings.UPLOAD_MAX_PIXELS,
  minSide: settings.UPLOAD_MIN_SIDE,
  decodeBytes: settings.PHOTO_DECODE_MEGABYTES * MEGABYTE,
})

export const selfieLimits = (settings: Settings): PictureLimits => ({
  maxPixels: settings.SELFIE_MAX_PIXELS,
  minSide: 1,
  decodeBytes: settings.SELFIE_DECODE_MEGABYTES * MEGABYTE,
})

/**
 * What decoders hold at their peak, measured on 8-bit pictures with halved colour (docs/decisions/0017). JPEG, PNG, WebP
 * and TIFF are mostly decoded row by row; the worst of them, a progressive JPEG, keeps all its coefficients.
 */
const BYTES_PER_PIXEL: Record<string, number> = { hevc: 8, av1: 15 }
const OTHERS_PER_PIXEL = 6

/** @throws PictureRefused */
export function checkSize(size: { width: number; height: number }, compression: string, limits: PictureLimits): void {
  const pixels = size.width * size.height
  const memory = pixels * (BYTES_PER_PIXEL[compression] ?? OTHERS_PER_PIXEL)
  if (pixels > limits.maxPixels || memory > limits.decodeBytes) throw new PictureRefused('too_many_pixels')
  if (Math.max(size.width, size.height) < limits.minSide) throw new PictureRefused('too_small')
}
