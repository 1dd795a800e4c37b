import type { Readable } from 'node:stream'
import type { UploadOutcome } from '@pix/contracts/photos.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { PRIORITY } from '@pix/jobs/job.ts'
import { processPhoto } from '@pix/jobs/photos.ts'
import { originalKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { and, eq } from 'drizzle-orm'
import type { Deps } from '../../deps.ts'
import { receiveBytes, RefusedUpload } from './receive-bytes.ts'

export interface Upload {
  eventId: string
  photographerId: string
  fileName: string
  body: Readable & { truncated?: boolean }
  kind: 'single' | 'batch'
}

/**
 * Streams one original to storage and writes its row; the worker takes it from there. The same bytes in the same event
 * are stored once: the unique index decides races, and the loser's copy is removed. Whatever fails leaves no object and
 * no row.
 */
export async function uploadPhoto(deps: Deps, upload: Upload): Promise<UploadOutcome> {
  const { storage, settings, enqueue, live } = deps
  const { eventId, fileName } = upload
  const limits = { maxPixels: settings.UPLOAD_MAX_PIXELS, minSide: settings.UPLOAD_MIN_SIDE }
  try {
    const { format, contentType, body, sha256 } = await receiveBytes(upload.body, limits)
    const photoId = deps.newId()
    const key = originalKey(eventId, photoId, format)
    const { size } = await storage.put(MAIN_BUCKET, key, body, { contentType })
    const hash = sha256()
    const stored = await insertRow(deps, upload, { id: photoId, sha256: hash, bytes: size, format })
    if (stored !== photoId) {
      await storage.delete(MAIN_BUCKET, key)
      return { fileName, outcome: 'duplicate', photoId: stored, sha256: hash, code: null }
    }
    await enqueue(processPhoto, { photoId }, { priority: PRIORITY[upload.kind] })
    await live.publish(`photos:${eventId}`)
    return { fileName, outcome: 'stored', photoId, sha256: hash, code: null }
  } catch (error) {
    if (error instanceof RefusedUpload) {
      return { fileName, outcome: 'refused', photoId: null, sha256: null, code: error.code }
    }
    throw error
  }
}

type Facts = { id: string; sha256: string; bytes: number; format: string }

/** @returns the id of the photo that has these bytes: the given one, or the one that was there */
async function insertRow(deps: Deps, upload: Upload, facts: Facts): Promise<string> {
  const { db, now, storage } = deps
  const { eventId, photographerId, fileName } = upload
  try {
    const [inserted] = await db
      .insert(photos)
      .values({ ...facts, eventId, photographerId, fileName, createdAt: now(), queuedAt: now() })
      .onConflictDoNothing({ target: [photos.eventId, photos.sha256] })
      .returning({ id: photos.id })
    if (inserted) return inserted.id
    const [before] = await db
      .select({ id: photos.id })
      .from(photos)
      .where(and(eq(photos.eventId, eventId), eq(photos.sha256, facts.sha256)))
    if (before) return before.id
    throw new Error('a photo both was there and was not')
  } catch (error) {
    await storage.delete(MAIN_BUCKET, originalKey(eventId, facts.id, facts.format)).catch((fault: unknown) => {
      deps.log.warn({ err: fault, photoId: facts.id }, 'an original without a row stays behind')
    })
    throw error
  }
}
