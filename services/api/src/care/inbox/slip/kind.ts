import { baht } from '@pix/contracts/common.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { payments } from '@pix/db/schema/payments.ts'
import { slips } from '@pix/db/schema/slips.ts'
import { transferAccounts } from '@pix/db/schema/transfer-accounts.ts'
import { and, asc, eq, inArray, ne, or } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Queryable } from '@pix/db/client.ts'
import type { Kind } from '../kind.ts'
import { orderShown } from '../named-columns.ts'

/** Slips whose money somebody has to look for. */
export const slipKind: Kind<'slip'> = {
  open: db => db.select({ id: slips.id, since: slips.uploadedAt }).from(slips).where(eq(slips.state, 'waiting')),
  describe: async (db, ids) => {
    const rows = await db
      .select({
        id: slips.id,
        bank: slips.bank,
        reference: slips.reference,
        account: { bank: transferAccounts.bank, name: transferAccounts.name },
        order: orderShown,
      })
      .from(slips)
      .innerJoin(orders, eq(orders.id, slips.orderId))
      .leftJoin(transferAccounts, eq(transferAccounts.id, slips.accountId))
      .where(inArray(slips.id, [...ids]))
    const orderIds = rows.map(({ order }) => order.id)
    const asked = await db
      .select({
        orderId: payments.orderId,
        reference: payments.ref1,
        gateway: payments.gateway,
        state: payments.state,
        asked: payments.amountAsked,
        due: payments.amountDue,
      })
      .from(payments)
      .where(inArray(payments.orderId, orderIds))
      .orderBy(asc(payments.attempt))
    const others = await sameSlips(db, ids)
    return new Map(
      rows.map(({ id, order, ...row }) => {
        const attempts = asked
          .filter(({ orderId }) => orderId === order.id)
          .map(({ reference, gateway, state, asked, due }) => ({
            reference,
            gateway,
            state,
            amount: baht(due ?? asked),
          }))
        const sameAs = others.filter(({ of }) => of === id).map(({ orderNumber, state }) => ({ orderNumber, state }))
        return [id, { ...row, order: { ...order, total: baht(order.total) }, sameAs, attempts }]
      }),
    )
  },
}

/** Other slips of the same transfer, or of the same picture. */
async function sameSlips(db: Queryable, ids: readonly string[]) {
  const other = alias(slips, 'other')
  const isSame = or(
    and(eq(other.bank, slips.bank), eq(other.reference, slips.reference)),
    eq(other.pictureHash, slips.pictureHash),
  )
  return db
    .select({ of: slips.id, orderNumber: orders.number, state: other.state })
    .from(slips)
    .innerJoin(other, and(ne(other.id, slips.id), isSame))
    .innerJoin(orders, eq(orders.id, other.orderId))
    .where(inArray(slips.id, [...ids]))
    .orderBy(asc(other.uploadedAt))
    .limit(100)
}
