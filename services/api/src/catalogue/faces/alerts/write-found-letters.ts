import { eventAlerts, events } from '@pix/db/schema/events.ts'
import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm'
import type { Context, Joining } from '../../../base/context.ts'
import { queueLetter, sendLetter } from '../../../base/letters.ts'
import { nameIn } from '../../../base/name-in.ts'
import { isOnSale } from '../../events/index.ts'

/** Letters of one transaction. */
const AT_ONCE = 100

/**
 * Writes the one letter to each of those for whom a worker found a new photo. The transaction that writes it deletes the
 * alert: an api that is killed has done both or neither, and two of them never write twice.
 */
export async function writeFoundLetters(ctx: Context): Promise<void> {
  for (;;) {
    const { done, letters } = await ctx.db.transaction(tx => writeSome({ ...ctx, db: tx }))
    for (const id of letters) await sendLetter(ctx, id)
    if (done < AT_ONCE) return
  }
}

async function writeSome(ctx: Joining<Context>): Promise<{ done: number; letters: string[] }> {
  const found = await ctx.db
    .select({ alert: eventAlerts, event: events })
    .from(eventAlerts)
    .innerJoin(events, eq(events.id, eventAlerts.eventId))
    .where(and(isNotNull(eventAlerts.foundAt), isNotNull(eventAlerts.email)))
    .orderBy(asc(eventAlerts.foundAt))
    .limit(AT_ONCE)
    .for('update', { of: eventAlerts, skipLocked: true })
  const letters: string[] = []
  for (const { alert, event } of found) {
    // After the sale there is nothing to find: the address goes without a letter.
    if (!isOnSale(event, ctx.now())) continue
    const letterId = await queueLetter(ctx, ctx.db, {
      template: 'face_alert_found',
      to: alert.email!,
      locale: alert.locale,
      facts: { event: nameIn(event, alert.locale) },
      secrets: {},
      path: `/events/${event.slug}/find-me`,
      storefront: alert.storefront,
      dedupeKey: `face_alert_found:${alert.id}`,
    })
    if (letterId !== null) letters.push(letterId)
  }
  const ids = found.map(({ alert }) => alert.id)
  if (ids.length > 0) await ctx.db.delete(eventAlerts).where(inArray(eventAlerts.id, ids))
  return { done: found.length, letters }
}
