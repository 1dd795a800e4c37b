import { boughtPreviews } from '@pix/db/schema/bought-previews.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { BOUGHT_LONG_SIDE } from '@pix/domain/picture-sizes.ts'
import { boughtPreviewKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { and, eq, exists, isNull, sql } from 'drizzle-orm'
import sharp from 'sharp'
import { decodePicture } from '../picture/decode-picture.ts'
import { PictureRefused, type Refusal } from '../picture/refused.ts'
import { fetchOriginal, type PhotoDeps } from './process-photo.ts'

/** What happened to the picture; `gone`: the photo was deleted or taken down meanwhile, and nothing of it is left. */
export type BoughtOutcome = { kind: 'made' } | { kind: 'refused'; refusal: Refusal } | { kind: 'gone' }

/** Quality of the JPEG, 1 to 100. */
const QUALITY = 88

/**
 * Makes the picture without a watermark that the buyers of a photo see, and says so in its row. Repeating it gives the same
 * result.
 *
 * @throws Error for anything that another try may not meet
 */
export async function makeBoughtPreview(
  { db, storage, limits }: Omit<PhotoDeps, 'engines' | 'now'>,
  photoId: string,
): Promise<BoughtOutcome> {
  const [photo] = await db
    .select({ id: photos.id, eventId: photos.eventId, format: photos.format, sha256: photos.sha256 })
    .from(photos)
    .where(and(eq(photos.id, photoId), isNull(photos.takenDownAt)))
  if (!photo) return { kind: 'gone' }
  const row = eq(boughtPreviews.photoId, photoId)
  try {
    const { pixels } = await decodePicture(await fetchOriginal(storage, photo), BOUGHT_LONG_SIDE, limits)
    const { data, width, height } = pixels
    const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: QUALITY })
      .toBuffer()
    const key = boughtPreviewKey(photo.eventId, photoId)
    await storage.put(MAIN_BUCKET, key, jpeg, { contentType: 'image/jpeg' })
    const isThere = exists(
      db
        .select({ one: sql`1` })
        .from(photos)
        .where(and(eq(photos.id, photoId), isNull(photos.takenDownAt))),
    )
    const { rowCount } = await db.update(boughtPreviews).set({ state: 'ready' }).where(and(row, isThere))
    if (rowCount !== 0) return { kind: 'made' }
    await storage.delete(MAIN_BUCKET, key)
    return { kind: 'gone' }
  } catch (error) {
    if (!(error instanceof PictureRefused)) throw error
    await db.update(boughtPreviews).set({ state: 'failed' }).where(row)
    return { kind: 'refused', refusal: error.refusal }
  }
}
