import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import type { WatermarkPlace } from '@pix/domain/words.ts'
import sharp, { type OverlayOptions } from 'sharp'

// By file: a machine without any fonts renders Thai all the same (WOFF would be ignored there).
const FONT_FILE = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/noto-sans-thai/700Bold/NotoSansThai_700Bold.ttf',
)
const FONT_NAME = 'Noto Sans Thai Bold'

/** Opacity of the letters (spec/20 "Watermark"), and of their thin dark edge, which keeps them readable on white. */
const LETTERS = 0.3
const EDGE = 0.22
const ANGLE = -27
/** Letter size as a part of the picture's longer side, and the least in pixels that can still be read. */
const RELATIVE_SIZE: Record<WatermarkPlace, number> = { tiled: 0.02, corner: 0.035 }
const LEAST_SIZE = 11
/** The box of a logo, in letter sizes. */
const LOGO = { wide: 9, high: 4 }
/** Overlays kept: those of a few events in each size and direction. */
const CACHE_BYTES = 64 * 1024 * 1024

const overlays = new Map<string, Promise<Buffer>>()

/** What marks an event's previews. */
export interface Mark {
  words: string
  place: WatermarkPlace
  /** A PNG instead of the words. */
  logo: Buffer | null
}

/**
 * The event's mark for a whole picture of this size, to be laid over it. Made once per mark and size.
 *
 * @param width pixels
 * @param height pixels
 */
export async function watermark(mark: Mark, width: number, height: number): Promise<OverlayOptions> {
  const logo = mark.logo ? createHash('sha256').update(mark.logo).digest('hex') : ''
  const key = `${width}x${height} ${mark.place} ${logo} ${mark.words}`
  const known = overlays.get(key)
  overlays.delete(key) // and in again below: the Map's order is the order of use
  const made = known ?? makeOverlay(mark, width, height)
  overlays.set(key, made)
  made.catch(() => overlays.delete(key))
  const data = await made
  await forgetOldest()
  return { input: data, raw: { width, height, channels: 4 } }
}

async function forgetOldest(): Promise<void> {
  let bytes = 0
  for (const [key, overlay] of [...overlays].reverse()) {
    bytes += (await overlay.catch(() => Buffer.alloc(0))).length
    if (bytes > CACHE_BYTES) overlays.delete(key)
  }
}

async function makeOverlay(mark: Mark, width: number, height: number): Promise<Buffer> {
  const size = Math.max(LEAST_SIZE, RELATIVE_SIZE[mark.place] * Math.max(width, height))
  const piece = (mark.logo && (await faintLogo(mark.logo, size, width))) ?? (await letters(mark.words, size, width))
  return mark.place === 'corner' ? inCorner(piece, size, width, height) : tiled(piece, size, width, height)
}

/** Once, at the bottom right. */
async function inCorner(piece: Buffer, size: number, width: number, height: number): Promise<Buffer> {
  const gap = Math.round(size / 2)
  const input = await sharp(piece).resize({ width, height, fit: 'inside', withoutEnlargement: true }).png().toBuffer()
  const { width: wide, height: high } = await sharp(input).metadata()
  const at = { left: Math.max(0, width - wide - gap), top: Math.max(0, height - high - gap) }
  return clear(width, height)
    .composite([{ input, ...at }])
    .raw()
    .toBuffer()
}

async function tiled(piece: Buffer, size: number, width: number, height: number): Promise<Buffer> {
  const cell = await makeCell(piece, size)
  // Tiled over a whole number of cells, then cut: `tile` of a cell larger than the picture would be refused.
  const columns = Math.ceil(width / cell.width)
  const rows = Math.ceil(height / cell.height)
  const all = await clear(columns * cell.width, rows * cell.height)
    .composite([{ input: cell.png, tile: true }])
    .png({ compressionLevel: 1 })
    .toBuffer()
  return sharp(all).extract({ left: 0, top: 0, width, height }).raw().toBuffer()
}

