import { randomBytes } from 'node:crypto'
import { KEPT_FACE_WORDING } from '@pix/contracts/consent-wordings.ts'
import { cleanEmail } from '@pix/contracts/email.ts'
import type { confirmObjection as contract, Objection } from '@pix/contracts/objections.ts'
import type { Tx } from '@pix/db/client.ts'
import { deleteFaces } from '@pix/db/delete-faces.ts'
import { hashToken } from '@pix/db/hash-token.ts'
import { logDeletions } from '@pix/db/log-deletions.ts'
import { events } from '@pix/db/schema/events.ts'
import { hiddenFaces, keptFaces, objections } from '@pix/db/schema/objections.ts'
import { searchMatches } from '@pix/db/schema/searches.ts'
import { readProbes } from '@pix/faces/index/probe-bytes.ts'
import { applyObjection, objectorKey } from '@pix/jobs/faces.ts'
import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { grantConsent } from '../../../base/consents.ts'
import type { BuyerContext } from '../../../base/context.ts'
import { queueLetter, sendLetter } from '../../../base/letters.ts'
import { Problem } from '../../../base/problem.ts'
import { findOwnSearch, type SearchRow } from '../read-search.ts'
import { listObjections } from './list-objections.ts'

type Confirmed = z.output<typeof contract.schema.body>

/**
 * Takes out the faces that a person confirmed. Faces of which the search was sure, or that are likely theirs, are
 * hidden or deleted at once. The others are hidden until somebody has looked at them. A worker then looks through the
 * event's other faces.
 *
 * @throws Problem `illegal_state` for a search that is no objection's or has no answer; `selfie_gone` where a face is
 *   to be kept and is no longer at hand
 */
export async function confirmObjection(ctx: BuyerContext, searchId: string, confirmed: Confirmed): Promise<Objection> {
  const search = await findOwnSearch(ctx, searchId)
  if (!search.forObjection || search.state !== 'done') throw new Problem('illegal_state')
  const wording = Object.values(KEPT_FACE_WORDING).find(({ id }) => id === confirmed.keep)
  if (confirmed.keep !== null && !wording) throw new Problem('consent_required')
  const kept = wording ? await readFaces(ctx, search) : []
  const { objectionId, mailId } = await ctx.db.transaction(async tx => {
    // The event's row is locked first: a photo that is being recorded comes before this or after it.
    await tx
      .update(events)
      .set({ indexRevision: sql`${events.indexRevision} + 1` })
      .where(eq(events.id, search.eventId))
    const [before] = await tx
      .select({ objectionId: objections.id })
      .from(objections)
      .where(eq(objections.searchId, searchId))
    if (before) return { ...before, mailId: null }
    if (wording && kept.length === 0) throw new Problem('selfie_gone')
    const keptConsentId = wording ? await grantConsent({ ...ctx, db: tx }, wording, search.eventId) : null
    return record(ctx, tx, search, { ...confirmed, keptConsentId, kept })
  })
  await ctx.enqueue(applyObjection, { objectionId })
  if (mailId !== null) await sendLetter(ctx, mailId)
  const [objection] = await listObjections(ctx, eq(objections.id, objectionId))
  if (!objection) throw new Problem('illegal_state')
  return objection
}

type KeptFace = Pick<typeof keptFaces.$inferInsert, 'modelVersion' | 'embedding' | 'quality'>

/** The face of the selfie, as every engine described it. */
async function readFaces({ redis }: BuyerContext, { id, chosenFace }: SearchRow): Promise<KeptFace[]> {
  const held = Object.values(await redis.hgetallBuffer(objectorKey(id)))
  return held.flatMap(bytes => {
    const face = readProbes(bytes)[chosenFace ?? 0]
    if (!face || face.quality <= 0) return []
    return [{ modelVersion: face.model, quality: face.quality, embedding: Buffer.from(face.embedding.buffer) }]
  })
}

async function record(
  ctx: BuyerContext,
  tx: Tx,
  { id: searchId, eventId }: SearchRow,
  confirmed: Confirmed & { keptConsentId: string | null; kept: KeptFace[] },
): Promise<{ objectionId: string; mailId: string | null }> {
  const { kind, photoIds, locale, email, keptConsentId, kept } = confirmed
  const { sessionId, userId } = ctx.buyer
  const objectionId = ctx.newId()
  const address = email === undefined ? null : cleanEmail(email)
  const token = randomBytes(32).toString('base64url')
  const found = await tx
    .select({ faceId: searchMatches.faceId, photoId: searchMatches.photoId, band: searchMatches.band })
    .from(searchMatches)
    .where(
      and(
        eq(searchMatches.searchId, searchId),
        inArray(searchMatches.photoId, photoIds),
        isNotNull(searchMatches.faceId),
      ),
    )
  await tx.insert(objections).values({
    id: objectionId,
    eventId,
    searchId,
    kind,
    sessionId,
    userId,
    email: address,
    locale,
    linkHash: address === null ? null : hashToken(token),
    keptConsentId,
    askedAt: ctx.now(),
    faceCount: found.length,
  })
  if (kept.length > 0) await tx.insert(keptFaces).values(kept.map(face => ({ ...face, objectionId, eventId })))
  await takeOut(tx, { objectionId, eventId, kind }, found)
  const faces = found.map(({ faceId, photoId, band }) => ({ faceId: faceId!, photoId, unsure: band === 'maybe' }))
  const whose = { objectionId, eventId, searchId, way: kind, sessionId, userId }
  await logDeletions({ ...ctx, db: tx }, [{ kind: 'objection', ...whose, faces }])
  return {
    objectionId,
    mailId: address === null ? null : await sendLink(ctx, tx, { objectionId, eventId, address, locale, token }),
  }
}

type FoundFace = Pick<typeof searchMatches.$inferSelect, 'faceId' | 'band'>

/** Deletes or hides the faces; those that the search was not sure of are only hidden. */
async function takeOut(
  tx: Tx,
  { objectionId, eventId, kind }: { objectionId: string; eventId: string; kind: Confirmed['kind'] },
  found: readonly FoundFace[],
): Promise<void> {
  const certain = found.filter(({ band }) => band !== 'maybe').map(({ faceId }) => faceId!)
  if (kind === 'delete') await deleteFaces(tx, certain)
  const hidden = found.filter(({ band }) => kind === 'hide' || band === 'maybe')
  const rows = hidden.map(({ faceId, band }) => ({ objectionId, eventId, faceId: faceId!, unsure: band === 'maybe' }))
  if (rows.length > 0) await tx.insert(hiddenFaces).values(rows)
}

interface Link {
  objectionId: string
  eventId: string
  address: string
  locale: string
  token: string
}

async function sendLink(
  ctx: BuyerContext,
  tx: Tx,
  { objectionId, eventId, address, locale, token }: Link,
): Promise<string | null> {
  const [event] = await tx.select({ th: events.nameTh, en: events.nameEn }).from(events).where(eq(events.id, eventId))
  return queueLetter(ctx, tx, {
    template: 'objection_made',
    to: address,
    locale,
    facts: { event: (locale === 'th' ? event?.th : event?.en) ?? '' },
    secrets: { token },
    path: '/hide-me/withdraw',
    dedupeKey: `objection:${objectionId}`,
  })
}
