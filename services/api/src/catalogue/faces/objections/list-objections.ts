import type { Objection } from '@pix/contracts/objections.ts'
import { events } from '@pix/db/schema/events.ts'
import { hiddenFaces, keptFaces, objections } from '@pix/db/schema/objections.ts'
import { and, desc, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Buyer } from '../../../base/caller.ts'
import type { BuyerContext, Joining } from '../../../base/context.ts'

/** SQL: objections of this browser and of its account. */
export const objectionsOf = (buyer: Buyer): SQL =>
  or(
    eq(objections.sessionId, buyer.sessionId),
    buyer.userId === null ? undefined : eq(objections.userId, buyer.userId),
  )!

/** Objections that stand, newest first. */
export async function listObjections({ db }: Joining<BuyerContext>, which: SQL): Promise<Objection[]> {
  const rows = await db
    .select({
      id: objections.id,
      kind: objections.kind,
      at: objections.askedAt,
      faces: objections.faceCount,
      unsure: sql<number>`${db.$count(hiddenFaces, and(eq(hiddenFaces.objectionId, objections.id), eq(hiddenFaces.unsure, true)))}`,
      kept: sql<number>`${db.$count(keptFaces, eq(keptFaces.objectionId, objections.id))}`,
      event: { id: events.id, slug: events.slug, th: events.nameTh, en: events.nameEn },
    })
    .from(objections)
    .innerJoin(events, eq(events.id, objections.eventId))
    .where(and(which, isNull(objections.endedAt)))
    .orderBy(desc(objections.askedAt), desc(objections.id))
  return rows.map(({ at, unsure, kept, event: { id, slug, th, en }, ...row }) => ({
    ...row,
    at: at.toISOString(),
    unsure: Number(unsure),
    kept: Number(kept) > 0,
    event: { id, slug, name: { th, en } },
  }))
}

/**
 * Objections of this buyer.
 *
 * @param emails in lower case: objections that gave one of these addresses are theirs, too
 */
export const listMyObjections = (ctx: BuyerContext, emails: readonly string[] = []): Promise<Objection[]> =>
  listObjections(ctx, or(objectionsOf(ctx.buyer), inArray(sql`lower(${objections.email})`, [...emails]))!)
