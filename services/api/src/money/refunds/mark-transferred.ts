import type { Tx } from '@pix/db/client.ts'
import { refundLines, refunds } from '@pix/db/schema/refunds.ts'
import { formatMoney } from '@pix/domain/format-money.ts'
import { and, eq, isNull } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { queueLetter } from '../../base/letters.ts'
import { type LockedOrder, moveOrder } from '../../shop/orders/index.ts'
import { issueCreditNote } from '../documents/index.ts'
import { recordRefundTransfer } from '../ledger/index.ts'
import { type DecidedRefund, lockRefund } from './decide-refund.ts'
import { refundableLines } from './read-refunds.ts'

type Refund = typeof refunds.$inferSelect

/**
 * Says that an approved refund was transferred, as part of a transaction; `finishRefund` comes after its commit. The
 * order becomes `refunded` once nothing of it is owed and all its lines were given back; until then it is refunded in
 * part. Lines that went back get a credit note.
 *
 * @param reference the bank's, of the transfer
 * @throws Problem `line_closed`
 */
export async function markTransferred(
  ctx: CallerContext,
  tx: Tx,
  refundId: string,
  reference: string,
): Promise<DecidedRefund> {
  const { refund, order } = await lockRefund(ctx, tx, refundId, 'approved')
  const { number, amount, orderId } = refund
  await tx
    .update(refunds)
    .set({ state: 'transferred', transferredAt: ctx.now(), transferReference: reference })
    .where(eq(refunds.id, refundId))
  await recordRefundTransfer(ctx, tx, { refundId, orderId, amount })
  if (order && refund.receiptId === null) await settleOrder(tx, order)
  await recordAudit({ ...ctx, db: tx }, 'refund.transfer', `refund:${refundId}`, {
    after: { number, amount, reference },
  })
  const mailId = await queueTransferLetter(ctx, tx, refund, order)
  if (order && refund.receiptId === null) await credit(ctx, tx, refund, order)
  return { orderId, mailId }
}

/** The credit note of a refund of lines. */
async function credit(ctx: CallerContext, tx: Tx, { id, number, reason }: Refund, order: LockedOrder): Promise<void> {
  const lines = await tx
    .select({ lineId: refundLines.lineId, amount: refundLines.amount })
    .from(refundLines)
    .where(eq(refundLines.refundId, id))
  await issueCreditNote(ctx, tx, order, { id, number, reason, lines })
}

async function settleOrder(tx: Tx, order: LockedOrder): Promise<void> {
  const orderId = order.id
  const owed = and(eq(refunds.orderId, orderId), isNull(refunds.receiptId), eq(refunds.state, 'approved'))
  if ((await tx.$count(refunds, owed)) > 0) return
  const asked = and(eq(refunds.orderId, orderId), isNull(refunds.receiptId), eq(refunds.state, 'requested'))
  const isWhole = (await refundableLines({ db: tx }, orderId)).length === 0 && (await tx.$count(refunds, asked)) === 0
  await moveOrder(tx, order, isWhole ? 'refunded' : 'partially_refunded')
}

async function queueTransferLetter(
  ctx: CallerContext,
  tx: Tx,
  { id, number, amount }: Refund,
  order: LockedOrder | null,
): Promise<string | null> {
  if (!order) return null
  return queueLetter(ctx, tx, {
    template: 'refund_sent',
    to: order.email,
    locale: order.locale,
    storefront: order.storefront,
    facts: { number, order: order.number, baht: formatMoney(amount) },
    secrets: {},
    path: `/checkout/success/${order.id}`,
    dedupeKey: `refund_sent:${id}`,
  })
}
