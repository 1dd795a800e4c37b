import type { EventSummary, listEvents as contract } from '@pix/contracts/events.ts'
import { events } from '@pix/db/schema/events.ts'
import { and, desc, eq, lt, or, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import type { Context } from '../../../base/context.ts'
import { decodeCursor, encodeCursor, isId, isMs } from '../../../base/cursor.ts'
import { Problem } from '../../../base/problem.ts'
import { seenInLists, workedOnBy } from '../../events/index.ts'
import { containsEachWord } from './contains-words.ts'
import { approvedCover, summarizeEvent, summaryColumns } from './summarize-event.ts'

/** Newest first, by (startsAt, id). Text is matched by trigrams: PostgreSQL does not segment Thai. */
export async function listEvents(
  ctx: Context,
  query: z.output<typeof contract.schema.querystring>,
): Promise<{ items: EventSummary[]; nextCursor: string | null }> {
  const { db, caller } = ctx
  if (query.scope === 'crew' && !caller) throw new Problem('unauthorized')
  const after = decodeCursor(query.cursor, ([ms, id]) => (isMs(ms) && isId(id) ? { at: new Date(ms), id } : null))
  const conditions: (SQL | undefined)[] = [
    query.scope === 'crew' ? workedOnBy(ctx) : seenInLists(),
    query.category ? eq(events.category, query.category) : undefined,
    query.province ? eq(events.province, query.province.normalize('NFC')) : undefined,
    ...containsEachWord(query.text ?? ''),
    after ? or(lt(events.startsAt, after.at), and(eq(events.startsAt, after.at), lt(events.id, after.id))) : undefined,
  ]

  const rows = await db
    .select({ event: summaryColumns, cover: approvedCover })
    .from(events)
    .where(and(...conditions))
    .orderBy(desc(events.startsAt), desc(events.id))
    .limit(query.limit + 1)
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)?.event
  return {
    items: page.map(row => summarizeEvent(row.event, row.cover)),
    nextCursor: rows.length > page.length && last ? encodeCursor([last.startsAt.getTime(), last.id]) : null,
  }
}
