import { orderAccess } from '@pix/db/schema/entitlements.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { and, desc, eq, gt } from 'drizzle-orm'
import type { BuyerContext } from '../../../base/context.ts'

interface OpenedOrder {
  id: string
  /** In lower case. */
  email: string
  locale: string
}

/** Orders that this browser opened by a code that was mailed to their address, newest first: it reads that mail. */
export const openedOrders = ({ db, buyer, now }: BuyerContext): Promise<OpenedOrder[]> =>
  db
    .select({ id: orders.id, email: orders.buyerEmail, locale: orders.locale })
    .from(orderAccess)
    .innerJoin(orders, eq(orders.id, orderAccess.orderId))
    .where(and(eq(orderAccess.sessionId, buyer.sessionId), gt(orderAccess.until, now())))
    .orderBy(desc(orders.createdAt), desc(orders.id))
