import { baht } from '@pix/contracts/common.ts'
import { KeptMoney } from '@pix/contracts/orders.ts'
import { cameIn } from '@pix/db/receipt-amount.ts'
import { payments, receipts } from '@pix/db/schema/payments.ts'
import { and, asc, eq, isNull, type SQL } from 'drizzle-orm'
import type { Context, Joining } from '../../base/context.ts'
import { contactLine } from '../../base/support-contacts.ts'

/**
 * Money that came, pays nothing and was not asked back, by its order; of several the latest.
 *
 * @param which of the payments
 */
export async function keptMoney(
  ctx: Pick<Joining<Context>, 'db' | 'settings'>,
  which: SQL | undefined,
): Promise<Map<string, KeptMoney>> {
  const rows = await ctx.db
    .select({
      orderId: payments.orderId,
      reference: payments.ref1,
      amount: cameIn,
      reason: receipts.reason,
    })
    .from(receipts)
    .innerJoin(payments, eq(payments.id, receipts.paymentId))
    .where(and(isNull(receipts.appliedAt), isNull(receipts.givenBackAt), which))
    .orderBy(asc(receipts.receivedAt))
  if (rows.length === 0) return new Map()
  const contact = await contactLine(ctx)
  return new Map(
    rows.map(({ orderId, reference, amount, reason }) => [
      orderId,
      {
        reference,
        amount: baht(amount ?? 0),
        reason: KeptMoney.shape.reason.parse(reason),
        contact,
      },
    ]),
  )
}
