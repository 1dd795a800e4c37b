import type { Db } from '@pix/db/client.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { detectionLongSide } from '@pix/faces/engine.ts'
import type { FaceEngines } from '@pix/faces/engine.ts'
import type { FaceEngine } from '@pix/faces/types.ts'
import { originalKey, photoKeys, previewKey, thumbnailKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET, readWhole, type Storage } from '@pix/platform/storage.ts'
import { eq, sql } from 'drizzle-orm'
import { createHash } from 'node:crypto'
import { decodePicture } from '../picture/decode-picture.ts'
import { type Derivatives, makeDerivatives } from '../picture/derivatives.ts'
import { fingerprint } from '../picture/fingerprint.ts'
import { measureSharpness } from '../picture/measure-sharpness.ts'
import type { PictureLimits } from '../picture/limits.ts'
import type { Mark } from '../picture/watermark.ts'
import { readCameraFacts } from '../picture/read-metadata.ts'
import { PictureRefused, type Refusal } from '../picture/refused.ts'
import { engineFor } from './engine-for.ts'
import { giveUp } from './photo-tries.ts'
import { recordPhoto } from './record-photo.ts'
import { stopwatch, type Stopwatch } from '../stopwatch.ts'

export interface PhotoDeps {
  db: Db
  storage: Storage
  engines: FaceEngines
  limits: PictureLimits
  now: () => Date
}

/** What happened to a photo. A processed one has the quality of each face found, and milliseconds by step. */
export type PhotoOutcome =
  | { kind: 'processed'; eventId: string; qualities: number[]; steps: Record<string, number> }
  | { kind: 'refused'; eventId: string; refusal: Refusal }
  /** Deleted meanwhile. */
  | { kind: 'gone' }
  /** This worker lacks the engine of its event. */
  | { kind: 'no_engine'; eventId: string }

/**
 * The one pass over a photo (spec/20): everything is made from one decode and stored, then the row becomes `processed`.
 * After a crash at any place the next try gives the same result.
 *
 * @param signal aborted when the photo takes too long
 * @throws Error for anything that another try may not meet
 */
export async function processPhoto(deps: PhotoDeps, photoId: string, signal: AbortSignal): Promise<PhotoOutcome> {
  const photo = await findPhoto(deps.db, photoId)
  if (!photo) return { kind: 'gone' }
  const { eventId } = photo
  const watch = stopwatch(signal)
  try {
    const engine = await engineFor(deps, eventId)
    if (!engine) return { kind: 'no_engine', eventId }
    const qualities = await process(deps, photo, engine, watch)
    if (qualities === 'gone') return { kind: 'gone' }
    if (qualities === 'other_engine') return await processPhoto(deps, photoId, signal)
    return { kind: 'processed', eventId, qualities, steps: watch.steps }
  } catch (error) {
    if (!(error instanceof PictureRefused)) throw error
    await giveUp(deps.db, photoId, error.refusal)
    return { kind: 'refused', eventId, refusal: error.refusal }
  }
}

type Photo = NonNullable<Awaited<ReturnType<typeof findPhoto>>>

async function findPhoto(db: Db, photoId: string) {
  const [photo] = await db
    .select({
      id: photos.id,
      eventId: photos.eventId,
      format: photos.format,
      sha256: photos.sha256,
      watermarkText: events.watermarkText,
      watermarkPlace: events.watermarkPlace,
      enhanced: events.enhancePreviews,
      logo: sql<string | null>`case when ${events.watermarkLogo} then ${studios.logo} end`,
    })
    .from(photos)
    .innerJoin(events, eq(events.id, photos.eventId))
    .innerJoin(studios, eq(studios.id, events.studioId))
    .where(eq(photos.id, photoId))
  return photo
}

/**
 * @returns the quality of each face found; or that the event has changed its engine meanwhile: its photos are read with another now; or
 *   that the photo was deleted meanwhile: what was stored of it since is deleted, too
 */
async function process(
  deps: PhotoDeps,
  photo: Photo,
  engine: FaceEngine,
  watch: Stopwatch,
): Promise<number[] | 'other_engine' | 'gone'> {
  const original = await watch('fetch', () => fetchOriginal(deps.storage, photo))
  const picture = await watch('decode', () => decodePicture(original, detectionLongSide, deps.limits))
  const camera = await watch('metadata', () => readCameraFacts(picture.exif, picture.xmp))
  const faces = await watch('faces', () => engine.detect(picture.pixels))
  const boxes = faces.map(face => face.box)
  const mark = await readMark(deps.storage, photo)
  const { files, medium } = await watch('derivatives', () =>
    makeDerivatives(picture.pixels, mark, boxes, photo.enhanced),
  )
  const print = await watch('fingerprint', () => fingerprint(medium))
  const sharpness = await watch('sharpness', () => measureSharpness(picture.pixels))
  await watch('store', () => storeDerivatives(deps.storage, photo, files))
  const { width, height } = picture
  const facts = { width, height, sharpness, cameraFactsRead: true, ...camera, ...print }
  const recorded = await watch('record', () => recordPhoto({ ...deps, engine }, photo, facts, faces))
  if (recorded === 'gone') await deps.storage.delete(MAIN_BUCKET, photoKeys(photo))
  return recorded === 'recorded' ? faces.map(face => face.quality) : recorded
}

/** @throws Error when it is not there, or other bytes are */
export async function fetchOriginal(
  storage: Storage,
  { eventId, id, format, sha256 }: Pick<Photo, 'eventId' | 'id' | 'format' | 'sha256'>,
): Promise<Buffer> {
  const bytes = await readWhole(storage, MAIN_BUCKET, originalKey(eventId, id, format))
  if (!bytes) throw new Error('the original is not in storage')
  const found = createHash('sha256').update(bytes).digest('hex')
  if (found !== sha256) throw new Error(`the original in storage has SHA-256 ${found} instead of ${sha256}`)
  return bytes
}

/** The mark of the photo's previews. Where the logo is gone meanwhile, it is the words. */
async function readMark(storage: Storage, { watermarkText, watermarkPlace, logo }: Photo): Promise<Mark> {
  const bytes = logo === null ? null : await readWhole(storage, MAIN_BUCKET, logo)
  return { words: watermarkText, place: watermarkPlace, logo: bytes }
}

async function storeDerivatives(storage: Storage, { eventId, id }: Photo, files: Derivatives): Promise<void> {
  const put = (key: string, bytes: Buffer) => storage.put(MAIN_BUCKET, key, bytes, { contentType: 'image/jpeg' })
  await Promise.all([
    put(thumbnailKey(eventId, 'small', id), files.small),
    put(thumbnailKey(eventId, 'medium', id), files.medium),
    put(thumbnailKey(eventId, 'phone', id), files.phone),
    put(thumbnailKey(eventId, 'large', id), files.large),
    put(previewKey(eventId, id), files.preview),
  ])
}
