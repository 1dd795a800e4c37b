import type { EventDetail } from '@pix/contracts/events.ts'
import { baht } from '@pix/contracts/common.ts'
import type { Queryable } from '@pix/db/client.ts'
import { events, organizers } from '@pix/db/schema/events.ts'
import { packages } from '@pix/db/schema/pricing.ts'
import { eq, sql } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'
import { type EventRow, isOnSale } from '../../../catalogue/events/index.ts'
import { approvedCover, countByQuarterHour, summarizeEvent } from '../../../catalogue/photos/index.ts'

/** Everything the event's page shows. */
export async function describeEvent({ db, now }: Pick<Context, 'db' | 'now'>, event: EventRow): Promise<EventDetail> {
  const [[facts], timeline, cheapest] = await Promise.all([
    db
      .select({ cover: approvedCover, organizerName: organizers.name })
      .from(events)
      .leftJoin(organizers, eq(organizers.id, events.organizerId))
      .where(eq(events.id, event.id)),
    countByQuarterHour(db, event),
    findCheapestPrice(db, event.id),
  ])
  return {
    ...summarizeEvent(event, facts?.cover ?? null),
    description: { th: event.descriptionTh, en: event.descriptionEn },
    visibility: event.visibility,
    approval: event.approval,
    salesStart: event.salesStart?.toISOString() ?? null,
    salesEnd: event.salesEnd?.toISOString() ?? null,
    onSaleNow: isOnSale(event, now()),
    organizerName: facts?.organizerName ?? null,
    faceSearch: event.faceSearchWording === null ? null : { wording: event.faceSearchWording, model: event.faceModel },
    timeline,
    cheapestPrice: cheapest === null ? null : baht(cheapest),
  }
}

/** Satang of the lowest price among the event's own packages, else among the global ones. */
async function findCheapestPrice(db: Queryable, eventId: string): Promise<number | null> {
  const [row] = await db
    .select({
      price: sql<number | null>`coalesce(
        min(${packages.price}) filter (where ${packages.eventId} = ${eventId}),
        min(${packages.price}) filter (where ${packages.eventId} is null)
      )`,
    })
    .from(packages)
    .where(eq(packages.active, true))
  return row?.price ?? null
}