/** One cell of the pattern: the slanted piece, and again shifted by half a cell, so that no clear lane is left. */
async function makeCell(piece: Buffer, size: number) {
  const slanted = sharp(piece).rotate(ANGLE, { background: '#00000000' })
  const { data: mark, info } = await slanted.png().toBuffer({ resolveWithObject: true })
  const gap = Math.round(size)
  const width = 2 * Math.ceil((info.width + gap) / 2)
  const height = 2 * (info.height + gap)
  const middle = { left: width / 2, top: height / 2 }
  const png = await clear(2 * width, height)
    .composite([
      { input: mark, left: 0, top: 0 },
      { input: mark, left: width, top: 0 },
      { input: mark, ...middle },
      // Begins in the cell and ends at the beginning of the next one.
      { input: mark, left: middle.left + width, top: middle.top },
    ])
    .png()
    .toBuffer()
  const wrapped = await sharp(png).extract({ left: width, top: 0, width, height }).png().toBuffer()
  return { png: wrapped, width, height }
}

/** Drawn where the organizer's words leave no trace: no photo is shown without a mark. */
const DEFAULT_WORDS = 'ThePixStock'

/** The words as they are drawn; null where there is nothing to see. */
async function draw(words: string, size: number): Promise<Buffer | null> {
  const text = { text: escapeMarkup(words), font: `${FONT_NAME} ${size}`, fontfile: FONT_FILE, dpi: 72, rgba: true }
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(words)) return null
  try {
    const drawn = await sharp({ text }).png().toBuffer()
    const { channels } = await sharp(drawn).stats()
    return channels.at(-1)!.max > 0 ? drawn : null
  } catch {
    return null // Pango makes no picture of letters without any width
  }
}

/** The logo as faint as the letters; null where it cannot be read, or nothing of it can be seen. */
async function faintLogo(logo: Buffer, size: number, pictureWidth: number): Promise<Buffer | null> {
  const width = Math.round(Math.min(LOGO.wide * size, pictureWidth * 0.9))
  try {
    const { data, info } = await sharp(logo)
      .ensureAlpha()
      .toColourspace('srgb')
      .resize({ width, height: Math.round(LOGO.high * size), fit: 'inside' })
      .raw()
      .toBuffer({ resolveWithObject: true })
    let most = 0
    for (let at = 3; at < data.length; at += 4) {
      most = Math.max(most, data[at]!)
      data[at] = Math.round(data[at]! * LETTERS)
    }
    const raw = { width: info.width, height: info.height, channels: 4 } as const
    return most === 0 ? null : await sharp(data, { raw }).png().toBuffer()
  } catch {
    return null
  }
}

/** The words in white with a dark edge, on nothing. */
async function letters(words: string, size: number, pictureWidth: number): Promise<Buffer> {
  const text = (await draw(words, size)) ?? (await draw(DEFAULT_WORDS, size))
  if (!text) throw new Error('the watermark cannot be drawn')
  const drawn = await sharp(text)
    .resize({ width: Math.round(pictureWidth * 0.9), withoutEnlargement: true })
    .png()
    .toBuffer()
  const edge = Math.max(1, Math.round(size / 16))
  const shape = await sharp(drawn)
    .extend({ top: edge, bottom: edge, left: edge, right: edge, background: '#00000000' })
    .extractChannel('alpha')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height } = shape.info
  const around = await sharp(shape.data, { raw: { width, height, channels: 1 } })
    .dilate(edge)
    .extractChannel(0)
    .raw()
    .toBuffer()
  const pixels = Buffer.alloc(width * height * 4)
  for (let i = 0; i < width * height; i++) {
    const inside = shape.data[i]! / 255
    const alpha = inside * LETTERS + (1 - inside) * (around[i]! / 255) * EDGE
    pixels.fill(Math.round(255 * (alpha === 0 ? 0 : (inside * LETTERS) / alpha)), i * 4, i * 4 + 3)
    pixels[i * 4 + 3] = Math.round(255 * alpha)
  }
  return sharp(pixels, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer()
}

const clear = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: '#00000000' } })

/** The words are the organizer's; Pango would read them as markup, and stumble over control characters. */
const escapeMarkup = (words: string) =>
  words
    .replaceAll(/\p{Cc}/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .trim()
