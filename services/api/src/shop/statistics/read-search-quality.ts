import type { EventStatistics } from '@pix/contracts/statistics.ts'
import { events } from '@pix/db/schema/events.ts'
import { searchFeedback } from '@pix/db/schema/searches.ts'
import { eventHours } from '@pix/db/schema/statistics.ts'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { type DayRange, withinDays } from '../../base/bangkok-days.ts'
import type { Listed } from '../../people/studios/index.ts'

interface Which {
  /** Without it, all events of the studio that is read for. */
  eventId?: string
  range?: DayRange
}

const summed = (column: PgColumn) => sql<number>`coalesce(sum(${column}), 0)`.mapWith(Number)

/** How face searches ended, and what people said of what they were shown. */
export async function readSearchQuality(list: Listed, which: Which): Promise<EventStatistics['search']> {
  const [ended] = await list.db
    .select({
      found: summed(eventHours.found),
      nothingFound: summed(eventHours.nothingFound),
      failed: summed(eventHours.failed),
    })
    .from(eventHours)
    .where(and(ofEvents(list, which, eventHours.eventId), withinDays(eventHours.hour, which.range ?? {})))
  const [said] = await list.db
    .select({
      isMe: sql<number>`count(*) filter (where ${searchFeedback.isMe})`.mapWith(Number),
      notMe: sql<number>`count(*) filter (where not ${searchFeedback.isMe})`.mapWith(Number),
    })
    .from(searchFeedback)
    .where(and(ofEvents(list, which, searchFeedback.eventId), withinDays(searchFeedback.createdAt, which.range ?? {})))
  return { ...ended!, ...said! }
}

function ofEvents({ db, studioId }: Listed, { eventId }: Which, column: PgColumn) {
  if (eventId !== undefined) return eq(column, eventId)
  if (studioId === null) return undefined
  return inArray(column, db.select({ id: events.id }).from(events).where(eq(events.studioId, studioId)))
}
