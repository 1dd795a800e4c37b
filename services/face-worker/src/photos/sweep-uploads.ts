import type { Db } from '@pix/db/client.ts'
import { begunUploads } from '@pix/db/schema/photos.ts'
import { MAIN_BUCKET, type Storage } from '@pix/platform/storage.ts'
import { eq, lt } from 'drizzle-orm'

/** No upload of one file takes this long: its process is gone, and what it left goes within the hour. */
const ABANDONED_MS = 55 * 60_000

/**
 * Removes originals that never became photos, because the process that received them died. First the upload loses its
 * right to become one, then the object goes, then the row: killed at any line, the next round goes on.
 *
 * @returns how many were removed
 */
export async function sweepUploads({
  db,
  storage,
  now,
}: {
  db: Db
  storage: Storage
  now: () => Date
}): Promise<number> {
  const before = new Date(now().getTime() - ABANDONED_MS)
  await db.update(begunUploads).set({ abandoned: true }).where(lt(begunUploads.createdAt, before))
  const left = await db.select().from(begunUploads).where(eq(begunUploads.abandoned, true))
  for (const { photoId, key } of left) {
    await storage.delete(MAIN_BUCKET, key)
    await db.delete(begunUploads).where(eq(begunUploads.photoId, photoId))
  }
  return left.length
}
