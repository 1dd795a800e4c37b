import sharp from 'sharp'
import { lowerPriority } from '../children/lower-priority.ts'
import { serveParent } from '../children/serve-parent.ts'
import { decodePicture } from '../picture/decode-picture.ts'
import { selfieLimits } from '../picture/limits.ts'
import { PictureRefused, type Refusal } from '../picture/refused.ts'
import type { Settings } from '../settings.ts'
import { loadQrReader, readQrTexts } from './read-qr.ts'
import { readSlipCode, type SlipCode } from './slip-code.ts'

/** A slip is a phone's screen: in this size the smallest QR of a bank is read. */
const READ_LONG_SIDE = 2_600
/** In this size a person reads it. */
const SHOWN_LONG_SIDE = 1_600

/** The picture as JPEG, without anything but its pixels, and what its mini-QR says; or why it cannot be read. */
export type SlipReply =
  | { kind: 'read'; jpeg: Uint8Array; code: SlipCode | null }
  | { kind: 'refused'; refusal: Refusal }

/** Reads one slip. It knows no database, storage or Redis. */
serveParent<Settings, { bytes: Uint8Array }, SlipReply, object>(async settings => {
  lowerPriority()
  sharp.concurrency(1)
  sharp.cache(false)
  await loadQrReader()
  const limits = selfieLimits(settings)
  return {
    about: {},
    async run({ bytes }) {
      try {
        const picture = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
        const { pixels } = await decodePicture(picture, READ_LONG_SIDE, limits)
        const texts = await readQrTexts(pixels)
        const code = texts.map(readSlipCode).find(found => found !== null) ?? null
        const { data, width, height } = pixels
        const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
          .resize(SHOWN_LONG_SIDE, SHOWN_LONG_SIDE, { fit: 'inside', withoutEnlargement: true })
          .jpeg({ quality: 82 })
          .toBuffer()
        return { kind: 'read', jpeg, code }
      } catch (error) {
        if (error instanceof PictureRefused) return { kind: 'refused', refusal: error.refusal }
        throw error
      }
    },
  }
})
