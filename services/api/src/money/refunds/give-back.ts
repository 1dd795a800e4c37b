import type { Payee } from '@pix/contracts/refunds.ts'
import type { Tx } from '@pix/db/client.ts'
import { payments, receipts } from '@pix/db/schema/payments.ts'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { lockOrder } from '../../shop/orders/index.ts'
import { recordGivenBack } from '../ledger/index.ts'
import { findWaiting, lockWaiting } from './apply-receipt.ts'
import { insertRefund } from './insert-refund.ts'

/**
 * Gives money back that came and pays nothing, as part of a transaction: a refund that waits for its transfer.
 *
 * @param how.payee where to; null where only the bank's own statement says who sent it
 * @param how.found satang, where nobody said how much came
 * @throws Problem `line_closed`; `amount_unknown` while nobody knows how much it is; `illegal_state` where it was said meanwhile
 */
export async function giveBack(
  ctx: CallerContext,
  tx: Tx,
  receiptId: string,
  { payee, found }: { payee: Payee | null; found?: number | undefined },
): Promise<void> {
  const { paymentId } = await findWaiting(tx, receiptId)
  const orderId = paymentId === null ? null : await lockOrderOf(ctx, tx, paymentId)
  const { amount, ...receipt } = await lockWaiting(ctx, tx, receiptId, found)
  // Its payment has been found meanwhile: who looks again sees for which order it came.
  if (receipt.paymentId !== paymentId) throw new Problem('line_closed')
  await tx.update(receipts).set({ givenBackAt: ctx.now() }).where(eq(receipts.id, receiptId))
  const of = { orderId, receiptId, amount, reason: 'pays_nothing' as const }
  const { id, number } = await insertRefund(ctx, tx, { ...of, payee, approver: ctx.caller.userId })
  await recordGivenBack(ctx, tx, { refundId: id, orderId, amount })
  await recordAudit({ ...ctx, db: tx }, 'refund.approve', `refund:${id}`, { after: { number, amount } })
}

async function lockOrderOf(ctx: CallerContext, tx: Tx, paymentId: string): Promise<string> {
  const [payment] = await tx.select({ orderId: payments.orderId }).from(payments).where(eq(payments.id, paymentId))
  await lockOrder(ctx, tx, payment!.orderId)
  return payment!.orderId
}
