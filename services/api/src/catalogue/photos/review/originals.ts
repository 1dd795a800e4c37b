/** What an original is, by its format. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  tiff: 'image/tiff',
  avif: 'image/avif',
  heic: 'image/heic',
}

export const mediaTypeOf = (format: string): string => MEDIA_TYPES[format] ?? 'application/octet-stream'

/** Every browser we know shows it. */
export const isShown = (format: string): boolean => ['jpg', 'png', 'webp', 'avif'].includes(format)
