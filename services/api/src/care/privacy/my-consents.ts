import { CONSENT_WORDINGS } from '@pix/contracts/consent-wordings.ts'
import {
  type changeMyConsent as contract,
  CONSENT_LINES,
  type ConsentLine,
  type MyConsents,
} from '@pix/contracts/privacy.ts'
import { consents, consentWordings } from '@pix/db/schema/consents.ts'
import { events } from '@pix/db/schema/events.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { and, desc, eq, inArray, isNull, or } from 'drizzle-orm'
import type { z } from 'zod'
import { consentsOf, grantConsent, isStanding, withdrawConsents } from '../../base/consents.ts'
import type { BuyerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { findSeenEvent } from '../../catalogue/events/index.ts'
import { forgetAlertsOfConsents, forgetKeptFaces, forgetSearches } from '../../catalogue/faces/index.ts'

/**
 * Lines of this buyer, and of visits while nobody was signed in, newest first.
 *
 * @param visits ids of sessions
 * @param most lines; all without it
 */
export async function listConsentLines(
  { db, buyer }: BuyerContext,
  { visits = [], most }: { visits?: readonly string[]; most?: number },
): Promise<ConsentLine[]> {
  const ofVisits = and(inArray(consents.sessionId, [...visits]), isNull(consents.userId))
  const rows = db
    .select({ line: consents, text: consentWordings.text, slug: events.slug, th: events.nameTh, en: events.nameEn })
    .from(consents)
    .leftJoin(consentWordings, eq(consentWordings.hash, consents.wordingHash))
    .leftJoin(events, eq(events.id, consents.eventId))
    .where(or(consentsOf(buyer), ofVisits))
    .orderBy(desc(consents.createdAt), desc(consents.id))
  const found = most === undefined ? await rows : await rows.limit(most)
  const ids = found.map(({ line }) => line.id)
  const standing = await db
    .select({ id: consents.id })
    .from(consents)
    .where(and(inArray(consents.id, ids), isStanding(db)))
  const open = new Set(standing.map(({ id }) => id))
  return found.map(({ line, text, slug, th, en }) => ({
    id: line.id,
    act: line.act,
    purpose: line.purpose,
    eventId: line.eventId,
    event: slug === null ? null : { id: line.eventId!, slug, name: { th: th!, en: en! } },
    at: line.createdAt.toISOString(),
    version: line.version,
    text,
    standing: open.has(line.id),
  }))
}

export const listMyConsents = async (ctx: BuyerContext): Promise<MyConsents> => ({
  lines: await listConsentLines(ctx, { most: CONSENT_LINES }),
})

/** Consents to keep a face, not to a selfie: searches stay when one is taken back. */
const OF_KEPT: ReadonlySet<string> = new Set(['kept_face', 'face_alert'])

type Change = z.output<typeof contract.schema.body>

/**
 * Adds to the ledger. Taking a consent to a selfie back deletes what was found with it, and what is being searched; taking
 * that to a kept face back deletes the face, and the alert for which it was kept.
 *
 * @throws Problem `consent_required` when the wording is not a present one
 */
export async function changeMyConsent(ctx: BuyerContext, change: Change): Promise<MyConsents> {
  const { purpose, eventId } = change
  if (change.granted) {
    const wording = CONSENT_WORDINGS.find(({ id, purpose: of }) => id === change.wording && of === purpose)
    if (!wording) throw new Problem('consent_required')
    if (eventId !== null) await findSeenEvent(ctx, eventId)
    await grantConsent(ctx, wording, eventId)
    return listMyConsents(ctx)
  }
  if (!OF_KEPT.has(purpose) && eventId !== null) await forgetSearches(ctx, eq(searches.eventId, eventId))
  const about = eventId === null ? isNull(consents.eventId) : eq(consents.eventId, eventId)
  const standing = await ctx.db
    .select({ id: consents.id })
    .from(consents)
    .where(and(consentsOf(ctx.buyer), eq(consents.purpose, purpose), about, isStanding(ctx.db)))
  const ids = standing.map(({ id }) => id)
  await ctx.db.transaction(async tx => {
    await forgetKeptFaces({ db: tx }, ids)
    await forgetAlertsOfConsents({ db: tx }, ids)
    await withdrawConsents({ ...ctx, db: tx }, ids)
  })
  return listMyConsents(ctx)
}
