import type { ObjectionKind } from '@pix/contracts/objections.ts'
import type { EventLink } from '@pix/contracts/common.ts'
import { hashToken } from '@pix/db/hash-token.ts'
import { logDeletions } from '@pix/db/log-deletions.ts'
import { events } from '@pix/db/schema/events.ts'
import { hiddenFaces, keptFaces, objections } from '@pix/db/schema/objections.ts'
import { and, eq, inArray, isNull, type SQL } from 'drizzle-orm'
import { withdrawConsents } from '../../../base/consents.ts'
import type { BuyerContext, Context, Joining } from '../../../base/context.ts'
import { notFound, Problem } from '../../../base/problem.ts'
import { objectionsOf } from './list-objections.ts'

type Row = typeof objections.$inferSelect

/**
 * Ends objections as part of a transaction: hidden faces are found again, the kept face, the address and the link are gone.
 * Faces that were deleted do not come back.
 */
export async function endObjections(
  { db, now }: Joining<Context>,
  which: SQL,
  why: NonNullable<Row['endedWhy']>,
): Promise<Row[]> {
  const ended = await db
    .update(objections)
    .set({ endedAt: now(), endedWhy: why, email: null, linkHash: null })
    .where(and(which, isNull(objections.endedAt)))
    .returning()
  const ids = ended.map(({ id }) => id)
  await db.delete(keptFaces).where(inArray(keptFaces.objectionId, ids))
  await db.delete(hiddenFaces).where(inArray(hiddenFaces.objectionId, ids))
  await logDeletions(
    { db, now },
    ids.map(objectionId => ({ kind: 'objection_end', objectionId, why })),
  )
  return ended
}

/** Ends an objection for its person, in their browser or account. @throws Problem `not_found` */
export async function withdrawObjection(ctx: BuyerContext, id: string): Promise<void> {
  await ctx.db.transaction(async tx => {
    const mine = and(eq(objections.id, id), objectionsOf(ctx.buyer))!
    await withdraw({ ...ctx, db: tx }, mine, notFound())
  })
}

/** Ends an objection by the link of its letter. @throws Problem `link_used_up` */
export async function withdrawByLink(
  ctx: BuyerContext,
  token: string,
): Promise<{ event: EventLink; kind: ObjectionKind }> {
  return ctx.db.transaction(async tx => {
    const { eventId, kind } = await withdraw(
      { ...ctx, db: tx },
      eq(objections.linkHash, hashToken(token)),
      new Problem('link_used_up'),
    )
    const [event] = await tx
      .select({ id: events.id, slug: events.slug, th: events.nameTh, en: events.nameEn })
      .from(events)
      .where(eq(events.id, eventId))
    const { id, slug, th, en } = event!
    return { event: { id, slug, name: { th, en } }, kind }
  })
}

async function withdraw(ctx: Joining<BuyerContext>, which: SQL, otherwise: Problem): Promise<Row> {
  const [ended] = await endObjections(ctx, which, 'withdrawn')
  if (!ended) throw otherwise
  if (ended.keptConsentId !== null) await withdrawConsents(ctx, [ended.keptConsentId])
  return ended
}

/**
 * Forgets who made objections, with the face that was kept of them and their address, as part of a transaction. Hidden faces
 * stay hidden, from everybody.
 */
export async function forgetObjectors({ db }: Pick<Joining<Context>, 'db'>, which: SQL): Promise<void> {
  const forgotten = await db
    .update(objections)
    .set({ sessionId: null, userId: null, email: null, linkHash: null, keptConsentId: null })
    .where(which)
    .returning({ id: objections.id })
  const ids = forgotten.map(({ id }) => id)
  await db.delete(keptFaces).where(inArray(keptFaces.objectionId, ids))
}

/** Deletes kept faces whose consent is taken back, as part of a transaction. */
export async function forgetKeptFaces(
  { db }: Pick<Joining<Context>, 'db'>,
  consentIds: readonly string[],
): Promise<void> {
  const of = db
    .select({ id: objections.id })
    .from(objections)
    .where(inArray(objections.keptConsentId, [...consentIds]))
  await db.delete(keptFaces).where(inArray(keptFaces.objectionId, of))
}
