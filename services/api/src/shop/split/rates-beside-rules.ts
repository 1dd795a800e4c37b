import type { EventStatus } from '@pix/contracts/events.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { events } from '@pix/db/schema/events.ts'
import { photographerRates, splitRules } from '@pix/db/schema/split-rules.ts'
import { highestRate, type Shares } from '@pix/domain/split-rules.ts'
import { and, desc, eq, isNull, notInArray, or } from 'drizzle-orm'
import type { Joining, Context } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'

const OVER = ['closed', 'archived'] as const satisfies EventStatus[]
/** An event in this status sells nothing. */
export const isOver = (status: EventStatus): boolean => OVER.some(over => over === status)

/**
 * Refuses a rate that does not fit beside a rule which counts in the studio now or later; rules of a photographer's own
 * stand beside no rate, nor do those of events that are over or removed.
 *
 * @throws Problem `rate_does_not_fit`
 */
export async function refuseRate(
  { db, now }: Pick<Joining<Context>, 'db' | 'now'>,
  studioId: string,
  rateBp: number,
): Promise<void> {
  const sells = and(isNull(events.removedAt), notInArray(events.status, [...OVER]))
  const rows = await db
    .select({ rule: splitRules })
    .from(splitRules)
    .leftJoin(events, eq(events.id, splitRules.eventId))
    .where(
      and(
        or(isNull(splitRules.studioId), eq(splitRules.studioId, studioId)),
        isNull(splitRules.photographerId),
        or(isNull(splitRules.eventId), sells),
      ),
    )
    .orderBy(desc(splitRules.startsAt))
  const rules = rows.map(({ rule }) => rule)
  const counting = stillCounting(rules, now(), rule => `${rule.studioId} ${rule.category} ${rule.eventId}`)
  if (counting.some(rule => rateBp > highestRate(rule, studioId === HOUSE_STUDIO)))
    throw new Problem('rate_does_not_fit')
}

/**
 * Refuses a rule beside which a photographer's rate that counts now or later does not fit.
 *
 * @param studioId null for a rule of the platform: rates of all studios stand beside it
 * @throws Problem `rate_does_not_fit`
 */
export async function refuseRatesBeside(
  { db, now }: Pick<Joining<Context>, 'db' | 'now'>,
  studioId: string | null,
  shares: Shares,
): Promise<void> {
  const rates = await db
    .select()
    .from(photographerRates)
    .where(studioId === null ? undefined : eq(photographerRates.studioId, studioId))
    .orderBy(desc(photographerRates.startsAt))
  for (const { studioId: of, rateBp } of stillCounting(rates, now(), rate => `${rate.studioId} ${rate.photographerId}`))
    if ((rateBp ?? 0) > highestRate(shares, of === HOUSE_STUDIO)) throw new Problem('rate_does_not_fit')
}

/**
 * The versions that count now or later, of versions sorted from the latest on. Of a scope the latest version that has
 * begun counts now.
 */
export function stillCounting<V extends { startsAt: Date }>(
  versions: readonly V[],
  at: Date,
  scopeOf: (version: V) => string,
): V[] {
  const over = new Set<string>()
  return versions.filter(version => {
    const scope = scopeOf(version)
    if (over.has(scope)) return false
    if (version.startsAt <= at) over.add(scope)
    return true
  })
}
