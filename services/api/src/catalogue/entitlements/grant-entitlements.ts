import type { Tx } from '@pix/db/client.ts'
import { boughtPreviews } from '@pix/db/schema/bought-previews.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { eq } from 'drizzle-orm'
import { slices } from '@pix/db/slices.ts'
import type { CartOwner } from '../../base/caller.ts'
import type { Context } from '../../base/context.ts'

const byPhoto = (a: { photoId: string }, b: { photoId: string }) => (a.photoId < b.photoId ? -1 : 1)

/**
 * Gives a buyer the photos they have paid for, and asks for the picture without a watermark of those that have none:
 * part of the transaction that pays the order.
 *
 * @param lines the order's lines that were paid
 */
export async function grantEntitlements(
  { newId }: Pick<Context, 'newId'>,
  tx: Tx,
  order: CartOwner & { id: string; buyerEmail: string },
  lines: readonly { id: string; photoId: string }[],
  window: { from: Date; until: Date },
): Promise<void> {
  const of = { orderId: order.id, sessionId: order.sessionId, userId: order.userId, email: order.buyerEmail }
  const rows = lines.map(({ id, photoId }) => ({ id: newId(), ...of, photoId, lineId: id, ...window }))
  for (const some of slices(rows)) await tx.insert(entitlements).values(some)
  // Two buyers of the same photos wait for each other's rows. All transactions take the rows in one order, so that two
  // never wait for each other.
  const previews = rows.map(({ photoId }) => ({ photoId, queuedAt: window.from })).toSorted(byPhoto)
  const askAgain = {
    target: boughtPreviews.photoId,
    set: { state: 'queued' as const, attempts: 0, queuedAt: window.from },
    setWhere: eq(boughtPreviews.state, 'failed'),
  }
  for (const some of slices(previews)) await tx.insert(boughtPreviews).values(some).onConflictDoUpdate(askAgain)
}
