import type { Tx } from '@pix/db/client.ts'
import { isOpen, wasPaid } from '@pix/domain/order-moves.ts'
import type { Context } from '../../base/context.ts'
import { anyTakenDown } from '../../catalogue/photos/index.ts'
import { sellablePhotos } from '../../shop/cart/index.ts'
import { boughtBefore, type LockedOrder, markPaid } from '../../shop/orders/index.ts'
import { issueForSale } from '../documents/index.ts'
import { recordSale, recordUnapplied } from '../ledger/index.ts'
import { queueFirstSales } from './first-sale.ts'
import type { UnappliedReason } from './metrics.ts'

/**
 * Posts money that came in for an order, and opens its downloads; where there is a reason against it, the money waits.
 *
 * @param order locked by this transaction
 */
export async function applyMoney(
  ctx: Context,
  tx: Tx,
  order: LockedOrder,
  received: { receiptId: string; amount: number },
  reason: UnappliedReason | null,
): Promise<void> {
  if (reason) return recordUnapplied(ctx, tx, order, received)
  await recordSale(ctx, tx, order, received)
  await markPaid(ctx, tx, order, await issueForSale(ctx, tx, order))
  await queueFirstSales(ctx, tx, order.id)
}

/** Why money of the right amount does not pay its order. Late money still pays, as long as every photo can still be sold (spec/30). */
export async function whyNotApplied(tx: Tx, order: LockedOrder, at: Date): Promise<UnappliedReason | null> {
  if (wasPaid(order.status)) return 'second_payment'
  if (await boughtBefore(tx, order, at)) return 'already_bought'
  if (await anyTakenDown(tx, order.photoIds)) return 'photo_gone'
  if (isOpen(order.status)) return null
  return (await sellablePhotos(tx, order.photoIds, at)).size === order.photoIds.length ? null : 'photo_gone'
}
