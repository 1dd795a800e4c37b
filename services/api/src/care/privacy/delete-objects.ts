import { photos } from '@pix/db/schema/photos.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { facesKey, probeKey } from '@pix/jobs/faces.ts'
import { originalKey, previewKey, selfieKey, thumbnailKey, type ThumbnailSize } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { inArray, type SQL } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'

const SIZES: readonly ThumbnailSize[] = ['small', 'medium', 'phone', 'large']

export interface DeletedPhoto {
  id: string
  eventId: string
  format: string
  /** An order names it: its row stays, without what it says of the picture. */
  ordered: boolean
}

/** Deletes photos: their objects first, so that a crash leaves rows that are found again. */
export async function deletePhotos({ db, storage, now }: Context, some: readonly DeletedPhoto[]): Promise<void> {
  await storage.delete(
    MAIN_BUCKET,
    some.flatMap(({ id, eventId, format }) => [
      originalKey(eventId, id, format),
      previewKey(eventId, id),
      ...SIZES.map(size => thumbnailKey(eventId, size, id)),
    ]),
  )
  const idsOf = (which: boolean) => some.filter(({ ordered }) => ordered === which).map(({ id }) => id)
  await db.delete(photos).where(inArray(photos.id, idsOf(false)))
  const nothing = { latitude: null, longitude: null, camera: null, lens: null, placeholder: null, perceptualHash: null }
  await db
    .update(photos)
    .set({ ...nothing, bytesGoneAt: now() })
    .where(inArray(photos.id, idsOf(true)))
}

/** Deletes searches, with selfies and embeddings of theirs and what they found. */
export async function deleteSearches({ db, storage, redis }: Context, which: SQL): Promise<void> {
  const rows = await db.select({ id: searches.id }).from(searches).where(which)
  for (const { id } of rows) await redis.del(probeKey(id), facesKey(id))
  await storage.delete(
    VANISHING_BUCKET,
    rows.map(({ id }) => selfieKey(id)),
  )
  await db.delete(searches).where(which)
}
