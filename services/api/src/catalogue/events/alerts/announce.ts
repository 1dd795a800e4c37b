import type { readAnnouncement as contract } from '@pix/contracts/announcements.ts'
import type { Queryable } from '@pix/db/client.ts'
import { readLetterWords } from '@pix/db/letter-words.ts'
import { eventAlerts } from '@pix/db/schema/events.ts'
import { writeLetter } from '@pix/mail/write-letter.ts'
import { storefrontOrigin } from '@pix/platform/storefront-address.ts'
import { and, asc, count, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext, Context, Joining } from '../../../base/context.ts'
import { queueLetter, sendLetter } from '../../../base/letters.ts'
import { nameIn } from '../../../base/name-in.ts'
import { Problem } from '../../../base/problem.ts'
import { type EventRow, lockEvent, manageEvent } from '../visibility.ts'

type Announcement = z.output<(typeof contract.schema.response)[200]>

/** Letters of one transaction. */
const AT_ONCE = 500

/** There is something to see and to buy. */
const isPossible = ({ status, photoCount }: EventRow): boolean => status === 'on_sale' && photoCount > 0

/** SQL: an alert for all photos. Those that wait for one person's are none of an announcement's. */
const isOfAll = isNull(eventAlerts.searchId)
/** SQL: an alert that gets a letter when its event is announced. */
const isWaiting = and(isOfAll, isNotNull(eventAlerts.email), isNotNull(eventAlerts.confirmedAt))

const pathOf = ({ slug }: EventRow) => `/events/${slug}`
const factsOf = (event: EventRow, locale: string) => ({ event: nameIn(event, locale) })

/** @throws Problem `not_found` unless the caller manages the event */
export const readAnnouncement = (ctx: CallerContext, eventId: string): Promise<Announcement> =>
  manageEvent(ctx, eventId, async ({ db, settings }, event) => {
    const { email, confirmedAt, notifiedAt } = eventAlerts
    const [counts] = await db
      .select({
        waiting: sql<number>`count(*) filter (where ${email} is not null and ${confirmedAt} is not null)::int`,
        unconfirmed: sql<number>`count(*) filter (where ${confirmedAt} is null)::int`,
        notified: sql<number>`count(${notifiedAt})::int`,
      })
      .from(eventAlerts)
      .where(and(eq(eventAlerts.eventId, eventId), isOfAll))
    const shops = await waitingAt(db, settings, eventId)
    const origin = shops[0]?.origin ?? settings.PUBLIC_ORIGIN
    const preview = async (locale: 'th' | 'en') => {
      const link = `${origin}${pathOf(event)}`
      const own = await readLetterWords(db, 'event_announced', locale)
      const { subject, text } = writeLetter('event_announced', locale, factsOf(event, locale), link, own)
      return { subject, text }
    }
    const letters = { th: await preview('th'), en: await preview('en') }
    return { ...counts!, possible: isPossible(event), letters, shops }
  })

/** How many of those who get a letter asked for it at which shop; most first. */
async function waitingAt(
  db: Queryable,
  settings: Context['settings'],
  eventId: string,
): Promise<Announcement['shops']> {
  const rows = await db
    .select({ storefront: eventAlerts.storefront, waiting: count() })
    .from(eventAlerts)
    .where(and(eq(eventAlerts.eventId, eventId), isWaiting))
    .groupBy(eventAlerts.storefront)
    .orderBy(desc(count()), asc(eventAlerts.storefront))
  return rows.map(({ storefront, waiting }) => ({
    origin: storefront === null ? settings.PUBLIC_ORIGIN : storefrontOrigin(settings, storefront),
    waiting,
  }))
}

/**
 * Writes to everybody who waits. Two announcements at the same time never write to one address twice: the transaction
 * that queues the letter deletes the address.
 *
 * @throws Problem `illegal_state` while the event shows nobody a photo, and `not_found` unless the caller manages it
 */
export async function announceEvent(ctx: CallerContext, eventId: string): Promise<{ notified: number }> {
  let notified = 0
  for (;;) {
    await manageEvent(ctx, eventId, async () => undefined)
    // Letters belong to no studio: the staff of a studio cannot write them.
    const letters = await ctx.db.transaction(tx => announceSome({ ...ctx, db: tx }, eventId))
    for (const id of letters) await sendLetter(ctx, id)
    notified += letters.length
    if (letters.length < AT_ONCE) return { notified }
  }
}

async function announceSome(ctx: Joining<CallerContext>, eventId: string): Promise<string[]> {
  const event = await lockEvent(ctx, eventId)
  if (!isPossible(event)) throw new Problem('illegal_state')
  const rows = await ctx.db
    .select()
    .from(eventAlerts)
    .where(and(eq(eventAlerts.eventId, eventId), isWaiting))
    .orderBy(asc(eventAlerts.id))
    .limit(AT_ONCE)
    .for('update')
  if (rows.length === 0) return []
  const letters: string[] = []
  for (const { id, email, locale, storefront } of rows) {
    const letter = await queueLetter(ctx, ctx.db, {
      template: 'event_announced',
      to: email!,
      locale,
      facts: factsOf(event, locale),
      secrets: {},
      path: pathOf(event),
      storefront,
      dedupeKey: `event_announced:${id}`,
    })
    if (letter !== null) letters.push(letter)
  }
  const ids = rows.map(({ id }) => id)
  await ctx.db.update(eventAlerts).set({ email: null, notifiedAt: ctx.now() }).where(inArray(eventAlerts.id, ids))
  await recordAudit(ctx, 'event.announce', `event:${eventId}`, { after: { notified: rows.length } })
  return letters
}
