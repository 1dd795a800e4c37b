import { CONTENT_TYPES } from '../upload/detect-format.ts'

/** By what the row of a photo has as its format. */
const MEDIA_TYPES: Readonly<Record<string, string>> = CONTENT_TYPES

export const mediaTypeOf = (format: string): string => MEDIA_TYPES[format] ?? 'application/octet-stream'

/** Every browser we know shows it. */
export const isShown = (format: string): boolean => ['jpg', 'png', 'webp', 'avif'].includes(format)
