import type { Tx } from '@pix/db/client.ts'
import { receipts } from '@pix/db/schema/payments.ts'
import { refundLines, refunds } from '@pix/db/schema/refunds.ts'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext, Context } from '../../base/context.ts'
import { queueLetter, sendLetter } from '../../base/letters.ts'
import { Problem } from '../../base/problem.ts'
import { closeEntitlements } from '../../catalogue/entitlements/index.ts'
import { type LockedOrder, lockOrder, moveOrder } from '../../shop/orders/index.ts'
import { recordGivenBack, recordRefund } from '../ledger/index.ts'
import { publishPayments } from '../payments/index.ts'

export interface RefundDecision {
  decision: 'approved' | 'refused'
  /** The buyer reads that of a refusal. */
  reason: string
}

/** What is to be done once a decision is committed. */
export interface DecidedRefund {
  orderId: string | null
  mailId: string | null
}

type Refund = typeof refunds.$inferSelect

/**
 * Decides on a refund that was asked for, as part of a transaction; `finishRefund` comes after its commit. Approved: the
 * sale of its lines is reversed to the satang, its photos are no longer the buyer's, and the money is owed.
 *
 * @throws Problem `line_closed` for one that is decided
 */
export async function decideRefund(
  ctx: CallerContext,
  tx: Tx,
  refundId: string,
  { decision, reason }: RefundDecision,
): Promise<DecidedRefund> {
  const { refund, order } = await lockRefund(ctx, tx, refundId, 'requested')
  await tx
    .update(refunds)
    .set({ state: decision, decidedAt: ctx.now(), decidedBy: ctx.caller.userId, decisionReason: reason })
    .where(eq(refunds.id, refundId))
  const [subject, facts] = [`refund:${refundId}`, { after: { number: refund.number, amount: refund.amount, reason } }]
  if (decision === 'approved') {
    await owe(ctx, tx, refund, order)
    await recordAudit({ ...ctx, db: tx }, 'refund.approve', subject, facts)
    return { orderId: refund.orderId, mailId: null }
  }
  await release(tx, refund)
  await recordAudit({ ...ctx, db: tx }, 'refund.refuse', subject, facts)
  return { orderId: refund.orderId, mailId: await queueRefusalLetter(ctx, tx, refund, order, reason) }
}

/** What follows the commit of a decision or a transfer. */
export async function finishRefund(ctx: Context, { orderId, mailId }: DecidedRefund): Promise<void> {
  if (mailId !== null) await sendLetter(ctx, mailId)
  if (orderId === null) return
  await publishPayments(ctx, [orderId])
  await ctx.live.publish(`archive:${orderId}`)
}

/**
 * A refund in a state, with its order where it has one. Everywhere the order is locked first.
 *
 * @throws Problem `line_closed`
 */
export async function lockRefund(
  ctx: Context,
  tx: Tx,
  refundId: string,
  state: Refund['state'],
): Promise<{ refund: Refund; order: LockedOrder | null }> {
  const [known] = await tx.select({ orderId: refunds.orderId }).from(refunds).where(eq(refunds.id, refundId))
  const order = known?.orderId ? await lockOrder(ctx, tx, known.orderId) : null
  const isIt = and(eq(refunds.id, refundId), eq(refunds.state, state))
  const [refund] = await tx.select().from(refunds).where(isIt).for('update')
  if (!refund) throw new Problem('line_closed')
  return { refund, order }
}

async function owe(
  ctx: CallerContext,
  tx: Tx,
  { id, orderId, receiptId, amount }: Refund,
  order: LockedOrder | null,
): Promise<void> {
  if (receiptId !== null) return recordGivenBack(ctx, tx, { refundId: id, orderId, amount })
  const lines = await tx.select({ id: refundLines.lineId }).from(refundLines).where(eq(refundLines.refundId, id))
  const lineIds = lines.map(line => line.id)
  await recordRefund(ctx, tx, order!, { refundId: id, lineIds })
  await closeEntitlements(ctx, tx, { lineIds }, 'refund')
  if (order!.status !== 'refund_pending') await moveOrder(tx, order!, 'refund_pending')
}

/** The money that was asked back waits again; photos that were asked back may be asked back once more. */
async function release(tx: Tx, { id, receiptId }: Refund): Promise<void> {
  await tx.update(refundLines).set({ refused: true }).where(eq(refundLines.refundId, id))
  if (receiptId !== null) await tx.update(receipts).set({ givenBackAt: null }).where(eq(receipts.id, receiptId))
}

async function queueRefusalLetter(
  ctx: CallerContext,
  tx: Tx,
  refund: Refund,
  order: LockedOrder | null,
  reason: string,
): Promise<string | null> {
  if (!order) return null
  return queueLetter(ctx, tx, {
    template: 'refund_refused',
    to: order.email,
    locale: order.locale,
    storefront: order.storefront,
    facts: { number: refund.number, order: order.number, reason },
    secrets: {},
    path: `/checkout/success/${order.id}`,
    dedupeKey: `refund_refused:${refund.id}`,
  })
}
