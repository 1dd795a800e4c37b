import type { Tx } from '@pix/db/client.ts'
import type { Deletion } from '@pix/db/deletion.ts'
import { logDeletions } from '@pix/db/log-deletions.ts'
import { users } from '@pix/db/schema/auth.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext, Context, StaffContext } from '../../base/context.ts'
import { notFound, Problem } from '../../base/problem.ts'
import { keepPhoto, ofManagedEvent, takePhotoDown } from '../../catalogue/photos/index.ts'
import { isSold } from '../../shop/orders/index.ts'
import { deletePhotos } from './delete-objects.ts'

/** What the photographer reads about a photo that others deleted and that its buyers keep. */
const OFF_SALE = 'ทีมงานนำรูปออกจากร้าน · Taken off the sale by the event’s team'

/**
 * Deletes a photo, for its photographer or for a manager of its event. Nobody finds it from now on; its objects and its
 * row go after the commit, or by a sweep where the process is killed. A photographer may not delete a photo that
 * somebody bought or is paying for. A manager may: then it leaves the sale, and its buyers keep it.
 *
 * @throws Problem `not_found`, `photo_sold`
 */
export async function deletePhoto(ctx: CallerContext, photoId: string): Promise<{ outcome: 'deleted' | 'off_sale' }> {
  const { eventId, outcome } = await keepPhoto(ctx, photoId, async (staff, photo) => {
    // The event is locked first, as everywhere where its photos change.
    await staff.db.select({ id: events.id }).from(events).where(eq(events.id, photo.eventId)).for('no key update')
    const sold = await holdAndAsk(staff, photoId)
    if (sold && !(await isManaged(staff, photoId))) throw new Problem('photo_sold')
    await takePhotoDown(staff, staff.db, photoId, OFF_SALE)
    if (!sold) await staff.db.update(photos).set({ deletedAt: ctx.now() }).where(eq(photos.id, photoId))
    const after = { outcome: sold ? ('off_sale' as const) : ('deleted' as const) }
    await logDeletions(staff, [{ kind: 'photo', photoId, ...after, deletedBy: ctx.caller.userId }])
    await recordAudit(staff, 'photos.delete', `event:${photo.eventId}`, { photo: photoId, file: photo.fileName, after })
    return { eventId: photo.eventId, ...after }
  })
  await ctx.live.publish(`photos:${eventId}`)
  if (outcome === 'deleted') await finishDeletion(ctx, photoId)
  return { outcome }
}

/**
 * Deletes a photo again in a restored database, as part of a transaction; its objects go by `finishDeletions`.
 *
 * @returns whether it is there
 */
export async function deletePhotoAgain(
  ctx: Pick<Context, 'now'> & { db: Tx },
  { photoId, outcome, deletedBy }: Extract<Deletion, { kind: 'photo' }>,
): Promise<boolean> {
  const { db, now } = ctx
  const [photo] = await db.select({ id: photos.id }).from(photos).where(eq(photos.id, photoId))
  if (!photo) return false
  const [by] = await db.select({ userId: users.id }).from(users).where(eq(users.id, deletedBy))
  await takePhotoDown({ ...ctx, caller: by ?? null }, db, photoId, OFF_SALE)
  if (outcome === 'deleted') await db.update(photos).set({ deletedAt: now() }).where(eq(photos.id, photoId))
  return true
}

/** After the commit that deletes a photo: its objects and its row go now, or by the sweep. */
export const finishDeletion = (ctx: Context, photoId: string): Promise<void> =>
  deletePhotos(ctx, and(eq(photos.id, photoId), TO_DELETE)!).catch((error: unknown) =>
    ctx.log.warn({ err: error }, 'the objects of a deleted photo were not deleted; the sweep will do it'),
  )

/**
 * Whether an order that was paid, or may still be, names the photo. No further order names it before the transaction
 * ends.
 *
 * @throws Problem `not_found` for one that is deleted, and for a bought one that was taken down before
 */
async function holdAndAsk({ db }: StaffContext, photoId: string): Promise<boolean> {
  // An order's line holds its photo by a foreign key: the order waits for this lock, or this lock waits for the order.
  const [photo] = await db
    .select({ deletedAt: photos.deletedAt, takenDownAt: photos.takenDownAt })
    .from(photos)
    .where(eq(photos.id, photoId))
    .for('update')
  if (!photo || photo.deletedAt) throw notFound()
  const [row] = await db
    .select({ sold: isSold(db) })
    .from(photos)
    .where(eq(photos.id, photoId))
  if (row!.sold && photo.takenDownAt) throw notFound()
  return row!.sold
}

async function isManaged(staff: StaffContext, photoId: string): Promise<boolean> {
  const [photo] = await staff.db
    .select({ id: photos.id })
    .from(photos)
    .where(and(eq(photos.id, photoId), ofManagedEvent(staff)))
  return photo !== undefined
}

const TO_DELETE = and(isNotNull(photos.deletedAt), isNull(photos.bytesGoneAt))!

/** Deletes the objects of photos whose deletion was killed. */
export const finishDeletions = (ctx: Context): Promise<void> => deletePhotos(ctx, TO_DELETE)
