/** What may be uploaded, by content; the name of a file decides nothing. SVG, GIF, PDF and the rest are refused. */
export type PhotoFormat = 'jpg' | 'png' | 'webp' | 'tiff' | 'avif' | 'heic'

export const CONTENT_TYPES: Record<PhotoFormat, string> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  tiff: 'image/tiff',
  avif: 'image/avif',
  heic: 'image/heic',
}

/** Brands of ISO base media files (HEIF, ISO/IEC 23008-12; AVIF 1.1). */
const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'])
const AVIF_BRANDS = new Set(['avif', 'avis'])

/** @param head the first bytes of the file; 12 suffice but for HEIF, whose brands may go on to byte 64 */
export function detectFormat(head: Buffer): PhotoFormat | null {
  const text = (start: number, end: number) => head.toString('latin1', start, end)
  if (head.length < 12) return null
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'jpg'
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'png'
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'webp'
  if (['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].includes(text(0, 4))) return 'tiff'
  if (text(4, 8) !== 'ftyp') return null

  const size = Math.min(head.readUInt32BE(0), head.length, 256)
  const brands = [text(8, 12)]
  for (let at = 16; at + 4 <= size; at += 4) brands.push(text(at, at + 4))
  if (brands.some(brand => AVIF_BRANDS.has(brand))) return 'avif'
  return brands.some(brand => HEIC_BRANDS.has(brand)) ? 'heic' : null
}

/** Raw formats that are no TIFF: Canon CR3, Fujifilm, Olympus, Panasonic, Sigma, Minolta. */
const RAW_BEGINNINGS = ['FUJIFILMCCD-RAW', 'IIRO', 'IIRS', 'MMOR', 'IIU\0', 'FOVb', '\0MRM']

/** Whether a file that `detectFormat` does not know is a camera's raw file: its refusal says so. */
export const isRaw = (head: Buffer): boolean =>
  head.toString('latin1', 4, 12) === 'ftypcrx ' ||
  RAW_BEGINNINGS.some(mark => head.toString('latin1', 0, mark.length) === mark)
