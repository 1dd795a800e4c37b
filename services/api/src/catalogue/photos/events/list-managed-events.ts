import type { EventLine, listManagedEvents as contract } from '@pix/contracts/event-form.ts'
import { events } from '@pix/db/schema/events.ts'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { CallerContext } from '../../../base/context.ts'
import { inNamedStudio, isOfList } from '../../../people/studios/index.ts'
import { containsEachWord } from './contains-words.ts'
import { belowCursor, cutPage, newestFirst } from './newest-events.ts'
import { approvedCover, summarizeEvent, summaryColumns } from './summarize-event.ts'

/** Written out for the reason that `summarize-event.ts` names. */
const waitingCount = sql<number>`(
  select count(*)::int from photos p
  where p.event_id = events.id and p.state = 'processed' and p.approval = 'pending'
)`

const columns = {
  ...summaryColumns,
  visibility: events.visibility,
  salesStart: events.salesStart,
  salesEnd: events.salesEnd,
}

/** Newest first, by (startsAt, id), whatever the status. @throws Problem `not_found` for a studio of others */
export async function listManagedEvents(
  ctx: CallerContext,
  query: z.output<typeof contract.schema.querystring>,
): Promise<{ items: EventLine[]; nextCursor: string | null }> {
  const rows = await inNamedStudio(ctx, query.studio, list =>
    list.db
      .select({ event: columns, cover: approvedCover, waitingCount })
      .from(events)
      .where(
        and(
          isOfList(list, events.studioId),
          isNull(events.removedAt),
          query.status ? eq(events.status, query.status) : undefined,
          ...containsEachWord(query.text ?? ''),
          belowCursor(query.cursor),
        ),
      )
      .orderBy(...newestFirst)
      .limit(query.limit + 1),
  )
  const { page, nextCursor } = cutPage(rows, query.limit)
  return {
    items: page.map(({ event, cover, waitingCount: waiting }) => ({
      ...summarizeEvent(event, cover),
      visibility: event.visibility,
      salesStart: event.salesStart?.toISOString() ?? null,
      salesEnd: event.salesEnd?.toISOString() ?? null,
      waitingCount: waiting,
    })),
    nextCursor,
  }
}
