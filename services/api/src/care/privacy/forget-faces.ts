import { facesUntil } from '@pix/db/retention.ts'
import { eventAlerts, events } from '@pix/db/schema/events.ts'
import { objections } from '@pix/db/schema/objections.ts'
import { eventPeople } from '@pix/db/schema/people.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { indexSnapshotPrefix } from '@pix/platform/storage-keys.ts'
import { listAll, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { and, eq, exists, inArray, lte, or, sql } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { forgetFaceAlerts } from '../../catalogue/faces/index.ts'

/** Photos whose faces are deleted in one transaction. */
const PIECE = 500

/** Deletes the faces of events whose date for that has come. */
export async function forgetOldFaces(ctx: Context): Promise<void> {
  const { db, now, log, settings } = ctx
  const hasFaces = exists(
    db
      .select({ one: sql`1` })
      .from(faces)
      .where(eq(faces.eventId, events.id)),
  )
  const hasObjections = exists(
    db
      .select({ one: sql`1` })
      .from(objections)
      .where(eq(objections.eventId, events.id)),
  )
  const due = await db
    .select({ id: events.id })
    .from(events)
    .where(and(lte(facesUntil(settings.FACES_KEPT_DAYS), now()), or(hasFaces, hasObjections)))
  for (const { id: eventId } of due) {
    const count = await forgetFacesOf(ctx, eventId)
    log.info({ eventId, faces: count }, 'the faces of an event are deleted: their time is over')
  }
}

/**
 * Deletes an event's faces, the kept faces of people who objected or wait for new photos of them, who is who among them, and the face index in
 * storage. A worker drops what it has in memory with its next search there, since the event's revision rises.
 *
 * @returns how many faces
 */
export async function forgetFacesOf({ db, storage }: Context, eventId: string): Promise<number> {
  let count = 0
  for (;;) {
    const photoIds = await db
      .selectDistinct({ id: faces.photoId })
      .from(faces)
      .where(eq(faces.eventId, eventId))
      .limit(PIECE)
    if (photoIds.length === 0) break
    const some = photoIds.map(({ id }) => id)
    count += await db.transaction(async tx => {
      const gone = await tx.delete(faces).where(inArray(faces.photoId, some))
      await tx.update(photos).set({ faceCount: 0 }).where(inArray(photos.id, some))
      return gone.rowCount ?? 0
    })
  }
  await db.delete(objections).where(eq(objections.eventId, eventId))
  await forgetFaceAlerts({ db }, eq(eventAlerts.eventId, eventId))
  await db.delete(eventPeople).where(eq(eventPeople.eventId, eventId))
  const snapshots = await listAll(storage, VANISHING_BUCKET, indexSnapshotPrefix(eventId))
  await storage.delete(
    VANISHING_BUCKET,
    snapshots.map(({ key }) => key),
  )
  return count
}
