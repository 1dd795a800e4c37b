import type { Db } from '@pix/db/client.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { detectionLongSide } from '@pix/faces/engine.ts'
import { and, eq } from 'drizzle-orm'
import { decodePicture } from '../picture/decode-picture.ts'
import { PictureRefused, type Refusal } from '../picture/refused.ts'
import { openEngine } from '../photos/engine-for.ts'
import { fetchOriginal, type PhotoDeps } from '../photos/process-photo.ts'
import { stopwatch } from '../stopwatch.ts'
import { recordReread } from './record-reread.ts'

/** A photo that is to be read again, and the model version of the faces wanted. */
export interface RereadWork {
  rereadId: string
  photoId: string
  model: string
}

/** What happened to it. Times are milliseconds by step. */
export type RereadOutcome =
  | { kind: 'read'; faces: number; steps: Record<string, number> }
  | { kind: 'refused'; refusal: Refusal }
  /** Deleted meanwhile, or processed once more just now. */
  | { kind: 'gone' }
  /** Its event has changed, or the change was cancelled. */
  | { kind: 'over' }
  | { kind: 'no_engine' }

/**
 * Looks once more for the faces of a processed photo, with other models, and stores them beside those there are. Nothing
 * else of the photo changes. Repeating it gives the same result.
 *
 * @param signal aborted when the photo takes too long
 * @throws Error for anything that another try may not meet
 */
export async function rereadPhoto(
  deps: PhotoDeps,
  { rereadId, photoId, model }: RereadWork,
  signal: AbortSignal,
): Promise<RereadOutcome> {
  const watch = stopwatch(signal)
  const engine = await openEngine(deps.engines, model)
  if (!engine) return { kind: 'no_engine' }
  const photo = await findProcessed(deps.db, photoId)
  if (!photo) return { kind: 'gone' }
  try {
    const original = await watch('fetch', () => fetchOriginal(deps.storage, photo))
    const { pixels } = await watch('decode', () => decodePicture(original, detectionLongSide, deps.limits))
    const found = await watch('faces', () => engine.detect(pixels))
    const recorded = await watch('record', () => recordReread(deps, { rereadId, photo, model }, found))
    return recorded === 'read' ? { kind: 'read', faces: found.length, steps: watch.steps } : { kind: recorded }
  } catch (error) {
    if (!(error instanceof PictureRefused)) throw error
    return { kind: 'refused', refusal: error.refusal }
  }
}

async function findProcessed(db: Db, photoId: string) {
  const [photo] = await db
    .select({ id: photos.id, eventId: photos.eventId, format: photos.format, sha256: photos.sha256 })
    .from(photos)
    .where(and(eq(photos.id, photoId), eq(photos.state, 'processed')))
  return photo
}
