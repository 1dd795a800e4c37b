import type { Queryable } from '@pix/db/client.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { users } from '@pix/db/schema/auth.ts'
import { eventPhotographers, events } from '@pix/db/schema/events.ts'
import { photographerRates, splitDeductions, splitRules } from '@pix/db/schema/split-rules.ts'
import { studioMembers } from '@pix/db/schema/studios.ts'
import { ruleInForce, saleShares, type Shares } from '@pix/domain/split-rules.ts'
import { and, desc, eq, exists, inArray, isNull, lte, notExists, or, sql } from 'drizzle-orm'
import { vatOfSeller } from '../../people/sellers/index.ts'
import { MANAGERS } from '../../people/studios/index.ts'

/** A photographer's photos of an event. */
interface SoldOf {
  eventId: string
  photographerId: string
}

/** Who gets what of them, as an order freezes it. */
export interface SharesInForce extends SoldOf, Shares {
  splitRuleId: string
  rateId: string | null
  organizerId: string | null
  vatBp: number
  feeBp: number
  isPayee: boolean
}

/**
 * Who gets what of photos that are sold now, all of one studio: by the rule and the photographer's rate that are in force,
 * the events' organizers, and what the studio takes off before the split.
 *
 * @throws RangeError for a rate that leaves the others less than their shares
 */
export async function sharesInForce(
  db: Queryable,
  studioId: string,
  sold: readonly SoldOf[],
  at: Date,
): Promise<SharesInForce[]> {
  if (sold.length === 0) return []
  const eventIds = [...new Set(sold.map(one => one.eventId))]
  const photographerIds = [...new Set(sold.map(one => one.photographerId))]
  const rules = await startedRules(db, studioId, eventIds, photographerIds, at)
  const rates = await ratesInForce(db, studioId, photographerIds, at)
  const staff = await uploadedAsStaff(db, studioId, eventIds, photographerIds)
  const found = await db.select().from(events).where(inArray(events.id, eventIds))
  const { vatBp, feeBp } = await readDeductions(db, studioId)
  return sold.map(({ eventId, photographerId }) => {
    const event = found.find(one => one.id === eventId)
    if (!event) throw new Error('the event of a sold photo is gone')
    const { category, organizerId } = event
    const rule = ruleInForce(rules, { studioId, category, eventId, photographerId }, at.getTime())
    const rate = rates.get(photographerId)
    const isPayee = !staff.has(`${eventId} ${photographerId}`)
    const parties = { isHouse: studioId === HOUSE_STUDIO, organizerId, isPayee, rateBp: rate?.rateBp ?? null }
    const usesRate = isPayee && parties.rateBp !== null && rule.photographerId === null
    return {
      eventId,
      photographerId,
      splitRuleId: rule.id,
      rateId: usesRate ? rate!.id : null,
      ...saleShares(rule, parties),
      organizerId,
      vatBp,
      feeBp,
      isPayee,
    }
  })
}

/** What a studio takes off its sales now before they are split, basis points. */
export async function readDeductions(db: Queryable, studioId: string): Promise<{ vatBp: number; feeBp: number }> {
  const [off] = await db.select().from(splitDeductions).where(eq(splitDeductions.studioId, studioId))
  return { vatBp: (await vatOfSeller(db, studioId)) ?? off?.vatBp ?? 0, feeBp: off?.feeBp ?? 0 }
}

/** The rules that may count for these events and photographers; of each scope all that have begun. */
export async function startedRules(
  db: Queryable,
  studioId: string,
  eventIds: readonly string[],
  photographerIds: readonly string[],
  at: Date,
) {
  const rows = await db
    .select()
    .from(splitRules)
    .where(
      and(
        lte(splitRules.startsAt, at),
        or(isNull(splitRules.studioId), eq(splitRules.studioId, studioId)),
        or(isNull(splitRules.eventId), inArray(splitRules.eventId, [...eventIds])),
        or(isNull(splitRules.photographerId), inArray(splitRules.photographerId, [...photographerIds])),
      ),
    )
  return rows.map(row => ({ ...row, startsAt: row.startsAt.getTime() }))
}

/** By photographer: their latest rate that has begun, also where it ended the one before. */
async function ratesInForce(db: Queryable, studioId: string, photographerIds: readonly string[], at: Date) {
  const rows = await db
    .selectDistinctOn([photographerRates.photographerId])
    .from(photographerRates)
    .where(
      and(
        eq(photographerRates.studioId, studioId),
        inArray(photographerRates.photographerId, [...photographerIds]),
        lte(photographerRates.startsAt, at),
      ),
    )
    .orderBy(photographerRates.photographerId, desc(photographerRates.startsAt))
  return new Map(rows.map(row => [row.photographerId, row]))
}

/**
 * Who uploaded for the seller: a platform admin, an owner or a manager of the studio, unless they are invited to the event
 * as a photographer.
 *
 * @returns `<event> <uploader>`
 */
async function uploadedAsStaff(
  db: Queryable,
  studioId: string,
  eventIds: readonly string[],
  uploaderIds: readonly string[],
): Promise<Set<string>> {
  const manages = db
    .select({ one: sql`1` })
    .from(studioMembers)
    .where(
      and(
        eq(studioMembers.userId, users.id),
        eq(studioMembers.studioId, studioId),
        inArray(studioMembers.role, [...MANAGERS]),
      ),
    )
  const isInvited = db
    .select({ one: sql`1` })
    .from(eventPhotographers)
    .where(and(eq(eventPhotographers.userId, users.id), eq(eventPhotographers.eventId, events.id)))
  const rows = await db
    .select({ eventId: events.id, userId: users.id })
    .from(users)
    .innerJoin(events, inArray(events.id, [...eventIds]))
    .where(
      and(
        inArray(users.id, [...uploaderIds]),
        or(eq(users.role, 'platform_admin'), exists(manages)),
        notExists(isInvited),
      ),
    )
  return new Set(rows.map(({ eventId, userId }) => `${eventId} ${userId}`))
}

/**
 * The id of the rule that counts at an event for photographers without one of their own.
 *
 * @throws Error where none has begun
 */
export async function eventRuleInForce(db: Queryable, eventId: string, at: Date): Promise<string> {
  const [event] = await db.select().from(events).where(eq(events.id, eventId))
  if (!event) throw new Error('the event of a sold photo is gone')
  return (await ruleOfEvent(db, event, at)).id
}

/** The rule itself. @throws RangeError where none has begun */
export async function ruleOfEvent(db: Queryable, event: typeof events.$inferSelect, at: Date) {
  const { id: eventId, studioId, category } = event
  const rules = await startedRules(db, studioId, [eventId], [], at)
  return ruleInForce(rules, { studioId, category, eventId, photographerId: '' }, at.getTime())
}
