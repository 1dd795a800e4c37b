import {
  CHILD_ALERT_WORDING,
  type ConsentWording,
  FACE_ALERT_WORDING,
  GUARDIAN_WORDING,
  SELFIE_WORDINGS,
} from '@pix/contracts/consent-wordings.ts'
import { accountEmail } from '@pix/contracts/email.ts'
import type { askFaceAlert as contract } from '@pix/contracts/face-alerts.ts'
import type { Tx } from '@pix/db/client.ts'
import { hashToken } from '@pix/db/hash-token.ts'
import { alertFaces } from '@pix/db/schema/alert-faces.ts'
import { consents } from '@pix/db/schema/consents.ts'
import { eventAlerts } from '@pix/db/schema/events.ts'
import { seal } from '@pix/db/sealed/seal.ts'
import { readProbes } from '@pix/faces/index/probe-bytes.ts'
import { liveProbeKey } from '@pix/jobs/faces.ts'
import { and, eq, ne, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { newLinkToken } from '../../../base/codes.ts'
import { grantConsent } from '../../../base/consents.ts'
import type { BuyerContext, Joining } from '../../../base/context.ts'
import { queueLetter, sendLetter } from '../../../base/letters.ts'
import { nameIn } from '../../../base/name-in.ts'
import { Problem } from '../../../base/problem.ts'
import { type EventRow, findSeenEvent, isOnSale } from '../../events/index.ts'
import { facesAreDue } from '../record-consent.ts'
import { findOwnSearch, type SearchRow } from '../read-search.ts'

type Asked = z.output<typeof contract.schema.body>

/** Alerts of one browser, and for one address, that wait at the same time. */
const MOST = { session: 5, address: 10 }

/**
 * Keeps the face of a search until a new photo of it appears, for one letter. The face is the one that Redis still has,
 * so this is possible within the hour of the search. An address that is not the account's own gets a letter first, whose
 * link confirms it: nothing is compared before.
 *
 * @throws Problem `selfie_gone` where the face is no longer at hand; `face_search_off` where the event is searched no
 *   more; `consent_required`; `too_many_face_alerts`
 */
export async function askFaceAlert(ctx: BuyerContext, searchId: string, asked: Asked): Promise<{ confirmed: boolean }> {
  const search = await findOwnSearch(ctx, searchId)
  if (search.forObjection || search.state !== 'done' || !search.finishedAt) throw new Problem('illegal_state')
  const event = await findSeenEvent(ctx, search.eventId)
  const isSearched = event.faceSearchWording !== null && isOnSale(event, ctx.now())
  if (!isSearched || facesAreDue(ctx, event)) throw new Problem('face_search_off')
  const wordings = await wordingsOf(ctx, search, asked)
  const face = await readFace(ctx, search, event)
  const email = accountEmail(asked.email)
  const isOwn = ctx.buyer.email === email
  const letterId = await ctx.db.transaction(async tx => {
    const token = newLinkToken()
    const address = { email, locale: asked.locale, linkHash: hashToken(token), askedAt: ctx.now() }
    const storefront = ctx.storefront.studio?.slug ?? null
    const alert = { ...address, storefront, confirmedAt: isOwn ? ctx.now() : null }
    const known = await takePlace({ ...ctx, db: tx }, search, email)
    if (known?.confirmedAt) return null
    if (known) await tx.update(eventAlerts).set(alert).where(eq(eventAlerts.id, known.id))
    else await keep(ctx, tx, search, { alert, face, wordings })
    return isOwn ? null : queueConfirmation(ctx, tx, event, { ...address, token })
  })
  if (letterId !== null) await sendLetter(ctx, letterId)
  return { confirmed: isOwn }
}

interface Wordings {
  kept: ConsentWording
  /** The guardian's confirmation, for a child. */
  guardian: ConsentWording | null
}

/** A child's selfie was searched with a wording for children; its alert needs one, and its guardian, as well. */
async function wordingsOf(
  { db }: BuyerContext,
  { consentId }: SearchRow,
  { consent, guardian }: Asked,
): Promise<Wordings> {
  const [granted] = await db.select().from(consents).where(eq(consents.id, consentId))
  const searched = SELFIE_WORDINGS.find(({ id, purpose }) => id === granted?.version && purpose === 'face_search')
  // An older wording, of a page that was open during an update: its search is made again.
  if (!searched) throw new Problem('selfie_gone')
  const needed = searched.ofChild ? CHILD_ALERT_WORDING : FACE_ALERT_WORDING
  const kept = Object.values(needed).find(({ id }) => id === consent)
  const confirmed = Object.values(GUARDIAN_WORDING).find(({ id }) => id === guardian) ?? null
  if (!kept || (searched.ofChild && !confirmed)) throw new Problem('consent_required')
  return { kept, guardian: searched.ofChild ? confirmed : null }
}

type Face = ReturnType<typeof readProbes>[number]

/** The face of the search as the event's engine described it: that of another engine is not at hand. */
async function readFace({ redis }: BuyerContext, { id }: SearchRow, { faceModel }: EventRow): Promise<Face> {
  const bytes = await redis.getBuffer(liveProbeKey(id))
  const face = bytes && readProbes(bytes)[0]
  if (!face || (faceModel !== null && face.model !== faceModel)) throw new Problem('selfie_gone')
  return face
}

/**
 * Locks the places of an address and of a browser, one request after the other, and counts them.
 *
 * @returns the alert of this search, where there is one
 * @throws Problem `too_many_face_alerts`
 */
async function takePlace({ db: tx, buyer }: Joining<BuyerContext>, { id: searchId }: SearchRow, email: string) {
  for (const place of [email, buyer.sessionId])
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`face alerts of ${place}`}, 0))`)
  const [known] = await tx.select().from(eventAlerts).where(eq(eventAlerts.searchId, searchId)).for('update')
  const others = ne(eventAlerts.searchId, searchId)
  const ofSession = await tx.$count(eventAlerts, and(others, eq(eventAlerts.sessionId, buyer.sessionId)))
  const ofAddress = await tx.$count(eventAlerts, and(others, eq(eventAlerts.email, email)))
  if (ofSession >= MOST.session || ofAddress >= MOST.address) throw new Problem('too_many_face_alerts')
  return known
}

interface Kept {
  alert: Pick<
    typeof eventAlerts.$inferInsert,
    'email' | 'locale' | 'linkHash' | 'askedAt' | 'storefront' | 'confirmedAt'
  >
  face: Face
  wordings: Wordings
}

async function keep(ctx: BuyerContext, tx: Tx, search: SearchRow, { alert, face, wordings }: Kept): Promise<void> {
  const { newId, settings, buyer } = ctx
  const { eventId } = search
  const joining = { ...ctx, db: tx }
  const guardianConsentId = wordings.guardian && (await grantConsent(joining, wordings.guardian, eventId))
  const consentId = await grantConsent(joining, wordings.kept, eventId)
  const [alertId, faceId] = [newId(), newId()]
  await tx.insert(eventAlerts).values({
    id: alertId,
    eventId,
    ...alert,
    searchId: search.id,
    searchedAt: search.finishedAt,
    sessionId: buyer.sessionId,
    userId: buyer.userId,
    consentId,
    guardianConsentId,
    seenRevision: search.seenRevision,
  })
  const numbers = Buffer.from(face.embedding.buffer).toString('base64')
  const embedding = seal(settings.COLUMN_KEYS, alertFaces.embedding, faceId, numbers)
  const of = { id: faceId, alertId, eventId, modelVersion: face.model, quality: face.quality }
  await tx.insert(alertFaces).values({ ...of, embedding })
}

const queueConfirmation = (
  ctx: BuyerContext,
  tx: Tx,
  event: EventRow,
  { email, locale, linkHash, token }: { email: string; locale: string; linkHash: string; token: string },
): Promise<string | null> =>
  queueLetter(ctx, tx, {
    template: 'face_alert_confirm',
    to: email,
    locale,
    facts: { event: nameIn(event, locale) },
    secrets: { token },
    path: '/alerts',
    dedupeKey: `face_alert_confirm:${linkHash}`,
  })
