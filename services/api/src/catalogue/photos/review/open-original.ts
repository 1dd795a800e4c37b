import { photos } from '@pix/db/schema/photos.ts'
import { originalKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET, type OpenObject } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import type { CallerContext } from '../../../base/context.ts'
import { notFound } from '../../../base/problem.ts'
import { managePhoto } from '../find-photo.ts'
import { mediaTypeOf } from './originals.ts'

/**
 * A photo's untouched original, for who manages its event: they judge it without the watermark, at its own size. Nobody
 * else reaches an original without having bought it.
 *
 * @throws Problem `not_found`
 */
export async function openOriginal(
  ctx: CallerContext,
  photoId: string,
): Promise<{ object: OpenObject; mediaType: string }> {
  const photo = await managePhoto(ctx, photoId, async ({ db }, { eventId }) => {
    const [row] = await db.select({ format: photos.format }).from(photos).where(eq(photos.id, photoId))
    return { eventId, format: row!.format }
  })
  const object = await ctx.storage.get(MAIN_BUCKET, originalKey(photo.eventId, photoId, photo.format))
  if (!object) throw notFound()
  return { object, mediaType: mediaTypeOf(photo.format) }
}
