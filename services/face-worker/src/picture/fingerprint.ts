import sharp from 'sharp'
import { rgbaToThumbHash } from 'thumbhash'
import type { Pixels } from './pixels.ts'

/** What a grid shows before a picture has loaded, and what distinguishes look-alikes. */
export interface Fingerprint {
  /** ThumbHash. */
  placeholder: Buffer
  /** `#rrggbb`. */
  averageColor: string
  /** 64-bit difference hash as 16 hex digits: one bit per pixel of 8 × 8, set where it is darker than its right neighbour. */
  perceptualHash: string
}

/** @param small a picture of some hundred pixels: more would change nothing */
export async function fingerprint(small: Pixels): Promise<Fingerprint> {
  const image = sharp(small.data, { raw: { width: small.width, height: small.height, channels: 3 } })
  const { data, info } = await image
    .clone()
    .resize(100, 100, { fit: 'inside', withoutEnlargement: true })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const grey = await image.clone().greyscale().resize(9, 8, { fit: 'fill' }).raw().toBuffer()
  return {
    placeholder: Buffer.from(rgbaToThumbHash(info.width, info.height, data)),
    averageColor: averageColor(data),
    perceptualHash: differenceHash(grey),
  }
}

function averageColor(rgba: Buffer): string {
  const sums = [0, 0, 0]
  for (let i = 0; i < rgba.length; i += 4) for (const c of [0, 1, 2]) sums[c]! += rgba[i + c]!
  return `#${sums.map(sum => hex(Math.round(sum / (rgba.length / 4)))).join('')}`
}

/** @param grey 9 × 8 bytes */
export function differenceHash(grey: Uint8Array): string {
  const rows = Array.from({ length: 8 }, (_, y) => {
    let bits = 0
    for (let x = 0; x < 8; x++) bits = bits * 2 + Number(grey[y * 9 + x]! < grey[y * 9 + x + 1]!)
    return hex(bits)
  })
  return rows.join('')
}

const hex = (byte: number) => byte.toString(16).padStart(2, '0')
