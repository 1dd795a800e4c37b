import { orders } from '@pix/db/schema/orders.ts'
import { refunds } from '@pix/db/schema/refunds.ts'
import { and, count, eq } from 'drizzle-orm'
import { waitsForDecision } from '../../money/refunds/index.ts'
import { isOfList, type ListContext } from '../../people/studios/index.ts'

/** Refunds of photos that wait for a decision. */
export async function countAskedBack(list: ListContext): Promise<number> {
  const [found] = await list.db
    .select({ count: count() })
    .from(refunds)
    .innerJoin(orders, eq(orders.id, refunds.orderId))
    .where(and(waitsForDecision, isOfList(list, orders.studioId)))
  return found!.count
}
