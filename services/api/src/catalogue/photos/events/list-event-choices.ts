import type { EventChoices, listEventChoices as contract } from '@pix/contracts/event-choices.ts'
import { events } from '@pix/db/schema/events.ts'
import { and, desc, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { withinDays } from '../../../base/bangkok-days.ts'
import type { Context } from '../../../base/context.ts'
import { seenInLists } from '../../events/index.ts'
import { containsEachWord } from './contains-words.ts'

/** Of each kind. A shop of fifty years has as many months. */
const MOST_CHOICES = 600

/** Months and provinces of the events in public lists, counted once each in one read: each as all other filters leave it. */
export async function listEventChoices(
  ctx: Context,
  query: z.output<typeof contract.schema.querystring>,
): Promise<EventChoices> {
  const inProvince = query.province ? eq(events.province, query.province.normalize('NFC')) : sql`true`
  const inDays = withinDays(events.startsAt, query) ?? sql`true`
  const found = ctx.db
    .select({
      month: sql<string>`to_char(${events.startsAt} at time zone 'Asia/Bangkok', 'YYYY-MM')`.as('month'),
      province: events.province,
      inProvince: sql<boolean>`${inProvince}`.as('in_province'),
      inDays: sql<boolean>`${inDays}`.as('in_days'),
    })
    .from(events)
    .where(
      and(
        seenInLists(ctx),
        query.category ? eq(events.category, query.category) : undefined,
        ...containsEachWord(query.text ?? ''),
      ),
    )
    .as('found')
  // A row of a month has no province, and the other way round.
  const count = sql<number>`case when grouping(${found.month}) = 0
    then count(*) filter (where ${found.inProvince})::int
    else count(*) filter (where ${found.inDays})::int end`
  const rows = await ctx.db
    .select({ month: sql<string | null>`${found.month}`, province: sql<string | null>`${found.province}`, count })
    .from(found)
    .groupBy(sql`grouping sets ((${found.month}), (${found.province}))`)
    .having(sql`${count} > 0`)
    .orderBy(desc(found.month), desc(count), found.province)

  return {
    months: rows
      .flatMap(row => (row.month === null ? [] : { month: row.month, count: row.count }))
      .slice(0, MOST_CHOICES),
    provinces: rows
      .flatMap(row => (row.province === null ? [] : { province: row.province, count: row.count }))
      .slice(0, MOST_CHOICES),
  }
}
