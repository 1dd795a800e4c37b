import type { Db } from '@pix/db/client.ts'
import { begunUploads, resumableUploads } from '@pix/db/schema/photos.ts'
import { KEPT } from '@pix/domain/retention.ts'
import { uploadPrefix } from '@pix/platform/storage-keys.ts'
import { listAll, MAIN_BUCKET, type Storage, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { eq, lt } from 'drizzle-orm'

/** No upload of one file takes this long: its process is gone, and the sweep deletes what it left within the hour. */
const ABANDONED_MS = 55 * 60_000

interface Deps {
  db: Db
  storage: Storage
  now: () => Date
}

/** How many go in a round. */
const ROUND = 500

/**
 * Removes resumable uploads whose time is over, finished or not: first their pieces, also those that no row names since
 * their process died, then the row. When a run is killed, the next one goes on.
 *
 * @returns how many were removed
 */
export async function sweepResumable({ db, storage, now }: Deps): Promise<number> {
  const before = new Date(now().getTime() - KEPT.resumableHours * 3_600_000)
  const over = await db
    .select({ id: resumableUploads.id })
    .from(resumableUploads)
    .where(lt(resumableUploads.createdAt, before))
    .limit(ROUND)
  for (const { id } of over) {
    const pieces = await listAll(storage, VANISHING_BUCKET, uploadPrefix(id))
    await storage.delete(
      VANISHING_BUCKET,
      pieces.map(({ key }) => key),
    )
    await db.delete(resumableUploads).where(eq(resumableUploads.id, id))
  }
  return over.length
}

/**
 * Removes originals that never became photos, because the process that received them died. First the upload loses its
 * right to become one, then the object is deleted, then the row. When a run is killed, the next one goes on.
 *
 * @returns how many were removed
 */
export async function sweepUploads({ db, storage, now }: Deps): Promise<number> {
  const before = new Date(now().getTime() - ABANDONED_MS)
  await db.update(begunUploads).set({ abandoned: true }).where(lt(begunUploads.createdAt, before))
  const left = await db.select().from(begunUploads).where(eq(begunUploads.abandoned, true))
  for (const { photoId, key } of left) {
    await storage.delete(MAIN_BUCKET, key)
    await db.delete(begunUploads).where(eq(begunUploads.photoId, photoId))
  }
  return left.length
}
