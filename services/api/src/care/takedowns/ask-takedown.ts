import type { askTakedown as contract } from '@pix/contracts/takedowns.ts'
import { cleanEmail } from '@pix/contracts/email.ts'
import type { Tx } from '@pix/db/client.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { takedownRequests, takedowns } from '@pix/db/schema/takedowns.ts'
import { and, eq, isNull, or } from 'drizzle-orm'
import type { z } from 'zod'
import type { BuyerContext } from '../../base/context.ts'
import { nextNumber } from '../../base/next-number.ts'
import { notFound } from '../../base/problem.ts'
import { boughtPhotos } from '../../catalogue/entitlements/index.ts'
import { keptBy, seenPhoto } from '../../catalogue/photos/index.ts'

type Asked = z.output<typeof contract.schema.body>

/**
 * Asks for a photo to be taken down. All requests for one photo share one line. A second request of the same person
 * gets the number of the first.
 *
 * @returns the number to name to our people
 * @throws Problem `not_found` for a photo that the caller cannot see
 */
export async function askTakedown(ctx: BuyerContext, asked: Asked): Promise<{ number: string }> {
  await refuseUnseen(ctx, asked.photoId)
  return ctx.db.transaction(async tx => {
    const takedownId = await openTakedown(ctx, tx, asked.photoId)
    const mine = and(eq(takedownRequests.takedownId, takedownId), eq(takedownRequests.sessionId, ctx.buyer.sessionId))
    const [before] = await tx.select({ number: takedownRequests.number }).from(takedownRequests).where(mine)
    if (before) return before
    const [request] = await tx
      .insert(takedownRequests)
      .values({
        id: ctx.newId(),
        takedownId,
        number: await nextNumber(tx, { prefix: 'TD', sequence: 'takedown_numbers' }, ctx.now()),
        sessionId: ctx.buyer.sessionId,
        reason: asked.reason,
        statement: asked.statement ?? null,
        email: asked.email === undefined ? null : cleanEmail(asked.email),
        locale: asked.locale,
        askedAt: ctx.now(),
      })
      .returning({ number: takedownRequests.number })
    return request!
  })
}

/**
 * Refuses a photo that the buyer cannot see. They see the public's photos, their own, and those that the caller works
 * on.
 */
async function refuseUnseen(ctx: BuyerContext, photoId: string): Promise<void> {
  const [photo] = await ctx.db
    .select({ id: photos.id })
    .from(photos)
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(and(eq(photos.id, photoId), isNull(photos.takenDownAt), or(seenPhoto(ctx), keptBy(ctx))))
  if (!photo && !(await boughtPhotos(ctx.db, ctx.buyer, ctx.now(), [photoId])).has(photoId)) throw notFound()
}

/** The photo's open row, locked: a decision waits until this request is among those that it answers. */
async function openTakedown({ newId, now }: BuyerContext, tx: Tx, photoId: string): Promise<string> {
  await tx
    .insert(takedowns)
    .values({ id: newId(), photoId, openedAt: now() })
    .onConflictDoNothing({ target: takedowns.photoId, where: isNull(takedowns.decidedAt) })
  const [open] = await tx
    .select({ id: takedowns.id })
    .from(takedowns)
    .where(and(eq(takedowns.photoId, photoId), isNull(takedowns.decidedAt)))
    .for('update')
  // It was decided between the two: the photo may be gone now.
  if (!open) throw notFound()
  return open.id
}
