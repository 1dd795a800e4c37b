import type { MoveRefusal } from '@pix/contracts/managed-photos.ts'
import { users } from '@pix/db/schema/auth.ts'
import { eventPhotographers, events } from '@pix/db/schema/events.ts'
import { hiddenFaces, objections } from '@pix/db/schema/objections.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { studioMembers } from '@pix/db/schema/studios.ts'
import { takedowns } from '@pix/db/schema/takedowns.ts'
import { PRIORITY } from '@pix/jobs/job.ts'
import { processPhoto } from '@pix/jobs/photos.ts'
import { originalKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { and, asc, eq, exists, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext, StaffContext } from '../../base/context.ts'
import { notFound, Problem } from '../../base/problem.ts'
import { finishDeletion } from '../../care/privacy/index.ts'
import { manageEvent, takesUploads } from '../../catalogue/events/index.ts'
import { beginOriginal, dropOriginal, endUpload, takePhotoDown } from '../../catalogue/photos/index.ts'
import { MANAGERS } from '../../people/studios/index.ts'
import { isSold } from '../../shop/orders/index.ts'

interface Target {
  id: string
  studioId: string
}
type Moved = { becameId: string; from: string } | { why: MoveRefusal }
type Photo = typeof photos.$inferSelect

/** What the row says of a photo that was moved, where an order that came to nothing keeps it. */
const MOVED = 'ย้ายไปงานอื่น · Moved to another event'

/**
 * Moves one photo (docs/decisions/0068). Its original is copied, a new photo of the other event is written, and the old
 * one is deleted in the same transaction. The worker then makes what depends on the event: its watermark, its faces,
 * and who objects there. A process killed before the commit leaves a copy, which a sweep removes. One killed after it
 * leaves work that sweeps do: they process the new photo and delete the files of the old one.
 */
export async function movePhoto(ctx: CallerContext, target: Target, photoId: string): Promise<Moved> {
  // Nothing is copied of what will be refused.
  const found = await manageEvent(ctx, target.id, staff => lookAt(staff, target, photoId))
  if ('why' in found) return found
  const { photo } = found
  const original = await beginOriginal(ctx, target.id, photo.format)
  const moved = await copyOriginal(ctx, photo, original.key)
    .then(isCopied => (isCopied ? record(ctx, target, photoId, original.photoId) : whyNotThere(ctx, target, photoId)))
    .catch(async (error: unknown) => {
      await dropOriginal(ctx, original)
      throw error
    })
  if ('why' in moved) {
    await dropOriginal(ctx, original)
    return moved
  }
  await ctx.enqueue(processPhoto, { photoId: original.photoId }, { priority: PRIORITY.batch })
  await finishDeletion(ctx, photoId)
  return moved
}

/** The file is not there: it was lost, or the photo was moved or deleted meanwhile. */
async function whyNotThere(ctx: CallerContext, target: Target, photoId: string): Promise<Moved> {
  const found = await manageEvent(ctx, target.id, staff => lookAt(staff, target, photoId))
  return 'why' in found ? found : { why: 'no_original' }
}

async function copyOriginal({ storage }: CallerContext, photo: Photo, key: string): Promise<boolean> {
  const object = await storage.get(MAIN_BUCKET, originalKey(photo.eventId, photo.id, photo.format))
  if (!object) return false
  await storage.put(MAIN_BUCKET, key, object.body, { contentType: object.contentType })
  return true
}

/** A photo of the target's studio, and whether it may be moved as it is now. */
async function lookAt(
  { db }: StaffContext,
  target: Target,
  photoId: string,
): Promise<{ photo: Photo } | { why: MoveRefusal }> {
  const askedDown = db
    .select({ one: sql`1` })
    .from(takedowns)
    .where(and(eq(takedowns.photoId, photos.id), isNull(takedowns.decidedAt)))
  const same = sql`exists (
    select from photos p
    where p.event_id = ${target.id} and p.sha256 = ${photos.sha256} and p.deleted_at is null)`
  const [row] = await db
    .select({
      photo: photos,
      isSold: isSold(db),
      isAskedDown: exists(askedDown) as SQL<boolean>,
      isThere: same as SQL<boolean>,
      isOfCrew: worksOn(target) as SQL<boolean>,
      mayShowObjector: mayShowObjector(db),
    })
    .from(photos)
    .innerJoin(events, and(eq(events.id, photos.eventId), eq(events.studioId, target.studioId)))
    .where(and(eq(photos.id, photoId), isNull(photos.deletedAt), isNull(events.removedAt)))
  if (!row) return { why: 'missing' }
  if (row.photo.eventId === target.id) return { why: 'same_event' }
  if (row.photo.takenDownAt) return { why: 'taken_down' }
  if (row.isSold) return { why: 'sold' }
  if (row.isAskedDown) return { why: 'asked_down' }
  if (row.mayShowObjector) return { why: 'objected' }
  if (row.isThere) return { why: 'duplicate' }
  return row.isOfCrew ? { photo: row.photo } : { why: 'not_in_crew' }
}

/**
 * SQL on photos: somebody who asked not to be found in their event is on it, or may be. Where faces were deleted, nobody knows
 * on which photos they were.
 */
function mayShowObjector(db: StaffContext['db']): SQL<boolean> {
  const hidden = db
    .select({ one: sql`1` })
    .from(hiddenFaces)
    .innerJoin(faces, eq(faces.id, hiddenFaces.faceId))
    .where(eq(faces.photoId, photos.id))
  const deleting = db
    .select({ one: sql`1` })
    .from(objections)
    .where(and(eq(objections.eventId, photos.eventId), eq(objections.kind, 'delete'), isNull(objections.endedAt)))
  return sql<boolean>`(${exists(hidden)} or ${exists(deleting)})`
}

/** SQL on photos: their photographer may upload to the event. */
const worksOn = ({ id, studioId }: Target): SQL => sql`(
  exists (select from ${eventPhotographers} c where c.event_id = ${id} and c.user_id = ${photos.photographerId})
  or exists (select from ${studioMembers} m where m.studio_id = ${studioId} and m.user_id = ${photos.photographerId}
    and ${inArray(sql`m.role`, [...MANAGERS])})
  or exists (select from ${users} u where u.id = ${photos.photographerId} and u.role = 'platform_admin'))`

/**
 * Everything is asked again, of the photo and of both events: now nothing can come in between.
 *
 * @throws Problem as `checkTarget`
 */
const record = (ctx: CallerContext, target: Target, photoId: string, becameId: string): Promise<Moved> =>
  manageEvent(ctx, target.id, async staff => {
    const [there] = await staff.db.select({ eventId: photos.eventId }).from(photos).where(eq(photos.id, photoId))
    if (!there) return { why: 'missing' }
    // The events are locked first, as everywhere where their photos change, and always in one order, as two moves may
    // cross.
    const locked = await staff.db
      .select()
      .from(events)
      .where(inArray(events.id, [there.eventId, target.id]))
      .orderBy(asc(events.id))
      .for('no key update')
    checkTarget(locked.find(({ id, removedAt }) => id === target.id && removedAt === null))
    // Orders and takedowns hold the photo by a foreign key.
    await staff.db.select({ id: photos.id }).from(photos).where(eq(photos.id, photoId)).for('update')
    const found = await lookAt(staff, target, photoId)
    return 'why' in found ? found : write(staff, target, found.photo, becameId)
  })

/** @throws Problem `not_found`, `studio_closed` or `uploads_closed` where the event takes no photos */
export function checkTarget(event: Pick<typeof events.$inferSelect, 'status' | 'studioOpen'> | undefined): void {
  if (!event) throw notFound()
  if (!event.studioOpen) throw new Problem('studio_closed')
  if (!takesUploads(event)) throw new Problem('uploads_closed')
}

/** What was taken off the sale stays off it, with its reason; everything else waits for approval as uploads do. */
const decisionOn = ({ approval, rejectReason, decidedAt, decidedBy }: Photo) =>
  approval === 'rejected' ? { approval, rejectReason, decidedAt, decidedBy } : {}

async function write(staff: StaffContext, target: Target, photo: Photo, becameId: string): Promise<Moved> {
  const { db, now } = staff
  const photoId = photo.id
  const { photographerId, fileName, sha256, bytes, format } = photo
  const [inserted] = await db
    .insert(photos)
    .values({
      id: becameId,
      eventId: target.id,
      photographerId,
      fileName,
      sha256,
      bytes,
      format,
      createdAt: now(),
      queuedAt: now(),
      ...decisionOn(photo),
    })
    .onConflictDoNothing({ target: [photos.eventId, photos.sha256], where: isNull(photos.deletedAt) })
    .returning({ id: photos.id })
  if (!inserted) return { why: 'duplicate' }
  await endUpload(db, becameId)
  await takePhotoDown(staff, db, photoId, MOVED)
  await db.update(photos).set({ deletedAt: now() }).where(eq(photos.id, photoId))
  const facts = {
    photo: photoId,
    file: fileName,
    before: { event: photo.eventId },
    after: { event: target.id, photo: becameId },
  }
  await recordAudit(staff, 'photos.move', `event:${photo.eventId}`, facts)
  return { becameId, from: photo.eventId }
}
