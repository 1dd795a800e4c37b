import type { Queryable } from '@pix/db/client.ts'
import { events } from '@pix/db/schema/events.ts'
import { orderLines } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { statementFiles } from '@pix/db/schema/statements.ts'
import { facesKey, liveProbeKey, objectorKey, probeKey } from '@pix/jobs/faces.ts'
import { photoKeys, selfieKey, statementKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { asc, eq, exists, inArray, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'

/** Photos that are deleted at once. */
const PIECE = 100

/**
 * Deletes photos, some at a time. Their objects go first, so that a crash leaves rows that are found again. A photo
 * that an order names keeps its row, without what the row says of the picture.
 *
 * @param which a condition on the table of photos; a photo that is deleted must not fit it any more
 */
export async function deletePhotos({ db, storage, now }: Context, which: SQL): Promise<void> {
  for (;;) {
    const some = await db
      .select({
        id: photos.id,
        eventId: photos.eventId,
        format: photos.format,
        ordered: sql<boolean>`${isOrdered(db)}`,
      })
      .from(photos)
      .where(which)
      .limit(PIECE)
    if (some.length === 0) return
    const keys = some.flatMap(photoKeys)
    await storage.delete(MAIN_BUCKET, keys)
    const idsOf = (kept: boolean) => some.filter(({ ordered }) => ordered === kept).map(({ id }) => id)
    const eventIds = [...new Set(some.map(({ eventId }) => eventId))]
    await db.transaction(async tx => {
      // The events are locked first, as everywhere where their photos change: a deleted photo changes its event's row,
      // too.
      await tx
        .select({ id: events.id })
        .from(events)
        .where(inArray(events.id, eventIds))
        .orderBy(asc(events.id))
        .for('no key update')
      await tx.delete(photos).where(inArray(photos.id, idsOf(false)))
      await tx
        .update(photos)
        .set({ ...NOTHING, bytesGoneAt: now() })
        .where(inArray(photos.id, idsOf(true)))
    })
    // The objects are deleted once more: a worker that was reading one of the photos may have stored its pictures in
    // between.
    await storage.delete(MAIN_BUCKET, keys)
  }
}

/** What the row of a photo whose picture is gone says of it. */
const NOTHING = {
  latitude: null,
  longitude: null,
  camera: null,
  cameraSerial: null,
  lens: null,
  lensSerial: null,
  exposureSeconds: null,
  fNumber: null,
  iso: null,
  focalLength: null,
  cameraFactsRead: false,
  placeholder: null,
  perceptualHash: null,
}

/** SQL on photos: an order names the photo. */
export const isOrdered = (db: Queryable): SQL =>
  exists(
    db
      .select({ one: sql`1` })
      .from(orderLines)
      .where(eq(orderLines.photoId, photos.id)),
  )

/**
 * Deletes PDFs of statements. Their objects go first, so that a crash leaves rows that are found again. A PDF that is
 * being drawn is deleted by the clerk that draws it.
 */
export async function deleteStatements({ db, storage }: Context, which: SQL): Promise<void> {
  const rows = await db.select({ id: statementFiles.id }).from(statementFiles).where(which)
  const ids = rows.map(({ id }) => id)
  await storage.delete(MAIN_BUCKET, ids.map(statementKey))
  await db.delete(statementFiles).where(inArray(statementFiles.id, ids))
}

/** Deletes searches, with their selfies and embeddings, and what they found. @returns how many */
export async function deleteSearches({ db, storage, redis }: Context, which: SQL): Promise<number> {
  const rows = await db.select({ id: searches.id }).from(searches).where(which)
  for (const { id } of rows) await redis.del(probeKey(id), liveProbeKey(id), facesKey(id), objectorKey(id))
  await storage.delete(
    VANISHING_BUCKET,
    rows.map(({ id }) => selfieKey(id)),
  )
  await db.delete(searches).where(which)
  return rows.length
}
