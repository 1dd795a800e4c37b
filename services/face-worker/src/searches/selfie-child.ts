import { SELFIE_LONG_SIDE } from '@pix/domain/picture-sizes.ts'
import { type FaceEngines, openFaceEngines } from '@pix/faces/engine.ts'
import type { DetectedFace, RawImage, SelfieReading } from '@pix/faces/types.ts'
import sharp from 'sharp'
import { lowerPriority } from '../children/lower-priority.ts'
import { serveParent } from '../children/serve-parent.ts'
import { decodePicture } from '../picture/decode-picture.ts'
import { selfieLimits } from '../picture/limits.ts'
import { PictureRefused, type Refusal } from '../picture/refused.ts'
import { modelsOf, openEngine } from '../photos/engine-for.ts'
import { engineOptions, type Settings } from '../settings.ts'
import { stopwatch } from '../stopwatch.ts'

/** A selfie, and the model version of its event's faces; null while the event has none. */
export interface Selfie {
  bytes: Uint8Array
  model: string | null
  /** Every engine of this worker reads it, for somebody who does not want to be found. */
  byAll: boolean
}

/** What was found in a selfie, or why it cannot be read. Times are milliseconds by step. */
export type SelfieReply = { steps: Record<string, number> } & (
  | { kind: 'read'; reading: SelfieReading; model: string; others: ReadBy[] }
  | { kind: 'undecodable'; refusal: Refusal }
  /** This worker lacks the engine of its event. */
  | { kind: 'no_engine' }
)

/** The faces that another engine found in a selfie. */
export interface ReadBy {
  model: string
  faces: DetectedFace[]
}

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
    async run({ bytes, model, byAll }, signal) {
      const watch = stopwatch(signal)
      const engine = model === null ? preferred : await openEngine(engines, model)
      if (!engine) return { kind: 'no_engine', steps: watch.steps }
      const selfie = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      try {
        const { pixels } = await watch('decode', () => decodePicture(selfie, SELFIE_LONG_SIDE, limits))
        const reading = await watch('faces', () => engine.readSelfie(pixels))
        const further = byAll && reading.kind === 'faces' ? modelsOf(engines.available) : []
        const others: ReadBy[] = []
        for (const other of further)
          if (other !== engine.modelVersion)
            others.push({ model: other, faces: await watch('other_faces', () => readWith(engines, other, pixels)) })
        return { kind: 'read', reading, model: engine.modelVersion, others, steps: watch.steps }
      } catch (error) {
        if (!(error instanceof PictureRefused)) throw error
        return { kind: 'undecodable', refusal: error.refusal, steps: watch.steps }
      }
    },
  }
})

async function readWith(engines: FaceEngines, model: string, pixels: RawImage): Promise<DetectedFace[]> {
  const reading = await (await openEngine(engines, model))?.readSelfie(pixels)
  return reading?.kind === 'faces' ? reading.faces : []
}

/** Before photos, behind matching, which takes milliseconds and has somebody waiting as well. */
const SELFIE_NICE = 5
