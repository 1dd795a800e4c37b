/**
 * The boxes that the marked pictures of a photo fit into, in pixels of a wide one; they turn with an upright one (spec/20
 * "One pass per photo"; `phone` is docs/decisions/0019).
 */
export const PICTURE_BOXES = {
  preview: { long: 1920, short: 1080 },
  large: { long: 800, short: 600 },
  phone: { long: 720, short: 540 },
  medium: { long: 300, short: 300 },
} as const

/**
 * Side of a square picture without a watermark, in pixels. People who did not buy the photo get no larger one without
 * it (spec/20).
 */
export const SMALL_SIDE = 150

/** Longer side of the picture without a watermark that buyers see of their photo, in pixels (docs/decisions/0069). */
export const BOUGHT_LONG_SIDE = 1200

/** Longer side of the JPEG that buyers pass on, in pixels (spec/30 "Downloads"). */
export const SHARE_LONG_SIDE = 2048

/** JPEGs of a bought photo beside its original: one to pass on, and one of full size where few programs open the original. */
export const BOUGHT_JPEGS = ['share', 'full'] as const
export type BoughtJpeg = (typeof BOUGHT_JPEGS)[number]

/** Few programs open these formats: their photos come as a JPEG of full size, too. */
export const hasFullJpeg = (format: string): boolean => format === 'heic' || format === 'tiff'

/** The JPEGs that are made of an original. The one to pass on is made of a larger one alone. */
export const boughtJpegsOf = ({ format, width, height }: { format: string; width: number; height: number }) =>
  BOUGHT_JPEGS.filter(jpeg => (jpeg === 'share' ? Math.max(width, height) > SHARE_LONG_SIDE : hasFullJpeg(format)))

/** Longer side of a selfie, in pixels, before it is looked at: its face fills much of it. */
export const SELFIE_LONG_SIDE = 1600
