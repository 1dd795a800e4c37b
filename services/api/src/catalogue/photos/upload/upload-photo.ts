import type { UploadOutcome } from '@pix/contracts/photos.ts'
import type { Tx } from '@pix/db/client.ts'
import { begunUploads, photos } from '@pix/db/schema/photos.ts'
import { PRIORITY } from '@pix/jobs/job.ts'
import { processPhoto } from '@pix/jobs/photos.ts'
import { originalKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { CallerContext, Context } from '../../../base/context.ts'
import { photographEvent } from '../../events/index.ts'
import type { PhotoFormat } from './detect-format.ts'
import { type Limits, receiveBytes } from './receive-bytes.ts'

export interface Upload {
  eventId: string
  fileName: string
  body: AsyncIterable<Buffer>
  kind: 'single' | 'batch'
  /** Awaited before each piece is taken: people who search go first (http/search-priority.ts). */
  pause: () => Promise<void>
}

/** An original in storage that is no photo yet: it is to be recorded or dropped. */
export interface KeptOriginal {
  upload: Upload
  original: Original
  facts: { sha256: string; bytes: number; format: PhotoFormat }
}

/** What a photo may measure. */
export const limitsOf = ({ settings }: Pick<Context, 'settings'>): Limits => ({
  maxPixels: settings.UPLOAD_MAX_PIXELS,
  minSide: settings.UPLOAD_MIN_SIDE,
})

/**
 * Streams one original to storage. Whatever fails leaves no object and no row; what a killed process leaves, the
 * worker's sweep of `begun_uploads` removes.
 *
 * @throws RefusedUpload
 */
export async function keepOriginal(ctx: Context, upload: Upload): Promise<KeptOriginal> {
  const { storage } = ctx
  const { format, contentType, body, sha256 } = await receiveBytes(upload.body, limitsOf(ctx), upload.pause)
  const original = await beginOriginal(ctx, upload.eventId, format)
  try {
    const { size } = await storage.put(MAIN_BUCKET, original.key, body, { contentType })
    return { upload, original, facts: { sha256: sha256(), bytes: size, format } }
  } catch (error) {
    await dropOriginal(ctx, original)
    throw error
  }
}

/**
 * Writes the row; the worker takes it from there. The same bytes in the same event are stored once: the unique index
 * decides races, and the loser's copy is removed.
 */
export async function recordPhoto(
  ctx: CallerContext,
  { upload, original, facts }: KeptOriginal,
): Promise<UploadOutcome> {
  const { enqueue, live, log } = ctx
  const { eventId, fileName, kind } = upload
  const photoId = await insertRow(ctx, upload, original.photoId, facts).catch(async (error: unknown) => {
    await dropOriginal(ctx, original)
    throw error
  })
  const { sha256 } = facts
  if (photoId !== original.photoId) {
    await dropOriginal(ctx, original)
    return { fileName, outcome: 'duplicate', photoId, sha256, code: null }
  }
  log.info({ photoId, eventId }, 'a photo was taken in')
  await enqueue(processPhoto, { photoId }, { priority: PRIORITY[kind] })
  await live.publish(`photos:${eventId}`)
  return { fileName, outcome: 'stored', photoId, sha256, code: null }
}

/** An original's place in storage, before its first byte. */
export interface Original {
  photoId: string
  key: string
}

/** Notes an original before its first byte, so that a sweep removes the object of a process that dies. */
export async function beginOriginal({ db, newId, now }: Context, eventId: string, format: string): Promise<Original> {
  const photoId = newId()
  const original = { photoId, key: originalKey(eventId, photoId, format) }
  await db.insert(begunUploads).values({ ...original, eventId, createdAt: now() })
  return original
}

/** Writes no row for an uploader who lost the right to upload while the bytes came. */
function insertRow(
  ctx: CallerContext,
  { eventId, fileName }: Upload,
  id: string,
  facts: { sha256: string; bytes: number; format: string },
): Promise<string> {
  return photographEvent(ctx, eventId, async ({ db: tx, now, caller }) => {
    const [inserted] = await tx
      .insert(photos)
      .values({ ...facts, id, eventId, photographerId: caller.userId, fileName, createdAt: now(), queuedAt: now() })
      .onConflictDoNothing({ target: [photos.eventId, photos.sha256], where: isNull(photos.deletedAt) })
      .returning({ id: photos.id })
    if (inserted) {
      await endUpload(tx, id)
      return inserted.id
    }
    const [before] = await tx
      .select({ id: photos.id })
      .from(photos)
      .where(and(eq(photos.eventId, eventId), eq(photos.sha256, facts.sha256), isNull(photos.deletedAt)))
    if (before) return before.id
    throw new Error('a photo both was there and was not')
  })
}

/** In the transaction that writes the photo's row. @throws Error where the sweep has taken its original */
export async function endUpload(tx: Tx, photoId: string): Promise<void> {
  const begun = and(eq(begunUploads.photoId, photoId), eq(begunUploads.abandoned, false))
  const { rowCount } = await tx.delete(begunUploads).where(begun)
  if (rowCount !== 1) throw new Error('the upload took so long that its original was given up')
}

/**
 * Deletes an original whose photo came to nothing. The photo's row may have been committed although the answer was
 * lost: then the original stays. The object goes first: while the row of its upload stands, the sweep comes for both.
 */
export async function dropOriginal({ db, storage, log }: Context, { photoId, key }: Original): Promise<void> {
  try {
    await db.transaction(async tx => {
      const isIt = eq(begunUploads.photoId, photoId)
      const [begun] = await tx.select({ key: begunUploads.key }).from(begunUploads).where(isIt).for('update')
      if (!begun) return
      await storage.delete(MAIN_BUCKET, key)
      await tx.delete(begunUploads).where(isIt)
    })
  } catch (error) {
    log.warn({ err: error, photoId }, 'an original without a photo is left to the sweep')
  }
}
