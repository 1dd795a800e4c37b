import type { PhotoFormat } from '../detect-format.ts'
import { heifSize } from './heif-size.ts'
import { jpegSize } from './jpeg-size.ts'
import { pngSize } from './png-size.ts'
import { readTiff } from './read-tiff.ts'
import type { Header, Size } from './size.ts'
import { webpSize } from './webp-size.ts'

const SIZES = { jpg: jpegSize, png: pngSize, webp: webpSize, avif: heifSize, heic: heifSize }

/**
 * Reads the header of a file: numbers at known places, and a bounded count of offsets. Nothing is decoded or inflated,
 * so a hostile file costs no more than an honest one (docs/decisions/0018).
 */
export function readHeader(format: PhotoFormat, head: Buffer): Header {
  if (format === 'tiff') return readTiff(head)
  return { size: sane(SIZES[format](head)), refusal: null }
}

const sane = (size: Size | null): Size | null => (size && size.width > 0 && size.height > 0 ? size : null)
