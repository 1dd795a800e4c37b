import type { Tx } from '@pix/db/client.ts'
import { boughtPreviews } from '@pix/db/schema/bought-previews.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { slices } from '@pix/db/slices.ts'
import type { Owner } from '../../base/caller.ts'
import type { Context } from '../../base/context.ts'

/**
 * Gives a buyer the photos they have paid for, and asks for the picture without a watermark of those that nobody had:
 * part of the transaction that pays the order.
 *
 * @param lines the order's lines that were paid
 */
export async function grantEntitlements(
  tx: Tx,
  { newId }: Pick<Context, 'newId'>,
  order: Owner & { id: string; buyerEmail: string },
  lines: readonly { id: string; photoId: string }[],
  window: { from: Date; until: Date },
): Promise<void> {
  const of = { orderId: order.id, sessionId: order.sessionId, email: order.buyerEmail }
  const rows = lines.map(({ id, photoId }) => ({ id: newId(), ...of, photoId, lineId: id, ...window }))
  for (const some of slices(rows)) {
    await tx.insert(entitlements).values(some)
    const previews = some.map(({ photoId }) => ({ photoId, queuedAt: window.from }))
    await tx.insert(boughtPreviews).values(previews).onConflictDoNothing()
  }
}
