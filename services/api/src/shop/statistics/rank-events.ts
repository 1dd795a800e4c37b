import { asSystem } from '@pix/db/tenant.ts'
import { eventHours } from '@pix/db/schema/statistics.ts'
import { type Repeated, repeat } from '@pix/platform/repeat.ts'
import { desc, gt, sql } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import type { Deps } from '../../base/deps.ts'
import { POPULAR_KEY } from '../../base/popular-events.ts'

const DAYS_BACK = 7
const ROUND_MS = 600_000
/** Long enough for a few rounds that failed. */
const KEPT_S = 3_600
/** A page of the shop shows far fewer. */
const MOST = 100

/** Ranks events by their visits of the last days and keeps the first of them in Redis, where `popularEvents` reads them. */
export async function rankEvents({ db, redis, now }: Context): Promise<void> {
  const since = new Date(now().getTime() - DAYS_BACK * 86_400_000)
  const rows = await db
    .select({ id: eventHours.eventId })
    .from(eventHours)
    .where(gt(eventHours.hour, since))
    .groupBy(eventHours.eventId)
    .having(sql`sum(${eventHours.visits}) > 0`)
    .orderBy(desc(sql`sum(${eventHours.visits})`), desc(eventHours.eventId))
    .limit(MOST)
  await redis.set(POPULAR_KEY, JSON.stringify(rows.map(({ id }) => id)), 'EX', KEPT_S)
}

/** Does that every ten minutes. */
export const startRankingEvents = (deps: Deps): Repeated =>
  repeat(deps.log, 'rank_events', ROUND_MS, () => rankEvents(asSystem(deps)))
