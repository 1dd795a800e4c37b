import { chooseCover } from '@pix/db/choose-cover.ts'
import type { Tx } from '@pix/db/client.ts'
import { events } from '@pix/db/schema/events.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { eq, sql } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'

/**
 * Takes a photo off the sale for good, as part of a transaction: nobody can approve it again, its faces are deleted,
 * and no search that begins or is read afterwards finds it. The event is locked first, as everywhere (see
 * `decidePhotos`).
 *
 * @param reason its photographer reads it
 */
export async function takePhotoDown(
  { now, caller }: Pick<Context, 'now'> & { caller: { userId: string } | null },
  tx: Tx,
  photoId: string,
  reason: string,
): Promise<{ eventId: string }> {
  const [photo] = await tx.select({ eventId: photos.eventId }).from(photos).where(eq(photos.id, photoId))
  if (!photo) throw notFound()
  const { eventId } = photo
  const [event] = await tx
    .update(events)
    .set({ indexRevision: sql`${events.indexRevision} + 1` })
    .where(eq(events.id, eventId))
    .returning({ revision: events.indexRevision })
  await tx
    .update(photos)
    .set({
      approval: 'rejected',
      rejectReason: reason,
      decidedBy: caller?.userId ?? null,
      decidedAt: now(),
      takenDownAt: now(),
      faceCount: 0,
      indexRevision: event!.revision,
    })
    .where(eq(photos.id, photoId))
  await tx.delete(faces).where(eq(faces.photoId, photoId))
  await chooseCover(tx, eventId)
  return { eventId }
}
