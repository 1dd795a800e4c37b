import { orders } from '@pix/db/schema/orders.ts'
import { slips } from '@pix/db/schema/slips.ts'
import type { Queryable } from '@pix/db/client.ts'
import { and, eq, exists, inArray, type SQL, sql } from 'drizzle-orm'

/** A slip that somebody still has to look at. */
export const slipWaits = (): SQL => inArray(slips.state, ['reading', 'waiting'])

/**
 * SQL on orders: a slip of the order waits for its decision. Such an order does not expire, and asks for no other
 * money.
 */
export const hasWaitingSlip = (db: Queryable): SQL =>
  exists(
    db
      .select({ one: sql`1` })
      .from(slips)
      .where(and(eq(slips.orderId, orders.id), slipWaits())),
  )
