import type { EventLink } from '@pix/contracts/common.ts'
import { hashToken } from '@pix/db/hash-token.ts'
import { eventAlerts, events } from '@pix/db/schema/events.ts'
import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import { withdrawWhereGiven } from '../../../base/consents.ts'
import type { Context } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'

/** The waiting alert to which a letter's link belongs. */
const ofLink = (token: string): SQL => and(eq(eventAlerts.linkHash, hashToken(token)), isNotNull(eventAlerts.email))!

/** @throws Problem `link_used_up` for an alert that was withdrawn, or whose letter was written */
export async function lookAtAlert(
  { db }: Context,
  token: string,
): Promise<{ event: EventLink; confirmed: boolean; ofFace: boolean }> {
  const [found] = await db
    .select({
      id: events.id,
      slug: events.slug,
      nameTh: events.nameTh,
      nameEn: events.nameEn,
      confirmedAt: eventAlerts.confirmedAt,
      searchId: eventAlerts.searchId,
    })
    .from(eventAlerts)
    .innerJoin(events, eq(events.id, eventAlerts.eventId))
    .where(ofLink(token))
  if (!found) throw new Problem('link_used_up')
  const { id, slug, nameTh, nameEn, confirmedAt, searchId } = found
  return {
    event: { id, slug, name: { th: nameTh, en: nameEn } },
    confirmed: confirmedAt !== null,
    ofFace: searchId !== null,
  }
}

/** Confirms an alert. A second time changes nothing. @throws Problem `link_used_up` */
export async function confirmAlert({ db, now }: Context, token: string): Promise<void> {
  const confirmed = await db
    .update(eventAlerts)
    .set({ confirmedAt: sql`coalesce(${eventAlerts.confirmedAt}, ${now()})` })
    .where(ofLink(token))
    .returning({ id: eventAlerts.id })
  if (confirmed.length === 0) throw new Problem('link_used_up')
}

/**
 * Ends an alert and deletes its address, and the face that was kept for it: the consent to that is taken back.
 *
 * @throws Problem `link_used_up`
 */
export async function withdrawAlert(ctx: Context, token: string): Promise<void> {
  await ctx.db.transaction(async tx => {
    const [gone] = await tx.delete(eventAlerts).where(ofLink(token)).returning()
    if (!gone) throw new Problem('link_used_up')
    const { consentId, guardianConsentId } = gone
    const grants = [consentId, guardianConsentId].filter(id => id !== null)
    await withdrawWhereGiven({ ...ctx, db: tx }, grants)
  })
}
