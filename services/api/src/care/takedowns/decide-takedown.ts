import type { Tx } from '@pix/db/client.ts'
import { logDeletions } from '@pix/db/log-deletions.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { takedownRequests, takedowns } from '@pix/db/schema/takedowns.ts'
import { and, asc, eq, isNotNull, isNull } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { queueLetter } from '../../base/letters.ts'
import { Problem } from '../../base/problem.ts'
import { closeEntitlements } from '../../catalogue/entitlements/index.ts'
import { forgetMatches } from '../../catalogue/faces/index.ts'
import { takePhotoDown } from '../../catalogue/photos/index.ts'
import { markTakenDown } from '../../shop/orders/index.ts'

export interface Decision {
  decision: 'taken_down' | 'refused'
  /**
   * The photographer reads the reason of a photo taken down; those who asked and gave an address read that of a
   * refusal.
   */
  reason: string
}

/** What is to be done once a decision is committed. */
export interface Decided {
  photoId: string
  eventId: string
  mailIds: string[]
}

/**
 * Decides on a photo that is asked to be taken down, as part of a transaction; `finishTakedown` comes after its commit.
 * Taken down: off the sale for good, its faces deleted, no longer its buyers', whose lines are marked for a refund.
 *
 * @throws Problem `line_closed` for one that is decided
 */
export async function decideTakedown(ctx: CallerContext, tx: Tx, id: string, decided: Decision): Promise<Decided> {
  const { caller, now } = ctx
  const { decision, reason } = decided
  const [row] = await tx
    .update(takedowns)
    .set({ decision, decisionReason: reason, decidedBy: caller.userId, decidedAt: now() })
    .where(and(eq(takedowns.id, id), isNull(takedowns.decidedAt)))
    .returning({ photoId: takedowns.photoId })
  if (!row) throw new Problem('line_closed')
  const { photoId } = row
  let lines = 0
  if (decision === 'taken_down') {
    lines = await withdrawPhoto(ctx, tx, photoId, reason)
    await logDeletions({ ...ctx, db: tx }, [{ kind: 'takedown', takedownId: id, photoId, decidedBy: caller.userId }])
  }
  const [event] = await tx
    .select({ id: events.id, slug: events.slug })
    .from(photos)
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(eq(photos.id, photoId))
  const facts = { photo: photoId, after: { decision, reason, linesToRefund: lines } }
  await recordAudit({ ...ctx, db: tx }, 'takedown.decide', `event:${event!.id}`, facts)
  return { photoId, eventId: event!.id, mailIds: await queueDecisionLetters(ctx, tx, id, event!.slug, decided) }
}

/**
 * Takes a photo off the sale and away from its buyers, as part of a transaction.
 *
 * @returns how many lines of orders are to be refunded
 */
export async function withdrawPhoto(
  ctx: Pick<CallerContext, 'now'> & { caller: { userId: string } | null },
  tx: Tx,
  photoId: string,
  reason: string,
): Promise<number> {
  await takePhotoDown(ctx, tx, photoId, reason)
  await forgetMatches(tx, photoId)
  const lines = await markTakenDown(ctx, tx, photoId)
  await closeEntitlements(ctx, tx, { photoIds: [photoId] }, 'takedown')
  return lines
}

/** One letter to each address, under the first number that it was given. */
async function queueDecisionLetters(
  ctx: CallerContext,
  tx: Tx,
  takedownId: string,
  slug: string,
  { decision, reason }: Decision,
): Promise<string[]> {
  const asked = await tx
    .select()
    .from(takedownRequests)
    .where(and(eq(takedownRequests.takedownId, takedownId), isNotNull(takedownRequests.email)))
    .orderBy(asc(takedownRequests.askedAt), asc(takedownRequests.id))
  const mailIds: (string | null)[] = []
  for (const { number, email, locale } of asked) {
    const letter = {
      to: email!,
      locale,
      secrets: {},
      path: `/events/${slug}`,
      storefront: null,
      dedupeKey: `takedown:${takedownId}:${email!.toLowerCase()}`,
    }
    mailIds.push(
      decision === 'taken_down'
        ? await queueLetter(ctx, tx, { ...letter, template: 'photo_taken_down', facts: { number } })
        : await queueLetter(ctx, tx, { ...letter, template: 'takedown_refused', facts: { number, reason } }),
    )
  }
  return mailIds.filter(id => id !== null)
}
