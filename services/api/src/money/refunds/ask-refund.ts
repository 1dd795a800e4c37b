import type { askRefund as contract, Payee, Refund } from '@pix/contracts/refunds.ts'
import { cameIn } from '@pix/db/receipt-amount.ts'
import { payments, receipts } from '@pix/db/schema/payments.ts'
import { refundLines, refunds } from '@pix/db/schema/refunds.ts'
import { wasPaid } from '@pix/domain/order-moves.ts'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { z } from 'zod'
import type { BuyerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { lockOwnOrder } from '../../shop/orders/index.ts'
import { publishPayments } from '../payments/index.ts'
import { insertRefund } from './insert-refund.ts'
import { refundableLines, selectRefunds } from './read-refunds.ts'

type Asked = z.output<typeof contract.schema.body>

/**
 * A buyer asks for the money of photos of a paid order. A person decides; until then the photos stay theirs.
 *
 * @throws Problem `nothing_to_refund` when one of the photos is not in the order, cost nothing, or was asked back before
 */
export async function askRefund(ctx: BuyerContext, orderId: string, asked: Asked): Promise<Refund> {
  const id = await ctx.db.transaction(async tx => {
    const order = await lockOwnOrder(ctx, tx, orderId)
    const wanted = new Set(asked.photoIds)
    const lines = (await refundableLines({ db: tx }, orderId)).filter(({ photoId }) => wanted.has(photoId!))
    if (!wasPaid(order.status) || lines.length < wanted.size) throw new Problem('nothing_to_refund')
    const refund = await insertRefund(ctx, tx, {
      orderId,
      amount: lines.reduce((sum, line) => sum + line.amount, 0),
      reason: asked.reason,
      statement: asked.statement ?? null,
      payee: asked.payee,
      approver: null,
    })
    await tx
      .insert(refundLines)
      .values(lines.map(line => ({ refundId: refund.id, orderId, lineId: line.id, amount: line.amount })))
    return refund.id
  })
  const [refund] = await selectRefunds(ctx, eq(refunds.id, id))
  return refund!
}

/**
 * A buyer asks for the return of money that came for an order and pays nothing. It can then no longer be applied, so
 * the order may be paid again.
 *
 * @returns one refund for each time that money came
 * @throws Problem `nothing_to_refund`
 */
export async function askMoneyBack(ctx: BuyerContext, orderId: string, payee: Payee): Promise<Refund[]> {
  const ids = await ctx.db.transaction(async tx => {
    await lockOwnOrder(ctx, tx, orderId)
    const ofOrder = tx.select({ id: payments.id }).from(payments).where(eq(payments.orderId, orderId))
    const kept = await tx
      .update(receipts)
      .set({ givenBackAt: ctx.now() })
      .where(and(isNull(receipts.appliedAt), isNull(receipts.givenBackAt), inArray(receipts.paymentId, ofOrder)))
      .returning({ id: receipts.id, amount: cameIn })
    if (kept.length === 0) throw new Problem('nothing_to_refund')
    const made = []
    for (const receipt of kept) {
      const { id, amount } = receipt
      const of = { orderId, receiptId: id, amount: amount!, reason: 'pays_nothing' as const }
      made.push((await insertRefund(ctx, tx, { ...of, payee, approver: null })).id)
    }
    return made
  })
  await publishPayments(ctx, [orderId])
  return selectRefunds(ctx, inArray(refunds.id, ids))
}
