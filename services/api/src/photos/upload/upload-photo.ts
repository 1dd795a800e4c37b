import type { Readable } from 'node:stream'
import type { UploadOutcome } from '@pix/contracts/photos.ts'
import { begunUploads, photos } from '@pix/db/schema/photos.ts'
import { PRIORITY } from '@pix/jobs/job.ts'
import { processPhoto } from '@pix/jobs/photos.ts'
import { originalKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { and, eq } from 'drizzle-orm'
import type { Deps } from '../../deps.ts'
import type { PhotoFormat } from './detect-format.ts'
import { type Incoming, receiveBytes, RefusedUpload } from './receive-bytes.ts'

export interface Upload {
  eventId: string
  photographerId: string
  fileName: string
  body: Readable & { truncated?: boolean }
  kind: 'single' | 'batch'
  /** Awaited before each piece is taken: people who search go first (http/right-of-way.ts). */
  turn: () => Promise<void>
}

/**
 * Streams one original to storage and writes its row; the worker takes it from there. The same bytes in the same event
 * are stored once: the unique index decides races, and the loser's copy is removed. Whatever fails leaves no object and
 * no row; what a killed process leaves, the worker's sweep of `begun_uploads` removes.
 */
export async function uploadPhoto(deps: Deps, upload: Upload): Promise<UploadOutcome> {
  const { settings, enqueue, live, log } = deps
  const { eventId, fileName } = upload
  const limits = { maxPixels: settings.UPLOAD_MAX_PIXELS, minSide: settings.UPLOAD_MIN_SIDE }
  try {
    const incoming = await receiveBytes(upload.body, limits, upload.turn)
    const original = await begin(deps, eventId, incoming.format)
    const { photoId, sha256 } = await store(deps, upload, original, incoming).catch(async (error: unknown) => {
      await drop(deps, original)
      throw error
    })
    if (photoId !== original.photoId) {
      await drop(deps, original)
      return { fileName, outcome: 'duplicate', photoId, sha256, code: null }
    }
    log.info({ photoId, eventId }, 'a photo was taken in')
    await enqueue(processPhoto, { photoId }, { priority: PRIORITY[upload.kind] })
    await live.publish(`photos:${eventId}`)
    return { fileName, outcome: 'stored', photoId, sha256, code: null }
  } catch (error) {
    if (error instanceof RefusedUpload) {
      return { fileName, outcome: 'refused', photoId: null, sha256: null, code: error.code }
    }
    throw error
  }
}

interface Original {
  photoId: string
  key: string
}

async function begin({ db, newId, now }: Deps, eventId: string, format: PhotoFormat): Promise<Original> {
  const photoId = newId()
  const original = { photoId, key: originalKey(eventId, photoId, format) }
  await db.insert(begunUploads).values({ ...original, createdAt: now() })
  return original
}

/** @returns the photo that has these bytes: the original's, or the one that was there */
async function store(
  deps: Deps,
  upload: Upload,
  original: Original,
  { format, contentType, body, sha256 }: Incoming,
): Promise<{ photoId: string; sha256: string }> {
  const { size } = await deps.storage.put(MAIN_BUCKET, original.key, body, { contentType })
  const facts = { sha256: sha256(), bytes: size, format }
  return { photoId: await insertRow(deps, upload, original.photoId, facts), sha256: facts.sha256 }
}

function insertRow(
  { db, now }: Deps,
  { eventId, photographerId, fileName }: Upload,
  id: string,
  facts: { sha256: string; bytes: number; format: string },
): Promise<string> {
  return db.transaction(async tx => {
    const [inserted] = await tx
      .insert(photos)
      .values({ ...facts, id, eventId, photographerId, fileName, createdAt: now(), queuedAt: now() })
      .onConflictDoNothing({ target: [photos.eventId, photos.sha256] })
      .returning({ id: photos.id })
    if (inserted) {
      const begun = and(eq(begunUploads.photoId, id), eq(begunUploads.abandoned, false))
      const { rowCount } = await tx.delete(begunUploads).where(begun)
      if (rowCount !== 1) throw new Error('the upload took so long that its original was given up')
      return inserted.id
    }
    const [before] = await tx
      .select({ id: photos.id })
      .from(photos)
      .where(and(eq(photos.eventId, eventId), eq(photos.sha256, facts.sha256)))
    if (before) return before.id
    throw new Error('a photo both was there and was not')
  })
}

/** The object first: while the row stands, the sweep will come for both. */
async function drop({ db, storage, log }: Deps, { photoId, key }: Original): Promise<void> {
  try {
    await storage.delete(MAIN_BUCKET, key)
    await db.delete(begunUploads).where(eq(begunUploads.photoId, photoId))
  } catch (error) {
    log.warn({ err: error, photoId }, 'an original without a photo is left to the sweep')
  }
}
