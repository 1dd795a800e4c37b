import { photos } from '@pix/db/schema/photos.ts'
import { originalKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET, type OpenObject } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext } from '../../../base/context.ts'
import { notFound } from '../../../base/problem.ts'
import { managePhoto } from '../find-photo.ts'
import { mediaTypeOf } from './originals.ts'

/**
 * A photo's untouched original, for who manages its event: they judge it without the watermark, at its own size. Nobody
 * else reaches an original without having bought it.
 *
 * @param isKept whether they save it: the audit says so
 * @throws Problem `not_found`
 */
export async function openOriginal(
  ctx: CallerContext,
  photoId: string,
  isKept: boolean,
): Promise<{ object: OpenObject; mediaType: string }> {
  const photo = await managePhoto(ctx, photoId, async (staff, { eventId, fileName }) => {
    const [row] = await staff.db.select({ format: photos.format }).from(photos).where(eq(photos.id, photoId))
    return { eventId, fileName, format: row!.format }
  })
  const { eventId, fileName, format } = photo
  const object = await ctx.storage.get(MAIN_BUCKET, originalKey(eventId, photoId, format))
  if (!object) throw notFound()
  const facts = { photo: photoId, file: fileName }
  if (isKept) await managePhoto(ctx, photoId, staff => recordAudit(staff, 'photos.download', `event:${eventId}`, facts))
  return { object, mediaType: mediaTypeOf(format) }
}
