import { boughtPreviews } from '@pix/db/schema/bought-previews.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { BOUGHT_LONG_SIDE, boughtJpegsOf, hasFullJpeg, SHARE_LONG_SIDE } from '@pix/domain/picture-sizes.ts'
import { boughtJpegKey, boughtPreviewKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { and, eq, exists, isNull, sql } from 'drizzle-orm'
import sharp from 'sharp'
import { decodePicture } from '../picture/decode-picture.ts'
import { PictureRefused, type Refusal } from '../picture/refused.ts'
import { fetchOriginal, type PhotoDeps } from './process-photo.ts'

/** What happened to the picture; `gone`: the photo was deleted or taken down meanwhile, and nothing of it is left. */
export type BoughtOutcome = { kind: 'made' } | { kind: 'refused'; refusal: Refusal } | { kind: 'gone' }

/** Quality of the JPEGs, 1 to 100: of the one to look at, and of those that are kept. */
const QUALITY = { seen: 88, kept: 92 } as const

/** Longer sides, in pixels. A smaller original is not enlarged, and no JPEG has a longer side than `full`. */
const LONG_SIDES = { share: SHARE_LONG_SIDE, full: 65_500 } as const

interface Decoded {
  id: string
  eventId: string
  format: string
  /** Size of the original, in pixels. */
  width: number
  height: number
}

/** What one decode of the original becomes. */
function picturesOf({ id, eventId, ...original }: Decoded) {
  const kept = boughtJpegsOf(original).map(jpeg => ({
    key: boughtJpegKey(eventId, jpeg, id),
    longSide: LONG_SIDES[jpeg],
    quality: QUALITY.kept,
  }))
  const seen = { key: boughtPreviewKey(eventId, id), longSide: BOUGHT_LONG_SIDE, quality: QUALITY.seen }
  return [...kept, seen]
}

/**
 * Makes the pictures without a watermark that the buyers of a photo see and download beside its original, and says so in
 * their row. Repeating it gives the same result.
 *
 * @throws Error for anything that another try may not meet
 */
export async function makeBoughtPreview(
  { db, storage, limits }: Omit<PhotoDeps, 'engines' | 'now'>,
  photoId: string,
): Promise<BoughtOutcome> {
  const [photo] = await db
    .select({
      id: photos.id,
      eventId: photos.eventId,
      format: photos.format,
      sha256: photos.sha256,
    })
    .from(photos)
    .where(and(eq(photos.id, photoId), isNull(photos.takenDownAt)))
  if (!photo) return { kind: 'gone' }
  const row = eq(boughtPreviews.photoId, photoId)
  try {
    const longest = LONG_SIDES[hasFullJpeg(photo.format) ? 'full' : 'share']
    const { pixels, ...size } = await decodePicture(await fetchOriginal(storage, photo), longest, limits)
    const pictures = picturesOf({ ...photo, ...size })
    const { data, width, height } = pixels
    for (const { key, longSide, quality } of pictures) {
      const side = Math.min(longSide, Math.max(width, height))
      const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
        .resize({ width: side, height: side, fit: 'inside' })
        .jpeg({ quality })
        .toBuffer()
      await storage.put(MAIN_BUCKET, key, jpeg, { contentType: 'image/jpeg' })
    }
    const isThere = exists(
      db
        .select({ one: sql`1` })
        .from(photos)
        .where(and(eq(photos.id, photoId), isNull(photos.takenDownAt))),
    )
    const { rowCount } = await db.update(boughtPreviews).set({ state: 'ready' }).where(and(row, isThere))
    if (rowCount !== 0) return { kind: 'made' }
    for (const { key } of pictures) await storage.delete(MAIN_BUCKET, key)
    return { kind: 'gone' }
  } catch (error) {
    if (!(error instanceof PictureRefused)) throw error
    await db.update(boughtPreviews).set({ state: 'failed' }).where(row)
    return { kind: 'refused', refusal: error.refusal }
  }
}
