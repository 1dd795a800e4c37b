import type { Queryable } from '@pix/db/client.ts'
import { orderLines, orders } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { ENDED_UNPAID } from '@pix/domain/order-moves.ts'
import { and, eq, exists, notInArray, type SQL, sql } from 'drizzle-orm'

/** SQL on photos: an order that was paid, or may still be, names the photo. */
export const isSold = (db: Queryable): SQL<boolean> =>
  exists(
    db
      .select({ one: sql`1` })
      .from(orderLines)
      .innerJoin(orders, eq(orders.id, orderLines.orderId))
      .where(and(eq(orderLines.photoId, photos.id), notInArray(orders.status, [...ENDED_UNPAID]))),
  ) as SQL<boolean>
