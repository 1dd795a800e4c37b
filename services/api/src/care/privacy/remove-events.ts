import type { Queryable } from '@pix/db/client.ts'
import { mayBeDownloaded } from '@pix/db/downloadable.ts'
import { keptUntil } from '@pix/db/retention.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { cartChoices, cartItems } from '@pix/db/schema/cart.ts'
import { eventAlerts, eventOpenings, events } from '@pix/db/schema/events.ts'
import { favourites } from '@pix/db/schema/favourites.ts'
import { orderEvents, orderLines, orders } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { searches, searchFeedback } from '@pix/db/schema/searches.ts'
import { splitRules } from '@pix/db/schema/split-rules.ts'
import { OPEN_STATUSES } from '@pix/domain/order-moves.ts'
import { and, eq, exists, inArray, isNotNull, isNull, lte, notExists, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { removed } from './delete-event.ts'
import { forgetFacesOf } from './forget-faces.ts'
import { deletePhotos, deleteSearches } from './delete-objects.ts'

/**
 * Removes events whose date for that has come, and deletes what removed events still have. An event that fails does not
 * stop the others.
 */
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
    .where(and(isNotNull(events.removedAt), sql`(${left} or ${searched} or ${namedByNothing(db)})`))
  for (const { id: eventId } of open)
    await deleteWhatItHas(ctx, eventId).catch((error: unknown) => {
      log.error({ err: error, eventId }, 'what a removed event has could not be deleted')
    })
}

/** SQL on events: no row that stays names the event. Split rules of an event are append only, so they stay. */
function namedByNothing(db: Queryable): SQL {
  const order = db
    .select({ one: sql`1` })
    .from(orderEvents)
    .where(eq(orderEvents.eventId, events.id))
  const photo = db
    .select({ one: sql`1` })
    .from(photos)
    .where(eq(photos.eventId, events.id))
  const rule = db
    .select({ one: sql`1` })
    .from(splitRules)
    .where(eq(splitRules.eventId, events.id))
  return and(notExists(order), notExists(photo), notExists(rule))!
}

/**
 * Deletes searches, faces, favourites, cart items, photos and objects of an event, and the event itself where nothing
 * that stays names it. A photo that an order names keeps its row. It keeps its original while somebody may download it
 * or still pay for it. When a run is killed, the next one goes on.
 */
async function deleteWhatItHas(ctx: Context, eventId: string): Promise<void> {
  const { db } = ctx
  await deleteSearches(ctx, eq(searches.eventId, eventId))
  await db.delete(searchFeedback).where(eq(searchFeedback.eventId, eventId))
  await forgetFacesOf(ctx, eventId)
  await db.delete(eventAlerts).where(eq(eventAlerts.eventId, eventId))
  await db.delete(eventOpenings).where(eq(eventOpenings.eventId, eventId))
  await db.delete(favourites).where(eq(favourites.eventId, eventId))
  await db.delete(cartItems).where(eq(cartItems.eventId, eventId))
  await db.delete(cartChoices).where(eq(cartChoices.eventId, eventId))
  const mayStill = db
    .select({ one: sql`1` })
    .from(entitlements)
    .where(and(eq(entitlements.photoId, photos.id), mayBeDownloaded(ctx.now())))
  const mayBePaid = db
    .select({ one: sql`1` })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .where(and(eq(orderLines.photoId, photos.id), inArray(orders.status, OPEN_STATUSES)))
  const notKept = and(notExists(mayStill), notExists(mayBePaid))
  await deletePhotos(ctx, and(eq(photos.eventId, eventId), isNull(photos.bytesGoneAt), notKept)!)
  await db.delete(events).where(and(eq(events.id, eventId), isNotNull(events.removedAt), namedByNothing(db)))
}
