import { payments } from '@pix/db/schema/payments.ts'
import { inArray } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'

/** Publishes to the followers of these orders' payments that the order has changed. Called after the commit. */
export async function publishPayments(
  { db, live }: Pick<Context, 'db' | 'live'>,
  orderIds: readonly string[],
): Promise<void> {
  if (orderIds.length === 0) return
  const rows = await db
    .select({ id: payments.id })
    .from(payments)
    .where(inArray(payments.orderId, [...orderIds]))
  for (const { id } of rows) await live.publish(`payment:${id}`)
}
