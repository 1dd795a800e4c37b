import type { Payee } from '@pix/contracts/refunds.ts'
import type { Tx } from '@pix/db/client.ts'
import { refunds } from '@pix/db/schema/refunds.ts'
import type { Context } from '../../base/context.ts'
import { nextNumber } from '../../base/next-number.ts'
import { sealPayee } from './payee.ts'

type Row = typeof refunds.$inferInsert

/**
 * Writes a refund, with its number.
 *
 * @param payee where it goes; null where nobody has said
 * @param approver who approves it with that; null for one that waits for a decision
 */
export async function insertRefund(
  ctx: Pick<Context, 'now' | 'newId' | 'settings'>,
  tx: Tx,
  {
    payee,
    approver,
    ...row
  }: Pick<Row, 'orderId' | 'receiptId' | 'amount' | 'reason' | 'statement' | 'startedBy'> & {
    payee: Payee | null
    approver: string | null
  },
): Promise<{ id: string; number: string }> {
  const [id, at] = [ctx.newId(), ctx.now()]
  const number = await nextNumber(tx, { prefix: 'RF', sequence: 'refund_numbers' }, at)
  const state = approver === null ? 'requested' : 'approved'
  await tx.insert(refunds).values({
    ...row,
    id,
    number,
    state,
    payee: payee && sealPayee(ctx, id, payee),
    requestedAt: at,
    decidedAt: approver === null ? null : at,
    decidedBy: approver,
  })
  return { id, number }
}
