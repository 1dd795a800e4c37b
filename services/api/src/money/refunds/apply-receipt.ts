import type { Tx } from '@pix/db/client.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { payments, receipts } from '@pix/db/schema/payments.ts'
import { wasPaid } from '@pix/domain/order-moves.ts'
import { and, eq, isNull } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext, Context } from '../../base/context.ts'
import { notFound, Problem } from '../../base/problem.ts'
import { anyTakenDown } from '../../catalogue/photos/index.ts'
import { sellablePhotos } from '../../shop/cart/index.ts'
import { boughtBefore, fulfilOrder, type LockedOrder, lockOrder, markPaid } from '../../shop/orders/index.ts'
import { issueForSale } from '../documents/index.ts'
import { recordApplication, recordUnapplied } from '../ledger/index.ts'
import { publishPayments, queueFirstSales } from '../payments/index.ts'
import { insertRefund } from './insert-refund.ts'

/** Satang by which money may be short: what a gateway takes off to distinguish payers (spec/40). */
const SHORT_LIMIT = 100

type Receipt = typeof receipts.$inferSelect

/**
 * Lets money that came and pays nothing pay an order after all, as part of a transaction; `finishApplication` comes after
 * its commit. What it is more than the order costs becomes a refund that waits for its transfer.
 *
 * @param to.orderNumber which order; without one it is the one that it came for
 * @param to.found satang, where nobody said how much came
 * @returns the order's id
 * @throws Problem `not_found` for an order that is none; `receipt_too_small`, `order_already_paid`, `photo_not_for_sale`, and
 *   those of `lockWaiting`
 */
export async function applyReceipt(
  ctx: CallerContext,
  tx: Tx,
  receiptId: string,
  { orderNumber, found }: { orderNumber?: string | undefined; found?: number | undefined },
): Promise<string> {
  const order = await lockTarget(ctx, tx, await findWaiting(tx, receiptId), orderNumber)
  const { amount } = await lockWaiting(ctx, tx, receiptId, found)
  await refuseUnpayable(ctx, tx, order, amount)
  const surplus = amount - order.total > SHORT_LIMIT ? amount - order.total : 0
  await tx.update(receipts).set({ appliedAt: ctx.now(), appliedTo: order.id }).where(eq(receipts.id, receiptId))
  await recordApplication(ctx, tx, order, { receiptId, amount, surplus })
  if (surplus > 0) {
    // Its posting is the application's: the surplus is owed from there on.
    const of = { orderId: order.id, receiptId, amount: surplus, reason: 'pays_nothing' as const }
    await insertRefund(ctx, tx, { ...of, payee: null, approver: ctx.caller.userId })
  }
  const facts = { after: { order: order.number, amount, surplus } }
  await recordAudit({ ...ctx, db: tx }, 'receipt.apply', `order:${order.id}`, facts)
  await markPaid(ctx, tx, order, await issueForSale(ctx, tx, order))
  await queueFirstSales(ctx, tx, order.id)
  return order.id
}

/** Hands the paid order over. What does not succeed now is repeated by the sweeps. */
export async function finishApplication(ctx: Context, orderId: string): Promise<void> {
  await fulfilOrder(ctx, orderId)
  await publishPayments(ctx, [orderId])
}

const waits = (receiptId: string) =>
  and(eq(receipts.id, receiptId), isNull(receipts.appliedAt), isNull(receipts.givenBackAt))

/** Money that waits, to see which order is to be locked before it. @throws Problem `line_closed` */
export async function findWaiting(tx: Tx, receiptId: string): Promise<Receipt> {
  const [receipt] = await tx.select().from(receipts).where(waits(receiptId))
  if (!receipt) throw new Problem('line_closed')
  return receipt
}

/**
 * The same, locked. Everywhere the order is locked first: its buyer, who asks for the money back at the same time, locks in
 * this order, too. Money of an unknown amount is posted by this, once the amount was found on the account's statement.
 *
 * @param found satang, where nobody said how much came
 * @throws Problem `line_closed`; `illegal_state` where an amount was said meanwhile; `amount_unknown` while nobody knows it
 */
export async function lockWaiting(
  ctx: CallerContext,
  tx: Tx,
  receiptId: string,
  found: number | undefined,
): Promise<Receipt & { amount: number }> {
  const [receipt] = await tx.select().from(receipts).where(waits(receiptId)).for('update')
  if (!receipt) throw new Problem('line_closed')
  if (receipt.amount !== null && found !== undefined) throw new Problem('illegal_state')
  if (receipt.amount !== null) return { ...receipt, amount: receipt.amount - (receipt.short ?? 0) }
  if (found === undefined) throw new Problem('amount_unknown')
  await tx.update(receipts).set({ amount: found }).where(eq(receipts.id, receiptId))
  await recordUnapplied(ctx, tx, null, { receiptId, amount: found })
  await recordAudit({ ...ctx, db: tx }, 'receipt.amount', `receipt:${receiptId}`, { after: { amount: found } })
  return { ...receipt, amount: found }
}

async function lockTarget(ctx: Context, tx: Tx, receipt: Receipt, number?: string): Promise<LockedOrder> {
  if (number === undefined && receipt.paymentId === null) throw notFound()
  const [target] =
    number === undefined
      ? await tx.select({ id: payments.orderId }).from(payments).where(eq(payments.id, receipt.paymentId!))
      : await tx.select({ id: orders.id }).from(orders).where(eq(orders.number, number))
  const order = target && (await lockOrder(ctx, tx, target.id))
  if (!order) throw notFound()
  return order
}

async function refuseUnpayable({ now }: Context, tx: Tx, order: LockedOrder, amount: number): Promise<void> {
  if (wasPaid(order.status)) throw new Problem('order_already_paid')
  if (amount < order.total - SHORT_LIMIT) throw new Problem('receipt_too_small')
  const sellable = await sellablePhotos(tx, order.photoIds, now())
  if (
    (await boughtBefore(tx, order, now())) ||
    sellable.size < order.photoIds.length ||
    (await anyTakenDown(tx, order.photoIds))
  )
    throw new Problem('photo_not_for_sale')
}
