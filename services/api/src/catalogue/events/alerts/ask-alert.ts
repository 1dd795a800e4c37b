import type { askEventAlert as contract } from '@pix/contracts/event-alerts.ts'
import { accountEmail } from '@pix/contracts/email.ts'
import { hashToken } from '@pix/db/hash-token.ts'
import { eventAlerts } from '@pix/db/schema/events.ts'
import { and, isNotNull, isNull } from 'drizzle-orm'
import type { z } from 'zod'
import { newLinkToken } from '../../../base/codes.ts'
import type { BuyerContext } from '../../../base/context.ts'
import { queueLetter, sendLetter } from '../../../base/letters.ts'
import { nameIn } from '../../../base/name-in.ts'
import { notFound } from '../../../base/problem.ts'
import { findSeenEvent } from '../visibility.ts'

/**
 * Keeps an address that is to get one letter when the photos of an event are announced. An address that is not the
 * account's own gets a letter first, whose link confirms it. When it is asked for again, the link is a new one; a
 * confirmed alert stays as it is, and the answer does not say so.
 *
 * @throws Problem `not_found` for an event that this visitor does not see on sale
 */
export async function askAlert(
  ctx: BuyerContext,
  eventId: string,
  { email: typed, locale }: z.output<typeof contract.schema.body>,
): Promise<{ confirmed: boolean }> {
  const { db, now, newId, buyer, storefront } = ctx
  const event = await findSeenEvent(ctx, eventId)
  if (event.status !== 'on_sale') throw notFound()
  const email = accountEmail(typed)
  const isOwn = buyer.email === email
  const token = newLinkToken()
  const asked = {
    linkHash: hashToken(token),
    locale,
    askedAt: now(),
    storefront: storefront.studio?.slug ?? null,
    confirmedAt: isOwn ? now() : null,
  }
  const letterId = await db.transaction(async tx => {
    const [alert] = await tx
      .insert(eventAlerts)
      .values({ id: newId(), eventId, email, ...asked })
      .onConflictDoUpdate({
        target: [eventAlerts.eventId, eventAlerts.email],
        targetWhere: and(isNotNull(eventAlerts.email), isNull(eventAlerts.searchId))!,
        set: asked,
        setWhere: isNull(eventAlerts.confirmedAt),
      })
      .returning({ id: eventAlerts.id })
    if (!alert || isOwn) return null
    return queueLetter(ctx, tx, {
      template: 'event_alert_confirm',
      to: email,
      locale,
      facts: { event: nameIn(event, locale) },
      secrets: { token },
      path: '/alerts',
      dedupeKey: `event_alert_confirm:${asked.linkHash}`,
    })
  })
  if (letterId !== null) await sendLetter(ctx, letterId)
  return { confirmed: isOwn }
}

/** The keys under which letters to an address are counted. The address itself stands in none of them. */
export function alertKeys(email: string, network: string): { place: string; stranger: string } {
  const stranger = hashToken(`alert:${accountEmail(email)}`)
  return { place: hashToken(`${stranger} ${network}`), stranger }
}
