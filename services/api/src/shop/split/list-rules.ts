import type { splitRules as contract } from '@pix/contracts/split-rules.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { users } from '@pix/db/schema/auth.ts'
import { eventPhotographers, events } from '@pix/db/schema/events.ts'
import { photographerRates, splitDeductions, splitRules } from '@pix/db/schema/split-rules.ts'
import { studioMembers } from '@pix/db/schema/studios.ts'
import { and, asc, desc, eq, exists, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { CallerContext } from '../../base/context.ts'
import { inNamedStudio, isOfList, type ListContext } from '../../people/studios/index.ts'

type Rules = z.output<(typeof contract)['schema']['response'][200]>

/** Versions and names that a page shows; those in force are shown besides, however old they are. */
const MOST = 300
/** A platform admin reads those of all studios, where nobody looks at more. */
const MOST_IN_FORCE = 1_000

/** Who gets what in the list's studio: rules, rates, what comes off, and who may be named by a new rule. */
export const listRules = (ctx: CallerContext, studio: string | undefined): Promise<Rules> =>
  inNamedStudio(ctx, studio, async list => ({
    studioId: list.studioId,
    isHouse: list.studioId === null || list.studioId === HOUSE_STUDIO,
    rules: await rulesOf(list),
    rates: await ratesOf(list),
    deductions: await deductionsOf(list),
    photographers: await photographersOf(list),
    events: await eventsOf(list),
  }))

async function rulesOf(list: ListContext): Promise<Rules['rules']> {
  const { studioId, category, eventId, photographerId, startsAt } = splitRules
  const isListed = or(isNull(studioId), isOfList(list, studioId) ?? sql`true`)
  const latestIds = list.db
    .select({ id: splitRules.id })
    .from(splitRules)
    .where(isListed)
    .orderBy(desc(startsAt), desc(splitRules.id))
    .limit(MOST)
  const inForceIds = list.db
    .selectDistinctOn([studioId, category, eventId, photographerId], { id: splitRules.id })
    .from(splitRules)
    .where(and(isListed, lte(startsAt, list.now())))
    .orderBy(studioId, category, eventId, photographerId, desc(startsAt))
    .limit(MOST_IN_FORCE)
  const rows = await list.db
    .select({ rule: splitRules, nameTh: events.nameTh, nameEn: events.nameEn, photographer: users.name })
    .from(splitRules)
    .leftJoin(events, eq(events.id, eventId))
    .leftJoin(users, eq(users.id, photographerId))
    .where(or(inArray(splitRules.id, latestIds), inArray(splitRules.id, inForceIds)))
    .orderBy(desc(startsAt), desc(splitRules.id))
  const latest = latestOf(list)
  return rows.map(({ rule, nameTh, nameEn, photographer }) => ({
    id: rule.id,
    studioId: rule.studioId,
    category: rule.category,
    event: rule.eventId === null ? null : { id: rule.eventId, name: { th: nameTh ?? '', en: nameEn ?? '' } },
    photographer: rule.photographerId === null ? null : { id: rule.photographerId, name: photographer ?? '' },
    version: rule.version,
    startsAt: rule.startsAt.toISOString(),
    preset: rule.preset,
    platformBp: rule.platformBp,
    studioBp: rule.studioBp,
    photographerBp: rule.photographerBp,
    organizerBp: rule.organizerBp,
    inForce: latest([rule.studioId, rule.category, rule.eventId, rule.photographerId].join(' '), rule.startsAt),
  }))
}

/** A filter for rows that are sorted from the latest on: it keeps the first row of each scope that has begun. */
function latestOf({ now }: Pick<ListContext, 'now'>) {
  const over = new Set<string>()
  const at = now()
  return (scope: string, startsAt: Date): boolean => {
    if (startsAt > at || over.has(scope)) return false
    over.add(scope)
    return true
  }
}

async function ratesOf(list: ListContext): Promise<Rules['rates']> {
  const { id, studioId, photographerId, startsAt } = photographerRates
  const isListed = isOfList(list, studioId)
  const latestIds = list.db
    .select({ id })
    .from(photographerRates)
    .where(isListed)
    .orderBy(desc(startsAt), desc(id))
    .limit(MOST)
  const inForceIds = list.db
    .selectDistinctOn([studioId, photographerId], { id })
    .from(photographerRates)
    .where(and(isListed, lte(startsAt, list.now())))
    .orderBy(studioId, photographerId, desc(startsAt))
    .limit(MOST_IN_FORCE)
  const rows = await list.db
    .select({ rate: photographerRates, name: users.name })
    .from(photographerRates)
    .innerJoin(users, eq(users.id, photographerId))
    .where(or(inArray(id, latestIds), inArray(id, inForceIds)))
    .orderBy(desc(startsAt), desc(id))
  const latest = latestOf(list)
  return rows.map(({ rate, name }) => ({
    id: rate.id,
    photographer: { id: rate.photographerId, name },
    startsAt: rate.startsAt.toISOString(),
    rateBp: rate.rateBp,
    inForce: latest(`${rate.studioId} ${rate.photographerId}`, rate.startsAt),
  }))
}

async function deductionsOf({ db, studioId }: ListContext): Promise<Rules['deductions']> {
  const [off] = await db
    .select()
    .from(splitDeductions)
    .where(eq(splitDeductions.studioId, studioId ?? HOUSE_STUDIO))
  return { vatBp: off?.vatBp ?? 0, feeBp: off?.feeBp ?? 0 }
}

function photographersOf(list: ListContext): Promise<Rules['photographers']> {
  const { db } = list
  const isMember = db
    .select({ one: sql`1` })
    .from(studioMembers)
    .where(
      and(
        eq(studioMembers.userId, users.id),
        inArray(studioMembers.role, ['photographer']),
        isOfList(list, studioMembers.studioId),
      ),
    )
  const isInvited = db
    .select({ one: sql`1` })
    .from(eventPhotographers)
    .innerJoin(events, eq(events.id, eventPhotographers.eventId))
    .where(and(eq(eventPhotographers.userId, users.id), isOfList(list, events.studioId)))
  return db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(or(exists(isMember), exists(isInvited)))
    .orderBy(asc(users.name), asc(users.id))
    .limit(MOST)
}

async function eventsOf(list: ListContext): Promise<Rules['events']> {
  const rows = await list.db
    .select({ id: events.id, th: events.nameTh, en: events.nameEn })
    .from(events)
    .where(isOfList(list, events.studioId))
    .orderBy(desc(events.startsAt), desc(events.id))
    .limit(MOST)
  return rows.map(({ id, ...name }) => ({ id, name }))
}
