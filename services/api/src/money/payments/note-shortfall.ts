import { payments, receipts } from '@pix/db/schema/payments.ts'
import { and, eq } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { lockOrder } from '../../shop/orders/index.ts'
import { recordShortfall } from '../ledger/index.ts'
import type { Announced } from './keep-money.ts'

/**
 * Takes out of the books what a charge brought less than its receipt says, where the gateway named the amount after the
 * payment was credited with the one that was asked for: PayNoi's `check` names none. Where the money paid its order, the
 * platform bears it: the photos are handed over, and their shares stand. Money that waits is less from then on. What a person
 * has applied or given back meanwhile is left to the comparison. Safe to repeat.
 *
 * @returns whether there was a shortfall that was not noted before
 */
export async function noteShortfall(
  ctx: Context,
  paymentId: string,
  { gateway, transId, amount: announced }: Announced,
): Promise<boolean> {
  if (announced === null || announced <= 0) return false
  const short = await ctx.db.transaction(async tx => {
    const [payment] = await tx.select().from(payments).where(eq(payments.id, paymentId)).for('update')
    const order = payment && (await lockOrder(ctx, tx, payment.orderId))
    if (!order) throw new Error('a payment without an order')
    const ofCharge = and(eq(receipts.gateway, gateway), eq(receipts.transId, transId))
    const [receipt] = await tx.select().from(receipts).where(ofCharge).for('update')
    if (!receipt?.amount || receipt.short !== null || announced >= receipt.amount) return null
    const waits = receipt.reason !== null
    if (waits && (receipt.appliedAt || receipt.givenBackAt)) return null
    const missing = receipt.amount - announced
    await tx.update(receipts).set({ short: missing }).where(eq(receipts.id, receipt.id))
    await recordShortfall(ctx, tx, order, { receiptId: receipt.id, short: missing, waits })
    return missing
  })
  if (short !== null) ctx.log.warn({ paymentId, gateway, transId, short }, 'less money came than was credited')
  return short !== null
}
