import { SELFIE_LONG_SIDE } from '@pix/domain/picture-sizes.ts'
import { openFaceEngines } from '@pix/faces/engine.ts'
import type { SelfieReading } from '@pix/faces/types.ts'
import sharp from 'sharp'
import { lowerPriority } from '../children/lower-priority.ts'
import { serveParent } from '../children/serve-parent.ts'
import { decodePicture } from '../picture/decode-picture.ts'
import { selfieLimits } from '../picture/limits.ts'
import { PictureRefused, type Refusal } from '../picture/refused.ts'
import { openEngine } from '../photos/engine-for.ts'
import { engineOptions, type Settings } from '../settings.ts'
import { stopwatch } from '../stopwatch.ts'

/** A selfie, and the model version of its event's faces; null while the event has none. */
export interface Selfie {
  bytes: Uint8Array
  model: string | null
}

/** What was found in a selfie, or why it cannot be read. Times are milliseconds by step. */
export type SelfieReply = { steps: Record<string, number> } & (
  | { kind: 'read'; reading: SelfieReading; model: string }
  | { kind: 'undecodable'; refusal: Refusal }
  /** This worker lacks the engine of its event. */
  | { kind: 'no_engine' }
)

/**
 * Reads selfies, one at a time. It knows no database, storage or Redis: all that a hostile picture can reach here is
 * the next one.
 */
serveParent<Settings, Selfie, SelfieReply, { runtime: string }>(async settings => {
  lowerPriority(SELFIE_NICE)
  sharp.concurrency(1)
  sharp.cache(false)
  const engines = await openFaceEngines(engineOptions(settings))
  const preferred = await engines.open(engines.available[0]!)
  const limits = selfieLimits(settings)
  return {
    about: { runtime: preferred.runtime },
    async run({ bytes, model }, signal) {
      const watch = stopwatch(signal)
      const engine = model === null ? preferred : await openEngine(engines, model)
      if (!engine) return { kind: 'no_engine', steps: watch.steps }
      const selfie = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      try {
        const { pixels } = await watch('decode', () => decodePicture(selfie, SELFIE_LONG_SIDE, limits))
        const reading = await watch('faces', () => engine.readSelfie(pixels))
        return { kind: 'read', reading, model: engine.modelVersion, steps: watch.steps }
      } catch (error) {
        if (!(error instanceof PictureRefused)) throw error
        return { kind: 'undecodable', refusal: error.refusal, steps: watch.steps }
      }
    },
  }
})

/** Before photos, behind matching, which takes milliseconds and has somebody waiting as well. */
const SELFIE_NICE = 5
