import type { StaffOrderDetail } from '@pix/contracts/admin-orders.ts'
import { baht } from '@pix/contracts/common.ts'
import { refundLines, refunds } from '@pix/db/schema/refunds.ts'
import { users } from '@pix/db/schema/auth.ts'
import { and, asc, eq, isNotNull, isNull, type SQL } from 'drizzle-orm'
import type { CallerContext, Joining, StaffContext } from '../../base/context.ts'
import { notFound, Problem } from '../../base/problem.ts'
import { endLine } from '../../care/inbox/index.ts'
import {
  decideRefund,
  finishRefund,
  mayRefund,
  type RefundDecision,
  waitsForDecision,
} from '../../money/refunds/index.ts'

const isAskedBack = (orderId: string): SQL => and(eq(refunds.orderId, orderId), waitsForDecision)!

/** What waits for a decision at an order, oldest first. */
export async function readAskedBack({ db }: StaffContext, orderId: string): Promise<StaffOrderDetail['askedBack']> {
  const rows = await db
    .select({
      id: refunds.id,
      number: refunds.number,
      amount: refunds.amount,
      reason: refunds.reason,
      startedBy: users.name,
      statement: refunds.statement,
      payeeNamed: isNotNull(refunds.payee) as SQL<boolean>,
      photos: db.$count(refundLines, eq(refundLines.refundId, refunds.id)),
      requestedAt: refunds.requestedAt,
    })
    .from(refunds)
    .leftJoin(users, eq(users.id, refunds.startedBy))
    .where(isAskedBack(orderId))
    .orderBy(asc(refunds.requestedAt), asc(refunds.id))
  return rows.map(({ amount, requestedAt, ...row }) => ({
    ...row,
    amount: baht(amount),
    at: requestedAt.toISOString(),
  }))
}

/**
 * Decides about photos of an order that are asked back, for the people of its studio. The inbox of the platform has a line
 * of the same refund: who has taken it there is not decided over.
 *
 * @throws Problem `not_found` unless the caller manages the order's studio; `above_refund_limit` for an approval that a
 *   manager may not give alone; `taken_by_another`, `line_closed`
 */
export async function decideOrderRefund(
  ctx: CallerContext,
  { id: orderId, refundId }: { id: string; refundId: string },
  decided: RefundDecision,
): Promise<void> {
  await requireDecider(ctx, orderId)
  const ofOrder = and(eq(refunds.id, refundId), eq(refunds.orderId, orderId), isNull(refunds.receiptId))
  const [known] = await ctx.db.select({ id: refunds.id }).from(refunds).where(ofOrder)
  if (!known) throw notFound()
  const done = await endLine(ctx, { kind: 'refund', id: refundId }, async tx => {
    const change = await decideRefund(ctx, tx, refundId, decided)
    // Behind the order's lock: other refunds of it count against the limit.
    const { approves } = await requireDecider({ ...ctx, db: tx }, orderId)
    if (decided.decision === 'approved' && !approves) throw new Problem('above_refund_limit')
    return change
  })
  await finishRefund(ctx, done)
}

async function requireDecider(ctx: Joining<CallerContext>, orderId: string): Promise<{ approves: boolean }> {
  const may = await mayRefund(ctx, orderId)
  if (!may?.decides) throw notFound()
  return may
}
