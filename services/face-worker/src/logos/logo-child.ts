import sharp from 'sharp'
import { lowerPriority } from '../children/lower-priority.ts'
import { serveParent } from '../children/serve-parent.ts'
import { takeOnly } from '../picture/decode-picture.ts'
import { checkSize, selfieLimits } from '../picture/limits.ts'
import { PictureRefused, type Refusal } from '../picture/refused.ts'
import type { Settings } from '../settings.ts'

/** A logo is drawn 160 × 40 pixels at most; screens have up to three pixels for one. */
const BOX = { width: 480, height: 160 }

/** The picture as PNG, without anything but its pixels; or why it cannot be read. */
export type LogoReply = { kind: 'read'; png: Uint8Array } | { kind: 'refused'; refusal: Refusal }

/** Reads one logo. It knows no database, storage or Redis. */
serveParent<Settings, { bytes: Uint8Array }, LogoReply, object>(async settings => {
  lowerPriority()
  sharp.concurrency(1)
  sharp.cache(false)
  takeOnly(['Png', 'Jpeg', 'Webp'])
  const limits = selfieLimits(settings)
  return {
    about: {},
    async run({ bytes }) {
      try {
        const picture = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
        const { autoOrient } = await sharp(picture, { limitInputPixels: false }).metadata()
        checkSize(autoOrient, '', limits)
        return { kind: 'read', png: await decode(picture, limits.maxPixels) }
      } catch (error) {
        return { kind: 'refused', refusal: error instanceof PictureRefused ? error.refusal : 'not_an_image' }
      }
    },
  }
})

async function decode(picture: Buffer, limitInputPixels: number): Promise<Uint8Array> {
  try {
    return await sharp(picture, { limitInputPixels, failOn: 'error' })
      .autoOrient()
      .resize(BOX.width, BOX.height, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .png()
      .toBuffer()
  } catch (error) {
    throw new PictureRefused('damaged', error)
  }
}
