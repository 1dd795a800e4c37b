import type { addPhotographerRate, addSplitRule, setDeductions } from '@pix/contracts/split-rules.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { eventPhotographers, events } from '@pix/db/schema/events.ts'
import { photographerRates, splitDeductions, splitRules } from '@pix/db/schema/split-rules.ts'
import { studioMembers, studios } from '@pix/db/schema/studios.ts'
import { presetShares, ruleInForce, scopeOf } from '@pix/domain/split-rules.ts'
import { EVENT_CATEGORIES } from '@pix/domain/words.ts'
import { and, desc, eq, isNull, or, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { z } from 'zod'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext, Joining, StaffContext } from '../../base/context.ts'
import { notFound, Problem } from '../../base/problem.ts'
import { inStudio, MANAGERS } from '../../people/studios/index.ts'
import { lockRules } from './lock-rules.ts'
import { refuseRate, refuseRatesBeside } from './rates-beside-rules.ts'
import { startOf } from './start-of.ts'

type NewRule = z.output<(typeof addSplitRule)['schema']['body']>
type NewRate = z.output<(typeof addPhotographerRate)['schema']['body']>

/**
 * Adds a version of a rule. Rules for all events of a studio, or of all studios, are the platform's to make: they say what
 * the platform gets. A studio's managers make those of its events, kinds of events and photographers, and leave the
 * platform its share.
 *
 * @returns its id
 * @throws Problem `forbidden`, `not_found`, `platform_share_too_small`, `rate_does_not_fit`
 */
export async function addRule(ctx: CallerContext, rule: NewRule): Promise<string> {
  const { studioId } = rule
  const { isPlatformAdmin } = ctx.caller
  refuseScope(rule)
  const isWide = ['platform', 'platform_category', 'studio'].includes(scopeOf(rule))
  if (isWide && !isPlatformAdmin) throw new Problem('forbidden')
  if (studioId === null) return ctx.db.transaction(tx => insertRule({ ...ctx, db: tx }, rule))
  return inStudio(ctx, studioId, MANAGERS, async staff => {
    await requireOfStudio(staff, rule)
    if (studioId !== HOUSE_STUDIO && !isPlatformAdmin) await refuseSmallShare(staff, rule)
    return insertRule(staff, rule)
  })
}

/** @throws Problem `invalid_request`, always */
const refuse = (path: string, message: string): never => {
  throw new Problem('invalid_request', { errors: [{ path: `body.${path}`, message }] })
}

/** What the database refuses too, said of the field. */
function refuseScope(rule: NewRule): void {
  const { platformBp, studioBp, photographerBp, organizerBp } = rule
  if (platformBp + studioBp + photographerBp + organizerBp !== 10_000) refuse('platformBp', 'does not total 10,000')
  if (rule.studioId === HOUSE_STUDIO && studioBp > 0) refuse('studioBp', 'is the platform’s')
  const fixed = presetShares(rule.preset)
  if (fixed && (photographerBp !== fixed.photographerBp || organizerBp !== fixed.organizerBp))
    refuse('preset', 'has other shares')
  const named = [rule.category, rule.eventId, rule.photographerId].filter(one => one !== null)
  if (named.length > 1) refuse('category', 'is one scope too many')
  if (rule.studioId === null && (rule.eventId ?? rule.photographerId) !== null) refuse('studioId', 'is needed')
}

/** @throws Problem `not_found` for an event or a photographer that is not the studio's */
async function requireOfStudio(
  { db, studioId }: StaffContext,
  { eventId, photographerId }: Pick<NewRule, 'eventId' | 'photographerId'>,
): Promise<void> {
  if (eventId !== null && (await db.$count(events, eq(events.id, eventId))) === 0) throw notFound()
  if (photographerId === null) return
  const isMember = and(eq(studioMembers.studioId, studioId), eq(studioMembers.userId, photographerId))
  const found =
    (await db.$count(studioMembers, isMember)) +
    (await db.$count(eventPhotographers, eq(eventPhotographers.userId, photographerId)))
  if (found === 0) throw notFound()
}

/**
 * Refuses a rule that leaves the platform less than it gets without this one: at any moment from the rule's first on, and of
 * a photographer at events of any kind.
 *
 * @throws Problem `platform_share_too_small`
 */
async function refuseSmallShare({ db, now, studioId }: StaffContext, rule: NewRule): Promise<void> {
  const rows = await db
    .select()
    .from(splitRules)
    .where(
      and(
        or(isNull(splitRules.studioId), eq(splitRules.studioId, studioId)),
        isNull(splitRules.eventId),
        isNull(splitRules.photographerId),
        or(isNull(splitRules.category), isNull(splitRules.studioId)),
      ),
    )
  const terms = rows.map(row => ({ ...row, startsAt: row.startsAt.getTime() }))
  const first = startOf(rule.from, now(), null).getTime()
  const moments = [first, ...terms.map(({ startsAt }) => startsAt).filter(startsAt => startsAt > first)]
  const shares = (await categoriesOf({ db }, rule)).flatMap(category => {
    const sold = { studioId, category, eventId: '', photographerId: '' }
    return moments.map(at => ruleInForce(terms, sold, at).platformBp)
  })
  if (rule.platformBp < Math.max(...shares)) throw new Problem('platform_share_too_small')
}

