import type { EventLine, listManagedEvents as contract } from '@pix/contracts/event-form.ts'
import { events } from '@pix/db/schema/events.ts'
import { and, desc, eq, lt, or, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { CallerContext } from '../../../base/context.ts'
import { decodeCursor, encodeCursor, isId, isMs } from '../../../base/cursor.ts'
import { managedBy } from '../../events/index.ts'
import { containsEachWord } from './contains-words.ts'
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

/** Newest first, by (startsAt, id), whatever the status. */
export async function listManagedEvents(
  ctx: CallerContext,
  query: z.output<typeof contract.schema.querystring>,
): Promise<{ items: EventLine[]; nextCursor: string | null }> {
  const after = decodeCursor(query.cursor, ([ms, id]) => (isMs(ms) && isId(id) ? { at: new Date(ms), id } : null))
  const conditions = [
    managedBy(ctx),
    query.status ? eq(events.status, query.status) : undefined,
    ...containsEachWord(query.text ?? ''),
    after ? or(lt(events.startsAt, after.at), and(eq(events.startsAt, after.at), lt(events.id, after.id))) : undefined,
  ]
  const rows = await ctx.db
    .select({ event: columns, cover: approvedCover, waitingCount })
    .from(events)
    .where(and(...conditions))
    .orderBy(desc(events.startsAt), desc(events.id))
    .limit(query.limit + 1)
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)?.event
  return {
    items: page.map(({ event, cover, waitingCount: waiting }) => ({
      ...summarizeEvent(event, cover),
      visibility: event.visibility,
      salesStart: event.salesStart?.toISOString() ?? null,
      salesEnd: event.salesEnd?.toISOString() ?? null,
      waitingCount: waiting,
    })),
    nextCursor: rows.length > page.length && last ? encodeCursor([last.startsAt.getTime(), last.id]) : null,
  }
}
