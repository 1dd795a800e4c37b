import type { EventSummary, listEvents as contract } from '@pix/contracts/events.ts'
import { events } from '@pix/db/schema/events.ts'
import { and, eq, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import { withinDays } from '../../../base/bangkok-days.ts'
import type { Context } from '../../../base/context.ts'
import { popularEvents } from '../../../base/popular-events.ts'
import { Problem } from '../../../base/problem.ts'
import { organizedBy, seenInLists, workedOnBy } from '../../events/index.ts'
import { withPhotosBy } from '../photographers/find-portfolio.ts'
import { containsEachWord } from './contains-words.ts'
import { newestFirst } from './newest-events.ts'
import { popularFirst } from './popular-first.ts'
import { approvedCover, summarizeEvent, summaryColumns } from './summarize-event.ts'

/** Newest first, by (startsAt, id), or the popular before them. Text is matched by trigrams: PostgreSQL does not segment Thai. */
export async function listEvents(
  ctx: Context,
  query: z.output<typeof contract.schema.querystring>,
): Promise<{ items: EventSummary[]; nextCursor: string | null }> {
  const { db, caller } = ctx
  if (query.scope !== 'public' && !caller) throw new Problem('unauthorized')
  const order = query.order === 'popular' ? popularFirst(await popularEvents(ctx)) : newestFirst
  const conditions: (SQL | undefined)[] = [
    inScope(ctx, query.scope),
    query.category ? eq(events.category, query.category) : undefined,
    query.province ? eq(events.province, query.province.normalize('NFC')) : undefined,
    query.photographer === undefined ? undefined : withPhotosBy(query.photographer),
    query.status ? eq(events.status, query.status) : undefined,
    withinDays(events.startsAt, query),
    ...containsEachWord(query.text ?? ''),
    order.belowCursor(query.cursor),
  ]

  const rows = await db
    .select({ event: summaryColumns, cover: approvedCover })
    .from(events)
    .where(and(...conditions))
    .orderBy(...order.columns)
    .limit(query.limit + 1)
  const { page, nextCursor } = order.cutPage(rows, query.limit)
  return {
    items: page.map(row => summarizeEvent(row.event, row.cover)),
    nextCursor,
  }
}

function inScope(ctx: Context, scope: 'public' | 'crew' | 'organized'): SQL {
  if (scope === 'crew') return workedOnBy(ctx)
  return scope === 'organized' ? organizedBy(ctx) : seenInLists(ctx)
}