/** The kinds of event that a rule of a studio counts at. */
async function categoriesOf(
  { db }: Pick<StaffContext, 'db'>,
  { category, eventId }: Pick<NewRule, 'category' | 'eventId'>,
): Promise<readonly string[]> {
  if (category !== null) return [category]
  if (eventId === null) return EVENT_CATEGORIES
  const found = await db.select({ category: events.category }).from(events).where(eq(events.id, eventId))
  return found.map(event => event.category)
}

async function insertRule(ctx: Joining<CallerContext>, { from, ...rule }: NewRule): Promise<string> {
  const { db, newId, now, caller } = ctx
  const { studioId, category, eventId, photographerId } = rule
  await lockRules(db)
  if (photographerId === null) await refuseRatesBeside(ctx, studioId, rule)
  const scope = and(
    isSame(splitRules.studioId, studioId),
    isSame(splitRules.category, category),
    isSame(splitRules.eventId, eventId),
    isSame(splitRules.photographerId, photographerId),
  )
  const before = await db.select().from(splitRules).where(scope).orderBy(desc(splitRules.startsAt))
  const startsAt = startOf(from, now(), sameMoment(before, from, now()))
  const version = Math.max(0, ...before.map(row => row.version)) + 1
  const id = newId()
  await db.insert(splitRules).values({ id, ...rule, version, startsAt, createdBy: caller.userId })
  const { platformBp, studioBp, photographerBp, organizerBp, preset } = rule
  const after = { platformBp, studioBp, photographerBp, organizerBp, preset, startsAt: startsAt.toISOString() }
  const subject = studioId === null ? `split_rule:${id}` : `studio:${studioId}`
  await recordAudit(ctx, 'split_rule.add', subject, { after, category, eventId, photographerId, version })
  return id
}

const isSame = (column: PgColumn, value: string | null): SQL => (value === null ? isNull(column) : eq(column, value))

/** The latest start within a second of now, or of the day's beginning: versions that were written for the same moment. */
function sameMoment(versions: readonly { startsAt: Date }[], from: string | undefined, now: Date): Date | null {
  const moment = from === undefined ? now.getTime() : Date.parse(`${from}T00:00:00+07:00`)
  const found = versions.find(({ startsAt }) => Math.abs(startsAt.getTime() - moment) < 1_000)
  return found?.startsAt ?? null
}

/**
 * Gives a photographer a rate of their own in a studio, or ends it.
 *
 * @returns its id
 * @throws Problem `not_found`, `rate_does_not_fit`
 */
export const addRate = (ctx: CallerContext, { from, ...rate }: NewRate): Promise<string> =>
  inStudio(ctx, rate.studioId, MANAGERS, async staff => {
    const { db, newId, now, caller } = staff
    const { studioId, photographerId, rateBp } = rate
    await requireOfStudio(staff, { eventId: null, photographerId })
    await lockRules(db)
    if (rateBp !== null) await refuseRate(staff, studioId, rateBp)
    const before = await db
      .select()
      .from(photographerRates)
      .where(and(eq(photographerRates.studioId, studioId), eq(photographerRates.photographerId, photographerId)))
      .orderBy(desc(photographerRates.startsAt))
    const startsAt = startOf(from, now(), sameMoment(before, from, now()))
    const id = newId()
    await db.insert(photographerRates).values({ id, ...rate, startsAt, createdBy: caller.userId })
    const after = { rateBp, startsAt: startsAt.toISOString() }
    await recordAudit(staff, 'split_rule.rate', `studio:${studioId}`, { after, photographerId })
    return id
  })

/** Sets what comes off a studio's sales before they are split. @throws Problem `not_found` */
export const putDeductions = (
  ctx: CallerContext,
  { studioId, ...after }: z.output<(typeof setDeductions)['schema']['body']>,
): Promise<void> =>
  inStudio(ctx, studioId, MANAGERS, async staff => {
    const { db } = staff
    if ((await db.$count(studios, eq(studios.id, studioId))) === 0) throw notFound()
    const [before] = await db.select().from(splitDeductions).where(eq(splitDeductions.studioId, studioId))
    await db
      .insert(splitDeductions)
      .values({ studioId, ...after })
      .onConflictDoUpdate({ target: splitDeductions.studioId, set: after })
    const was = { vatBp: before?.vatBp ?? 0, feeBp: before?.feeBp ?? 0 }
    await recordAudit(staff, 'split_rule.deductions', `studio:${studioId}`, { before: was, after })
  })
