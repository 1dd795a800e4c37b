import type { EventDetail } from '@pix/contracts/events.ts'
import { baht } from '@pix/contracts/common.ts'
import { events, organizers } from '@pix/db/schema/events.ts'
import { eq } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'
import { type EventRow, isOnSale } from '../../../catalogue/events/index.ts'
import { approvedCover, countByQuarterHour, photographersOf, summarizeEvent } from '../../../catalogue/photos/index.ts'
import { packagesOfEvent, type PriceContext } from '../queries.ts'

/** Everything the event's page shows. */
export async function describeEvent(
  ctx: Pick<Context, 'db' | 'now' | 'settings'>,
  event: EventRow,
): Promise<EventDetail> {
  const { db, now } = ctx
  const [[facts], timeline, photographers, cheapest] = await Promise.all([
    db
      .select({ cover: approvedCover, organizerName: organizers.name })
      .from(events)
      .leftJoin(organizers, eq(organizers.id, events.organizerId))
      .where(eq(events.id, event.id)),
    countByQuarterHour(db, event),
    photographersOf(db, event.id),
    findCheapestPrice(ctx, event.id),
  ])
  return {
    ...summarizeEvent(event, facts?.cover ?? null),
    description: { th: event.descriptionTh, en: event.descriptionEn },
    visibility: event.visibility,
    approval: event.approval,
    salesStart: event.salesStart?.toISOString() ?? null,
    salesEnd: event.salesEnd?.toISOString() ?? null,
    onSaleNow: isOnSale(event, now()),
    studioOpen: event.studioOpen,
    organizerName: facts?.organizerName || null,
    photographers,
    faceSearch: faceSearchOf(event),
    timeline,
    cheapestPrice: cheapest === null ? null : baht(cheapest),
  }
}

const faceSearchOf = ({ faceSearchWording: wording, faceModel: model, selfie }: EventRow): EventDetail['faceSearch'] =>
  wording === null ? null : { wording, model, selfie }

/** Satang of the lowest price among the packages that the event sells by. */
async function findCheapestPrice(ctx: PriceContext, eventId: string): Promise<number | null> {
  const prices = (await packagesOfEvent(ctx, eventId)).map(({ price }) => price.amount)
  return prices.length === 0 ? null : Math.min(...prices)
}
