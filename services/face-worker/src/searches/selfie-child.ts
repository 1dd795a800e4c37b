import { createFaceEngine } from '@pix/faces/engine.ts'
import type { SelfieReading } from '@pix/faces/types.ts'
import sharp from 'sharp'
import { lowerPriority } from '../children/lower-priority.ts'
import { serveParent } from '../children/serve-parent.ts'
import { decodePicture } from '../picture/decode-picture.ts'
import { selfieLimits } from '../picture/limits.ts'
import { PictureRefused, type Refusal } from '../picture/refused.ts'
import type { Settings } from '../settings.ts'
import { stopwatch } from '../stopwatch.ts'

/** What was found in a selfie, or why it cannot be decoded. Times are milliseconds by step. */
export type SelfieReply = { steps: Record<string, number> } & (
  | { kind: 'read'; reading: SelfieReading }
  | { kind: 'undecodable'; refusal: Refusal }
)

/** Longer side that a selfie is decoded to: its face fills much of it. */
const SELFIE_LONG_SIDE = 1600

/**
 * Reads selfies, one at a time. It knows no database, storage or Redis: all that a hostile picture can reach here is
 * the next one.
 */
serveParent<Settings, Uint8Array, SelfieReply, { runtime: string }>(async settings => {
  lowerPriority(SELFIE_NICE)
  sharp.concurrency(1)
  sharp.cache(false)
  const engine = await createFaceEngine({
    engine: 'face-api',
    runtime: settings.FACE_RUNTIME,
    cacheDir: settings.FACE_CACHE_DIR,
  })
  const limits = selfieLimits(settings)
  return {
    about: { runtime: engine.runtime },
    async run(bytes, signal) {
      const watch = stopwatch(signal)
      const selfie = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      try {
        const { pixels } = await watch('decode', () => decodePicture(selfie, SELFIE_LONG_SIDE, limits))
        const reading = await watch('faces', () => engine.readSelfie(pixels))
        return { kind: 'read', reading, steps: watch.steps }
      } catch (error) {
        if (!(error instanceof PictureRefused)) throw error
        return { kind: 'undecodable', refusal: error.refusal, steps: watch.steps }
      }
    },
  }
})

/** Before photos, behind matching, which takes milliseconds and has somebody waiting as well. */
const SELFIE_NICE = 5
