import { mayBeDownloaded } from '@pix/db/downloadable.ts'
import { keptUntil } from '@pix/db/retention.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { searches, searchFeedback } from '@pix/db/schema/searches.ts'
import { and, eq, exists, inArray, isNotNull, isNull, lte, notExists, sql } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext, Context } from '../../base/context.ts'
import { lockEvent, manageEvent } from '../../catalogue/events/index.ts'
import { forgetFacesOf } from './forget-faces.ts'
import { deletePhotos, deleteSearches } from './delete-objects.ts'

/** Who manages an event deletes it: nobody sees it from now on, and the sweep deletes what it has. */
export async function removeEvent(ctx: CallerContext, eventId: string): Promise<void> {
  await manageEvent(ctx, eventId, async staff => {
    const event = await lockEvent(staff, eventId)
    if (event.removedAt) return
    await staff.db.update(events).set(removed(ctx.now())).where(eq(events.id, eventId))
    await recordAudit(staff, 'event.remove', `event:${eventId}`, { before: { slug: event.slug } })
  })
}

/** Without the recorded basis there is no face search, and an archived event is shown to nobody. */
const removed = (at: Date) =>
  ({
    removedAt: at,
    status: 'archived',
    coverPhotoId: null,
    faceSearchWording: null,
    faceSearchBy: null,
    faceSearchAt: null,
  }) as const

/** Removes events whose date for it has come, and deletes what removed events still have. */
export async function removeEvents(ctx: Context): Promise<void> {
  const { db, now, settings, log } = ctx
  const due = await db
    .update(events)
    .set(removed(now()))
    .where(
      and(
        isNull(events.removedAt),
        inArray(events.status, ['closed', 'archived']),
        lte(keptUntil(settings.EVENTS_KEPT_DAYS), now()),
      ),
    )
    .returning({ id: events.id })
  for (const { id: eventId } of due) log.info({ eventId }, 'an event is removed: its time is over')
  const left = exists(
    db
      .select({ one: sql`1` })
      .from(photos)
      .where(and(eq(photos.eventId, events.id), isNull(photos.bytesGoneAt))),
  )
  const searched = exists(
    db
      .select({ one: sql`1` })
      .from(searches)
      .where(eq(searches.eventId, events.id)),
  )
  const open = await db
    .select({ id: events.id })
    .from(events)
    .where(and(isNotNull(events.removedAt), sql`(${left} or ${searched})`))
  for (const { id } of open) await deleteWhatItHas(ctx, id)
}

/**
 * Deletes searches, faces, photos and objects of an event. A photo that an order names keeps its row, and its original
 * until nobody may download it any more. Killed at any line it goes on.
 */
async function deleteWhatItHas(ctx: Context, eventId: string): Promise<void> {
  const { db } = ctx
  await deleteSearches(ctx, eq(searches.eventId, eventId))
  await db.delete(searchFeedback).where(eq(searchFeedback.eventId, eventId))
  await forgetFacesOf(ctx, eventId)
  const mayStill = db
    .select({ one: sql`1` })
    .from(entitlements)
    .where(and(eq(entitlements.photoId, photos.id), mayBeDownloaded(ctx.now())))
  await deletePhotos(ctx, and(eq(photos.eventId, eventId), isNull(photos.bytesGoneAt), notExists(mayStill))!)
}
