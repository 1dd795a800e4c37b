import { type Repeated, repeat } from '@pix/platform/repeat.ts'
import { asSystem } from '@pix/db/tenant.ts'
import { events } from '@pix/db/schema/events.ts'
import { searches, searchMatches } from '@pix/db/schema/searches.ts'
import { eventHours } from '@pix/db/schema/statistics.ts'
import { sql } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { type Counted, countsKey, hourOf } from '../../base/count-at-events.ts'
import type { Deps } from '../../base/deps.ts'
import { startRankingEvents } from './rank-events.ts'

const HOUR_MS = 3_600_000
const ROUND_MS = 60_000
/** So far back an hour's counts may still grow: a search that waits for a choice of faces, a sweep that was away. */
const HOURS_BACK = 12

/**
 * Keeps what happened at events in the last hours. Every count is of the whole hour, and the greatest is kept: a run may be
 * repeated or be killed. A search that was counted stays counted when it is forgotten; further ones of that hour are then
 * counted once there are more of them.
 */
export async function keepHours(ctx: Context): Promise<void> {
  const now = hourOf(ctx.now())
  for (let back = 0; back < HOURS_BACK; back += 1) {
    const hour = new Date(now.getTime() - back * HOUR_MS)
    await keepCounted(ctx, 'visits', hour)
    await keepCounted(ctx, 'carts', hour)
  }
  await keepSearches(ctx, new Date(now.getTime() - (HOURS_BACK - 1) * HOUR_MS))
}

/** Keeps the counts of events that still exist: the count of a deleted event is passed over. */
async function keepCounted({ db, redis }: Context, what: Counted, hour: Date): Promise<void> {
  const counts = Object.entries(await redis.hgetall(countsKey(what, hour)))
  if (counts.length === 0) return
  const column = sql.identifier(what)
  await db.execute(sql`
    insert into ${eventHours} (event_id, hour, ${column})
    select e.id, ${hour.toISOString()}::timestamptz, c.count
    from json_to_recordset(${JSON.stringify(counts.map(([id, count]) => ({ id, count: Number(count) })))}::json)
      as c(id uuid, count int)
    join ${events} e on e.id = c.id
    on conflict (event_id, hour) do update
    set ${column} = excluded.${column}
    where excluded.${column} > ${eventHours}.${column}`)
}

const hasFound = sql`exists (select from ${searchMatches} where ${searchMatches.searchId} = ${searches.id})`

/** Not those of people who do not want to be found: they look for nothing to buy. */
async function keepSearches({ db }: Context, from: Date): Promise<void> {
  await db.execute(sql`
    insert into ${eventHours} (event_id, hour, found, nothing_found, failed)
    select event_id, date_trunc('hour', created_at, 'UTC'),
      count(*) filter (where state = 'done' and ${hasFound}),
      count(*) filter (where state = 'done' and not ${hasFound}),
      count(*) filter (where state = 'failed')
    from ${searches}
    where created_at >= ${from.toISOString()}::timestamptz and state in ('done', 'failed') and not for_objection
    group by 1, 2
    on conflict (event_id, hour) do update
    set found = greatest(event_hours.found, excluded.found),
      nothing_found = greatest(event_hours.nothing_found, excluded.nothing_found),
      failed = greatest(event_hours.failed, excluded.failed)
    where excluded.found > event_hours.found or excluded.nothing_found > event_hours.nothing_found
      or excluded.failed > event_hours.failed`)
}

/** Does that every minute, and ranks events by it. */
export const startKeepingHours = (deps: Deps): Repeated[] => [
  repeat(deps.log, 'keep_event_hours', ROUND_MS, () => keepHours(asSystem(deps))),
  startRankingEvents(deps),
]
