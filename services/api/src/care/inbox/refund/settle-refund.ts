import type { Payee } from '@pix/contracts/refunds.ts'
import { refunds } from '@pix/db/schema/refunds.ts'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import {
  decideRefund,
  finishRefund,
  markTransferred,
  openPayee,
  type RefundDecision,
} from '../../../money/refunds/index.ts'
import { endLine } from '../end-line.ts'

/** Decides on a refund from its line. @throws Problem `taken_by_another`, `line_closed` */
export async function decideRefundLine(ctx: CallerContext, id: string, decision: RefundDecision): Promise<void> {
  const decided = await endLine(ctx, { kind: 'refund', id }, tx => decideRefund(ctx, tx, id, decision))
  await finishRefund(ctx, decided)
}

/** Says from its line that a refund was transferred. @throws Problem `taken_by_another`, `line_closed` */
export async function transferRefundLine(ctx: CallerContext, id: string, reference: string): Promise<void> {
  const done = await endLine(ctx, { kind: 'refund', id }, tx => markTransferred(ctx, tx, id, reference))
  await finishRefund(ctx, done)
}

/**
 * The bank account to which an approved refund is transferred. Each look at it is in the audit.
 *
 * @throws Problem `line_closed`
 */
export async function readPayee(ctx: CallerContext, id: string): Promise<{ payee: Payee | null }> {
  return ctx.db.transaction(async tx => {
    const [refund] = await tx
      .select({ payee: refunds.payee, number: refunds.number })
      .from(refunds)
      .where(and(eq(refunds.id, id), eq(refunds.state, 'approved')))
    if (!refund) throw new Problem('line_closed')
    const payee = openPayee(ctx, id, refund.payee)
    if (payee) await recordAudit({ ...ctx, db: tx }, 'refund.see_payee', `refund:${id}`, { number: refund.number })
    return { payee }
  })
}
