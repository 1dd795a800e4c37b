import type {
  countManagedEvents as counts,
  EventLine,
  listManagedEvents as contract,
} from '@pix/contracts/event-form.ts'
import type { EventStatus } from '@pix/contracts/events.ts'
import { events } from '@pix/db/schema/events.ts'
import { EVENT_STATUSES } from '@pix/domain/words.ts'
import { and, eq, isNull, ne, type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { withinDays } from '../../../base/bangkok-days.ts'
import type { CallerContext } from '../../../base/context.ts'
import { inNamedStudio, isOfList, type ListContext } from '../../../people/studios/index.ts'
import { isFailed } from '../is-failed.ts'
import { containsEachWord } from './contains-words.ts'
import { newestFirst } from './newest-events.ts'
import { approvedCover, summarizeEvent, summaryColumns } from './summarize-event.ts'

/** Written out for the reason that `summarize-event.ts` names. */
const waitingCount = sql<number>`(
  select count(*)::int from photos p
  where p.event_id = events.id and p.state = 'processed' and p.approval = 'pending'
)`

const failedCount = sql<number>`(
  select count(*)::int from photos where photos.event_id = events.id and ${isFailed}
)`
const hasFailed = sql`exists (select 1 from photos where photos.event_id = events.id and ${isFailed})`

const columns = {
  ...summaryColumns,
  visibility: events.visibility,
  salesStart: events.salesStart,
  salesEnd: events.salesEnd,
}

type Filters = z.output<typeof counts.schema.querystring>

/** SQL on events: those of the list's studio that fit, whatever their status. */
const fitting = (list: ListContext, { text, province, from, to }: Filters): SQL =>
  and(
    isOfList(list, events.studioId),
    isNull(events.removedAt),
    province ? eq(events.province, province.normalize('NFC')) : undefined,
    withinDays(events.startsAt, { from, to }),
    ...containsEachWord(text ?? ''),
  )!

/** How many of the events that fit are in each status. @throws Problem `not_found` for a studio of others */
export async function countManagedEvents(ctx: CallerContext, query: Filters): Promise<Record<EventStatus, number>> {
  const rows = await inNamedStudio(ctx, query.studio, list =>
    list.db
      .select({ status: events.status, count: sql<number>`count(*)::int` })
      .from(events)
      .where(fitting(list, query))
      .groupBy(events.status),
  )
  const found = new Map(rows.map(({ status, count }) => [status, count]))
  const counted = EVENT_STATUSES.map(status => [status, found.get(status) ?? 0])
  return Object.fromEntries(counted) as Record<EventStatus, number>
}

/** Newest first, by (startsAt, id), whatever the status. @throws Problem `not_found` for a studio of others */
export async function listManagedEvents(
  ctx: CallerContext,
  query: z.output<typeof contract.schema.querystring>,
): Promise<{ items: EventLine[]; nextCursor: string | null }> {
  const rows = await inNamedStudio(ctx, query.studio, list =>
    list.db
      .select({ event: columns, cover: approvedCover, waitingCount, failedCount })
      .from(events)
      .where(
        and(
          fitting(list, query),
          query.status ? eq(events.status, query.status) : undefined,
          !query.status && query.archived === 'without' ? ne(events.status, 'archived') : undefined,
          query.failed ? hasFailed : undefined,
          newestFirst.belowCursor(query.cursor),
        ),
      )
      .orderBy(...newestFirst.columns)
      .limit(query.limit + 1),
  )
  const { page, nextCursor } = newestFirst.cutPage(rows, query.limit)
  return {
    items: page.map(({ event, cover, ...counts }) => ({
      ...summarizeEvent(event, cover),
      visibility: event.visibility,
      salesStart: event.salesStart?.toISOString() ?? null,
      salesEnd: event.salesEnd?.toISOString() ?? null,
      ...counts,
    })),
    nextCursor,
  }
}
